"""Draw the bulletin's pictures: flat scenes of an invented river town, the same on every run."""

import math
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 1200, 800
# Everything is drawn at twice its size and scaled down, which smooths the edges.
SCALE = 2

INK: Colour = (32, 26, 48)
LAMP: Colour = (255, 196, 110)


class Canvas:
    """A picture in the making, measured in finished pixels."""

    def __init__(self, stops: list[tuple[float, Colour]]) -> None:
        """Start with a sky that runs through `stops`: heights from 0 to 1, and colours."""
        self.image = _gradient(stops).resize((WIDTH * SCALE, HEIGHT * SCALE))
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Points, colour: Colour) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def box(  # noqa: PLR0913 - a rectangle is four numbers.
        self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: float = 0
    ) -> None:
        """Fill a rectangle, with round corners where there is a radius."""
        corners = (x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE)
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=colour)

    def disc(self, x: float, y: float, wide: float, colour: Colour, *, high: float = 0) -> None:
        """Fill an ellipse around a point: `wide` and `high` are half its axes."""
        tall = high or wide
        self.pen.ellipse(((x - wide) * SCALE, (y - tall) * SCALE, (x + wide) * SCALE, (y + tall) * SCALE), fill=colour)

    def line(self, points: Points, colour: Colour, thickness: float) -> None:
        """Draw a stroke with round joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(thickness * SCALE), joint="curve")

    def glow(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Let light spread from a point over what is drawn so far."""
        side = round(radius * 2 * SCALE)
        left, top = round((x - radius) * SCALE), round((y - radius) * SCALE)
        light = Image.new("RGB", (side, side))
        falloff = ImageChops.invert(Image.radial_gradient("L")).point(_square).resize((side, side))
        light.paste(colour, mask=falloff)
        region = (left, top, left + side, top + side)
        self.image.paste(ImageChops.screen(self.image.crop(region), light), region)

    def soften(self, radius: float) -> None:
        """Blur what is drawn so far: it lies far away."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * SCALE))
        self.pen = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """Return the picture at its size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _square(level: float) -> int:
    """Let light fall off softly; Pillow's radial gradient reaches black only beyond the sides of its square."""
    return round(255 * max(0.0, (level / 255 - 0.3) / 0.7) ** 2)


def _gradient(stops: list[tuple[float, Colour]]) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), _colour_at(y / (HEIGHT - 1), stops))
    return column


def _colour_at(height: float, stops: list[tuple[float, Colour]]) -> Colour:
    upper = max((stop for stop in stops if stop[0] <= height), key=lambda stop: stop[0])
    lower = min((stop for stop in stops if stop[0] >= height), key=lambda stop: stop[0])
    return mix(upper[1], lower[1], (height - upper[0]) / ((lower[0] - upper[0]) or 1))


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour that lies `share` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _dice(seed: int) -> Random:
    """Return chance that falls the same way on every run."""
    return Random(seed)  # noqa: S311 - it scatters leaves and keeps no secrets.


# --- a street with lanterns --------------------------------------------------------------------------------------


def lantern_street() -> Image.Image:
    """Draw steps that lead between old houses to the river, under strings of lanterns."""
    canvas = Canvas(
        [(0, (24, 28, 66)), (0.35, (66, 54, 108)), (0.55, (190, 104, 104)), (0.62, (240, 168, 118)), (1, INK)]
    )
    canvas.disc(760, 130, 44, (250, 240, 214))
    canvas.glow(760, 130, 190, (120, 110, 100))
    canvas.shape([(300, 470), (430, 408), (520, 440), (640, 380), (760, 436), (900, 470)], (104, 78, 122))
    _river(canvas)
    for side in (-1, 1):
        for depth in range(4):
            _house(canvas, side, depth)
    _steps(canvas)
    for height, sag, count in ((150, 110, 9), (250, 80, 8), (332, 52, 7)):
        _lantern_string(canvas, height, sag, count)
    for x, y, size in ((520, 560, 1.0), (566, 566, 0.9), (668, 620, 1.35), (478, 664, 1.6)):
        _walker(canvas, x, y, size)
    return canvas.finished()


def _river(canvas: Canvas) -> None:
    canvas.shape([(300, 470), (900, 470), (900, 540), (300, 540)], (146, 96, 116))
    random = _dice(3)
    for _ in range(60):
        x, y = random.uniform(360, 840), random.uniform(474, 536)
        canvas.line([(x, y), (x + random.uniform(14, 50), y)], mix((255, 200, 150), (146, 96, 116), random.random()), 2)


def _house(canvas: Canvas, side: int, depth: int) -> None:
    """Draw a house on the left (-1) or right (1) side of the street; those of small `depth` stand far away."""
    far, near = 140 + depth * 115, 140 + (depth + 1) * 115
    x_far, x_near = 600 + side * far, 600 + side * near
    top_far, top_near = 390 - depth * 62, 390 - (depth + 1) * 62
    foot_far, foot_near = 520 + depth * 62, 520 + (depth + 1) * 62
    wall = mix((112, 70, 88), (44, 32, 56), depth / 3)
    canvas.shape([(x_far, top_far), (x_near, top_near), (x_near, foot_near), (x_far, foot_far)], wall)
    eave = [(x_far - side * 22, top_far - 4), (x_near, top_near - 12), (x_near, top_near - 58), (x_far, top_far - 34)]
    canvas.shape(eave, mix((70, 48, 78), (26, 20, 40), depth / 3))
    canvas.line([eave[0], eave[1]], mix((196, 128, 104), (120, 78, 84), depth / 3), 3)
    ends = ((x_far, top_far, foot_far), (x_near, top_near, foot_near))
    for storey in (0.22, 0.58):
        for place in (0.2, 0.6):
            _window(canvas, ends, place, storey)


def _window(canvas: Canvas, ends: tuple[tuple[float, float, float], ...], place: float, storey: float) -> None:
    """Draw a lit window at a share of a wall's length and height; the wall's `ends` are x, top and foot."""
    corners = []
    for along, down in ((0, 0), (0.12, 0), (0.24, 0), (0.24, 0.2), (0.12, 0.2), (0, 0.2)):
        x, top, foot = (far + (near - far) * (place + along) for far, near in zip(*ends, strict=True))
        corners.append((x, top + (foot - top) * (storey + down)))
    canvas.shape(corners, (250, 190, 112))
    canvas.line([corners[1], corners[4]], (140, 78, 70), 3)
    canvas.line([*corners, corners[0]], (140, 78, 70), 2)


def _steps(canvas: Canvas) -> None:
    for step in range(13):
        y, next_y = 520 + step * step * 1.66, 520 + (step + 1) * (step + 1) * 1.66
        half = 140 + (y - 520) * 1.855
        wide = 140 + (next_y - 520) * 1.855
        tread = mix((196, 130, 112), (88, 66, 92), step / 12)
        canvas.shape([(600 - half, y), (600 + half, y), (600 + wide, next_y), (600 - wide, next_y)], tread)
        canvas.line([(600 - half, y), (600 + half, y)], mix((236, 172, 132), (124, 94, 110), step / 12), 2 + step / 4)


def _lantern_string(canvas: Canvas, height: float, sag: float, count: int) -> None:
    size = 14 + (332 - height) / 10
    span = 180 + (332 - height) * 1.55
    wire = [(600 + span * t / 20, height + sag * (1 - (t / 20) ** 2)) for t in range(-20, 21)]
    canvas.line(wire, (52, 36, 58), 2)
    for number in range(count):
        t = -0.88 + 1.76 * number / (count - 1)
        _lantern(canvas, 600 + span * t, height + sag * (1 - t * t) + size * 1.2, size)


def _lantern(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.glow(x, y, size * 4.2, (150, 66, 34))
    canvas.disc(x, y, size * 1.1, (222, 58, 48), high=size * 0.92)
    canvas.disc(x, y, size * 0.72, (240, 96, 62), high=size * 0.92)
    canvas.disc(x, y, size * 0.3, (255, 170, 92), high=size * 0.92)
    for cap in (-1, 1):
        canvas.box(x - size * 0.46, y + cap * size * 0.92 - size * 0.12, size * 0.92, size * 0.24, (246, 190, 96))
    canvas.line([(x, y + size), (x, y + size * 1.9)], (246, 190, 96), max(1.5, size / 9))


def _walker(canvas: Canvas, x: float, y: float, size: float) -> None:
    coat = (40, 30, 54)
    canvas.disc(x, y + 46 * size, 17 * size, (96, 66, 84), high=4 * size)
    canvas.box(x - 8 * size, y + 16 * size, 7 * size, 30 * size, coat, radius=3 * size)
    canvas.box(x + 1 * size, y + 16 * size, 7 * size, 30 * size, coat, radius=3 * size)
    canvas.box(x - 12 * size, y - 16 * size, 24 * size, 42 * size, coat, radius=10 * size)
    canvas.disc(x, y - 26 * size, 9 * size, coat)


# --- the canteen -------------------------------------------------------------------------------------------------

COATS: list[Colour] = [(196, 92, 74), (74, 116, 132), (222, 164, 84), (98, 132, 96), (140, 100, 136), (228, 196, 164)]
# Which of the people at the table sits a head above the others.
TALLEST = 3
SKIN: list[Colour] = [(236, 190, 154), (222, 172, 136), (242, 204, 172)]


def canteen_table() -> Image.Image:
    """Draw people of three generations at a long table under lamps, with bowls and steam."""
    canvas = Canvas([(0, (246, 226, 190)), (0.6, (238, 206, 160)), (0.601, (170, 112, 82)), (1, (138, 86, 66))])
    for x in (90, 480, 870):
        _pane(canvas, x)
    for number, x in enumerate((150, 330, 510, 690, 870, 1050)):
        _sitter(canvas, x, 452 if number == TALLEST else 470, number, 0.78 if number in {1, 4} else 1)
    canvas.shape([(40, 530), (1160, 530), (1240, 700), (-40, 700)], (196, 128, 78))
    canvas.shape([(-40, 700), (1240, 700), (1240, 730), (-40, 730)], (150, 90, 58))
    for y in (572, 630):
        canvas.line([(0, y), (1200, y)], (182, 116, 70), 3)
    for number, x in enumerate((130, 325, 520, 715, 910, 1080)):
        _bowl(canvas, x, 570, number)
    for number, x in enumerate((60, 300, 560, 810, 1050)):
        _bowl(canvas, x, 655, number + 3)
    for x in (250, 600, 950):
        _lamp(canvas, x)
    return canvas.finished()


def _pane(canvas: Canvas, x: float) -> None:
    canvas.box(x, 150, 240, 210, (132, 90, 66), radius=8)
    for column in (0, 1):
        canvas.box(x + 10 + column * 114, 160, 106, 190, (166, 206, 204), radius=4)
        bush = [(x + 10 + column * 114 + t, 350 - 46 * math.sin(math.pi * (t + 10) / 126)) for t in range(0, 107, 2)]
        canvas.shape([*bush, (x + 116 + column * 114, 350), (x + 10 + column * 114, 350)], (116, 164, 128))


def _sitter(canvas: Canvas, x: float, y: float, number: int, size: float) -> None:
    coat, skin = COATS[number % 6], SKIN[number % 3]
    hair = (214, 210, 204) if number in {0, 3} else (58, 44, 46)
    y += 60 * (1 - size)
    canvas.disc(x, y - 92 * size, 45 * size, hair)
    canvas.box(x - 62 * size, y - 38 * size, 124 * size, 150 * size, coat, radius=46 * size)
    canvas.box(x - 14 * size, y - 62 * size, 28 * size, 40 * size, mix(skin, (120, 80, 60), 0.2), radius=12 * size)
    canvas.disc(x, y - 82 * size, 37 * size, skin, high=40 * size)
    canvas.pen.chord(
        [(x - 42 * size) * SCALE, (y - 132 * size) * SCALE, (x + 42 * size) * SCALE, (y - 62 * size) * SCALE],
        180,
        360,
        fill=hair,
    )
    for eye in (-13, 13):
        canvas.disc(x + eye * size, y - 80 * size, 3.4 * size, (62, 44, 44))
        canvas.disc(x + eye * 1.7 * size, y - 68 * size, 6 * size, mix(skin, (230, 110, 90), 0.35), high=4 * size)
    smile = [(x + t * size, y + (-60 + 0.05 * (100 - t * t)) * size) for t in range(-10, 11, 2)]
    canvas.line(smile, (150, 70, 62), 3 * size)


def _bowl(canvas: Canvas, x: float, y: float, number: int) -> None:
    filling = [(248, 244, 232), (126, 158, 84), (206, 96, 62), (240, 200, 110)][number % 4]
    canvas.disc(x, y + 26, 52, (166, 102, 64), high=10)
    canvas.pen.chord(
        [(x - 48) * SCALE, (y - 44) * SCALE, (x + 48) * SCALE, (y + 34) * SCALE], 0, 180, fill=(240, 240, 236)
    )
    canvas.disc(x, y - 5, 48, (252, 252, 248), high=15)
    canvas.disc(x, y - 5, 41, filling, high=11)
    canvas.line([(x - 40, y + 12), (x + 40, y + 12)], (84, 122, 168), 3)
    for drift in (-14, 10):
        steam = [(x + drift + 7 * math.sin(t / 2.4 + number), y - 22 - t * 4) for t in range(12)]
        canvas.line(steam, (248, 228, 198), 3)


def _lamp(canvas: Canvas, x: float) -> None:
    canvas.line([(x, 0), (x, 70)], (84, 60, 54), 4)
    canvas.glow(x, 130, 300, (96, 70, 28))
    canvas.shape([(x - 22, 66), (x + 22, 66), (x + 78, 122), (x - 78, 122)], (78, 108, 104))
    canvas.disc(x, 124, 34, (255, 236, 176), high=18)


def menu_board() -> Image.Image:
    """Draw the menu board with its chalk rings, and two people from behind who look at it."""
    canvas = Canvas([(0, (232, 216, 190)), (0.8, (222, 198, 164)), (0.801, (158, 122, 96)), (1, (140, 104, 82))])
    canvas.box(190, 60, 820, 470, (138, 92, 60), radius=10)
    canvas.box(214, 84, 772, 422, (46, 72, 66), radius=4)
    random = _dice(11)
    chalk = (228, 232, 220)
    for row in range(5):
        y = 140 + row * 76
        canvas.line(_wobble(270, 270 + random.uniform(150, 250), y, random), chalk, 7)
        canvas.line(_wobble(600, 600 + random.uniform(90, 160), y, random), (240, 206, 120), 6)
        for ring in range(random.randint(0, 3)):
            _chalk_ring(canvas, 812 + ring * 52, y, random)
    canvas.box(214, 506, 772, 12, (112, 72, 48))
    for x, colour in ((320, chalk), (352, (240, 206, 120)), (700, (226, 130, 110))):
        canvas.box(x, 498, 26, 8, colour, radius=3)
    _from_behind(canvas, 400, 690, (198, 108, 82), (206, 202, 198))
    _from_behind(canvas, 790, 720, (82, 118, 140), (52, 42, 46))
    return canvas.finished()


def _wobble(start: float, end: float, y: float, random: Random) -> Points:
    count = int((end - start) / 8)
    return [(start + 8 * n, y + random.uniform(-4, 4)) for n in range(count)]


def _chalk_ring(canvas: Canvas, x: float, y: float, random: Random) -> None:
    radius = random.uniform(15, 19)
    turn = random.uniform(0, math.tau)
    ring = [(x + radius * math.cos(turn + a / 6), y + radius * math.sin(turn + a / 6)) for a in range(41)]
    canvas.line(ring, (236, 148, 128), 5)


def _from_behind(canvas: Canvas, x: float, y: float, coat: Colour, hair: Colour) -> None:
    canvas.box(x - 108, y - 120, 216, 420, coat, radius=84)
    canvas.box(x - 22, y - 158, 44, 60, (222, 176, 140), radius=14)
    canvas.disc(x, y - 206, 66, hair, high=70)
    canvas.line([(x - 92, y - 40), (x - 80, y + 110)], mix(coat, INK, 0.25), 5)
    canvas.line([(x + 92, y - 40), (x + 80, y + 110)], mix(coat, INK, 0.25), 5)


# --- the park ----------------------------------------------------------------------------------------------------


def park_at_dusk() -> Image.Image:
    """Draw table tennis under a banyan while the sun goes down behind the river."""
    canvas = Canvas(
        [
            (0, (86, 62, 124)),
            (0.3, (206, 102, 122)),
            (0.55, (252, 176, 104)),
            (0.64, (255, 214, 138)),
            (1, (255, 214, 138)),
        ]
    )
    canvas.glow(560, 440, 420, (120, 76, 30))
    canvas.disc(560, 440, 84, (255, 240, 186))
    for shift, base, colour in ((0, 470, (186, 108, 128)), (2, 500, (142, 84, 120))):
        ridge = [(x, base - 34 * math.sin(x / 170 + shift) - 16 * math.sin(x / 61)) for x in range(0, 1201, 20)]
        canvas.shape([*ridge, (1200, 540), (0, 540)], colour)
    canvas.box(0, 520, WIDTH, 280, (96, 74, 96))
    canvas.shape([(0, 560), (WIDTH, 540), (WIDTH, 800), (0, 800)], (74, 58, 84))
    for x, y, size in ((250, 560, 0.62), (640, 552, 0.62), (430, 650, 1.1)):
        _table(canvas, x, y, size)
    _banyan(canvas)
    return canvas.finished()


def _table(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a table with two players and a ball in the air; their shadows fall towards us."""
    long, deep = 170 * size, 34 * size
    canvas.shape(
        [
            (x - long, y + 84 * size),
            (x + long, y + 84 * size),
            (x + long * 1.2, y + 130 * size),
            (x - long * 1.2, y + 130 * size),
        ],
        (56, 44, 68),
    )
    for leg in (-0.78, 0.78):
        canvas.box(x + leg * long - 7 * size, y, 14 * size, 88 * size, (50, 40, 62))
    canvas.shape([(x - long * 0.9, y - deep), (x + long * 0.9, y - deep), (x + long, y), (x - long, y)], (62, 122, 126))
    canvas.box(x - long, y, long * 2, 9 * size, (44, 84, 92))
    canvas.line([(x, y - deep - 18 * size), (x, y)], (236, 232, 220), 6 * size)
    _player(canvas, x - long - 52 * size, y + 6 * size, size, 1)
    _player(canvas, x + long + 52 * size, y + 6 * size, size * 0.92, -1)
    canvas.disc(x + 56 * size, y - 92 * size, 6 * size, (255, 250, 232))


def _player(canvas: Canvas, x: float, y: float, size: float, facing: int) -> None:
    """Draw a player in silhouette who faces right (1) or left (-1)."""
    for foot in (-24, 20):
        canvas.line([(x, y + 8 * size), (x + foot * size, y + 92 * size)], INK, 17 * size)
    canvas.line([(x, y + 10 * size), (x + facing * 10 * size, y - 70 * size)], INK, 36 * size)
    canvas.disc(x + facing * 10 * size, y - 70 * size, 18 * size, INK)
    canvas.disc(x + facing * 18 * size, y - 108 * size, 19 * size, INK, high=21 * size)
    elbow = (x + facing * 42 * size, y - 46 * size)
    hand = (x + facing * 66 * size, y - 78 * size)
    canvas.line([(x + facing * 10 * size, y - 66 * size), elbow, hand], INK, 12 * size)
    canvas.disc(hand[0] + facing * 7 * size, hand[1] - 12 * size, 13 * size, (196, 62, 54), high=16 * size)


def _banyan(canvas: Canvas) -> None:
    """Draw the old tree at the right edge, with its roots that hang down."""
    leaf, bark, random = (48, 40, 66), (36, 28, 50), _dice(5)
    canvas.shape([(980, 800), (1010, 560), (1000, 300), (1110, 300), (1120, 560), (1180, 800)], bark)
    canvas.line([(1050, 380), (900, 250), (760, 190)], bark, 34)
    canvas.line([(1050, 330), (1140, 200)], bark, 40)
    for _ in range(22):
        x = random.uniform(760, 1180)
        canvas.line([(x, 200), (x + random.uniform(-8, 8), random.uniform(300, 430))], bark, 3)
    for _ in range(150):
        angle, reach = random.uniform(0, math.tau), math.sqrt(random.random())
        x, y = 1000 + 330 * reach * math.cos(angle), 120 + 150 * reach * math.sin(angle)
        canvas.disc(x, y, random.uniform(26, 58), mix(leaf, (96, 62, 92), random.uniform(0, 0.5)))


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "1-lanterns.1.jpg": lantern_street,
    "2-canteen.1.jpg": canteen_table,
    "2-canteen.2.png": menu_board,
    "3-park.1.jpg": park_at_dusk,
}
