"""Draw the bulletin's pictures: flat scenes of an invented river town, the same on every run."""

import math
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Points = Sequence[Point]
# From a person's own measures, forwards and upwards from the feet, to a point of the picture.
Stance = Callable[[float, float], Point]

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

    def finished(self, width: int = WIDTH) -> Image.Image:
        """Return the picture, `width` pixels wide."""
        return self.image.resize((width, width * HEIGHT // WIDTH), Image.Resampling.LANCZOS)


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
    _unlit_lantern(canvas, x, y, size)


def _unlit_lantern(canvas: Canvas, x: float, y: float, size: float) -> None:
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


# --- the plan of the stalls --------------------------------------------------------------------------------------

STALLS: list[Colour] = [(222, 164, 84), (120, 158, 150), (206, 112, 88)]
PAPER: Colour = (250, 246, 230)
PENCIL: Colour = (92, 96, 116)
LINE: Colour = (204, 56, 48)
DRAFTS = 7


def plan_on_table() -> Image.Image:
    """Draw stallholders and residents around a table with the plan of the stalls; its drafts hang on the wall."""
    canvas = Canvas([(0, (192, 208, 196)), (0.52, (192, 208, 196)), (0.521, (146, 112, 94)), (1, (146, 112, 94))])
    _evening_pane(canvas)
    _drafts(canvas)
    for x, number in ((150, 1), (375, 0), (600, 2), (825, 3), (1050, 5)):
        _sitter(canvas, x, 372, number, 1)
    canvas.shape([(40, 440), (1160, 440), (1260, 742), (-60, 742)], (190, 134, 90))
    canvas.box(-20, 742, 1240, 28, (146, 98, 66))
    _plan(canvas)
    for shoulder, hand, number in (
        ((414, 374), (474, 540), 0),
        ((560, 374), (622, 562), 2),
        ((1006, 374), (890, 556), 5),
    ):
        _pointing_arm(canvas, shoulder, hand, number)
    for x, y in ((196, 520), (1010, 520)):
        _cup(canvas, x, y)
    _tape_measure(canvas, 300, 706)
    _from_behind(canvas, 110, 866, (98, 132, 96), (58, 44, 46))
    _from_behind(canvas, 1090, 852, (140, 100, 136), (206, 202, 198))
    return canvas.finished()


def _evening_pane(canvas: Canvas) -> None:
    """Draw the window, with lanterns outside that are not lit yet."""
    canvas.box(70, 60, 330, 210, (126, 92, 72), radius=8)
    canvas.box(82, 72, 306, 186, (62, 60, 104), radius=4)
    canvas.shape([(82, 258), (82, 226), (190, 196), (300, 224), (388, 204), (388, 258)], (46, 44, 82))
    for x, y in ((130, 122), (196, 138), (274, 138), (340, 122)):
        _unlit_lantern(canvas, x, y, 17)
    canvas.box(230, 66, 10, 198, (126, 92, 72))


def _drafts(canvas: Canvas) -> None:
    """Pin the drafts to a board; from one to the next the street between the stalls gets wider."""
    canvas.box(470, 60, 660, 150, (176, 132, 92), radius=8)
    canvas.box(482, 72, 636, 126, (214, 178, 132), radius=4)
    for number in range(DRAFTS):
        x, y, half = 496 + number * 88, 88 + number * 5 % 9, 6 + 2 * number
        canvas.box(x, y, 76, 92, PAPER)
        for edge in (-half, half):
            canvas.line([(x + 8, y + 48 + edge), (x + 68, y + 48 + edge)], PENCIL, 3)
        canvas.disc(x + 38, y + 5, 5, LINE)


def _on_plan(across: float, down: float) -> Point:
    """Return where a point of the plan lies in the picture; it is 1 by 1, and its far edge is `down` 0."""
    return 600 + (2 * across - 1) * (300 + 80 * down), 490 + 200 * down


def _patch(canvas: Canvas, across: tuple[float, float], down: tuple[float, float], colour: Colour) -> None:
    """Fill a rectangle of the plan, from the first to the second of its measures `across` and `down`."""
    corners = ((across[0], down[0]), (across[1], down[0]), (across[1], down[1]), (across[0], down[1]))
    canvas.shape([_on_plan(*corner) for corner in corners], colour)


def _plan(canvas: Canvas) -> None:
    """Draw the sheet: the river at its right end, a row of stalls on each side of the street, and the red line."""
    _patch(canvas, (-0.01, 1.01), (0.02, 1.03), (148, 100, 68))
    _patch(canvas, (0, 1), (0, 1), PAPER)
    _patch(canvas, (0.9, 1), (0, 1), (150, 190, 204))
    for number in range(9):
        left = 0.05 + number * 0.092
        _patch(canvas, (left, left + 0.07), (0.1, 0.28), STALLS[number % 3])
        _patch(canvas, (left, left + 0.07), (0.74, 0.92), STALLS[(number + 1) % 3])
    for down in (0.33, 0.69):
        canvas.line([_on_plan(0.03, down), _on_plan(0.88, down)], LINE, 6)
    for step in range(12):
        across = 0.06 + step * 0.07
        canvas.line([_on_plan(across, 0.51), _on_plan(across + 0.035, 0.51)], PENCIL, 3)


def _pointing_arm(canvas: Canvas, shoulder: Point, hand: Point, number: int) -> None:
    """Draw the arm of the sitter of that number, who points at the plan."""
    coat, skin = mix(COATS[number % 6], INK, 0.12), SKIN[number % 3]
    wrist = (shoulder[0] + 0.7 * (hand[0] - shoulder[0]), shoulder[1] + 0.7 * (hand[1] - shoulder[1]))
    canvas.line([wrist, hand], skin, 12)
    canvas.disc(*hand, 6, skin)
    canvas.line([shoulder, wrist], coat, 30)
    for end in (shoulder, wrist):
        canvas.disc(*end, 15, coat)


def _cup(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y + 26, 36, (156, 108, 74), high=9)
    canvas.box(x - 26, y - 22, 52, 50, (240, 240, 236), radius=12)
    canvas.disc(x, y - 20, 26, (252, 252, 248), high=9)
    canvas.disc(x, y - 20, 21, (176, 152, 78), high=6)
    canvas.line([(x - 26, y + 6), (x + 26, y + 6)], (84, 122, 168), 3)


def _tape_measure(canvas: Canvas, x: float, y: float) -> None:
    canvas.shape([(x, y + 8), (x + 230, y + 8), (x + 230, y + 20), (x, y + 20)], (244, 214, 92))
    for mark in range(1, 12):
        canvas.line([(x + mark * 20, y + 8), (x + mark * 20, y + 15)], INK, 2)
    canvas.disc(x, y, 30, (70, 84, 92), high=26)
    canvas.disc(x, y, 17, (232, 190, 70), high=15)


# --- after the market --------------------------------------------------------------------------------------------

BINS: list[Colour] = [(74, 132, 96), (70, 112, 156), (74, 132, 96), (150, 106, 80), (74, 132, 96)]
VEST: Colour = (214, 66, 54)
STRIPE: Colour = (246, 232, 170)
# Which of five windows, counted over the houses, is still lit.
LIT = 4


def bins_at_night() -> Image.Image:
    """Draw volunteers who count the bins along the street, with the stalls packed up behind them."""
    canvas = Canvas([(0, (18, 22, 54)), (0.6, (58, 54, 100)), (0.64, (92, 76, 96)), (1, (56, 48, 70))])
    for number, (x, width, top) in enumerate(((-30, 300, 150), (270, 330, 96), (600, 300, 172), (900, 330, 120))):
        _front(canvas, (x, top), width, number)
    canvas.shape([(0, 512), (WIDTH, 512), (WIDTH, 524), (0, 524)], (124, 104, 116))
    for x in (76, 408, 742, 1000):
        _packed_stall(canvas, x, 560)
    canvas.soften(2)
    for x in (240, 960):
        _street_lamp(canvas, x)
    for number, colour in enumerate(BINS):
        _bin(canvas, 366 + number * 134, 668, colour)
    for foot, facing, size in (((112, 712), 1, 1.05), ((222, 752), 1, 1.2), ((1044, 744), -1, 1.18)):
        _volunteer(canvas, foot, facing, size)
    return canvas.finished()


def _front(canvas: Canvas, corner: Point, width: float, number: int) -> None:
    """Draw a house from the front: two rows of windows, of which few are still lit, over a shutter."""
    x, top = corner
    canvas.box(x, top, width, 520 - top, mix((52, 44, 76), (70, 54, 84), number / 3))
    canvas.shape([(x - 14, top), (x + width + 14, top), (x + width - 16, top - 44), (x + 16, top - 44)], (30, 26, 52))
    canvas.line([(x - 14, top), (x + width + 14, top)], (92, 70, 98), 4)
    for place in range(3):
        is_lit = (number + 2 * place) % 5 == LIT
        canvas.box(x + 30 + place * (width - 60) / 3, top + 50, 60, 92, LAMP if is_lit else (38, 36, 68), radius=3)
        canvas.box(x + 58 + place * (width - 60) / 3, top + 50, 4, 92, (30, 26, 52))
    canvas.box(x + 22, 370, width - 44, 150, (88, 76, 104), radius=3)
    for y in range(388, 520, 22):
        canvas.line([(x + 24, y), (x + width - 24, y)], (74, 64, 92), 4)


def _packed_stall(canvas: Canvas, x: float, y: float) -> None:
    """Draw a table under a cloth, with stools upside down on it, beside its closed parasol; it stands on `y`."""
    canvas.disc(x, y, 92, (60, 50, 72), high=10)
    canvas.box(x + 62, y - 190, 7, 188, (112, 98, 104))
    canvas.shape([(x + 65, y - 206), (x + 84, y - 76), (x + 47, y - 76)], (150, 70, 74))
    canvas.shape([(x + 65, y - 206), (x + 71, y - 76), (x + 60, y - 76)], (186, 168, 150))
    for stool in (-58, -10):
        canvas.box(x + stool - 18, y - 92, 40, 8, (132, 92, 76))
        for leg in (-14, 12):
            canvas.box(x + stool + leg, y - 126, 6, 36, (132, 92, 76))
    canvas.box(x - 84, y - 84, 128, 84, (66, 90, 116))
    canvas.box(x - 90, y - 86, 140, 12, (88, 114, 138), radius=4)
    for fold in (-50, 2):
        canvas.line([(x + fold, y - 70), (x + fold - 4, y - 2)], (54, 74, 100), 4)


def _street_lamp(canvas: Canvas, x: float) -> None:
    """Draw a lamp in the shape of a lantern on its post, and the light that it sheds on the street."""
    canvas.box(x - 6, 210, 12, 366, (32, 28, 46))
    canvas.box(x - 20, 566, 40, 14, (32, 28, 46), radius=4)
    canvas.line([(x, 214), (x + 46, 196), (x + 46, 214)], (32, 28, 46), 7)
    canvas.glow(x + 46, 248, 220, (150, 100, 52))
    canvas.disc(x + 46, 248, 30, (255, 214, 140), high=32)
    for cap in (-34, 28):
        canvas.box(x + 32, 248 + cap, 28, 8, (70, 46, 50), radius=2)


def _bin(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    """Draw a bin on wheels; it stands on `y`."""
    canvas.disc(x, y, 58, (48, 42, 60), high=9)
    canvas.shape([(x - 46, y - 126), (x + 46, y - 126), (x + 36, y - 4), (x - 36, y - 4)], colour)
    canvas.shape([(x + 14, y - 126), (x + 46, y - 126), (x + 36, y - 4), (x + 10, y - 4)], mix(colour, INK, 0.25))
    canvas.box(x - 54, y - 146, 108, 22, mix(colour, STRIPE, 0.3), radius=9)
    canvas.box(x - 16, y - 154, 32, 10, mix(colour, INK, 0.4), radius=4)
    canvas.box(x - 26, y - 92, 34, 34, STRIPE, radius=5)
    canvas.line([(x - 20, y - 76), (x - 12, y - 67), (x + 2, y - 84)], colour, 5)
    for wheel in (-28, 28):
        canvas.disc(x + wheel, y - 4, 10, (26, 22, 36))


def _around(foot: Point, facing: int, size: float) -> Stance:
    """Return the stance of a person who faces right (1) or left (-1)."""
    return lambda forward, up: (foot[0] + facing * forward * size, foot[1] - up * size)


def _volunteer(canvas: Canvas, foot: Point, facing: int, size: float) -> None:
    """Draw a volunteer in a vest with a clipboard, who faces right (1) or left (-1)."""
    at, coat = _around(foot, facing, size), (58, 66, 96)
    canvas.disc(*foot, 46 * size, (46, 40, 58), high=8 * size)
    for leg in (-15, 15):
        canvas.line([at(leg, 88), at(leg, 6)], (40, 42, 66), 23 * size)
        canvas.disc(*at(leg + 5, 5), 17 * size, INK, high=8 * size)
    canvas.line([at(0, 104), at(0, 168)], coat, 66 * size)
    canvas.disc(*at(0, 172), 33 * size, coat, high=24 * size)
    canvas.line([at(0, 94), at(0, 178)], VEST, 52 * size)
    canvas.line([at(-26, 122), at(26, 122)], STRIPE, 9 * size)
    _capped_head(canvas, at, size)
    canvas.line([at(50, 118), at(64, 170)], (168, 122, 84), 40 * size)
    canvas.line([at(52, 122), at(62, 166)], PAPER, 30 * size)
    canvas.line([at(-8, 170), at(8, 124), at(46, 132)], mix(coat, INK, 0.3), 20 * size)
    canvas.disc(*at(50, 134), 11 * size, SKIN[1])


def _capped_head(canvas: Canvas, at: Stance, size: float) -> None:
    canvas.disc(*at(-4, 224), 29 * size, (44, 36, 46), high=29 * size)
    canvas.disc(*at(6, 219), 26 * size, SKIN[1], high=29 * size)
    canvas.disc(*at(21, 224), 3.4 * size, (62, 44, 44))
    canvas.line([at(16, 208), at(21, 205), at(27, 208)], (150, 70, 62), 3 * size)
    canvas.disc(*at(-1, 241), 30 * size, VEST, high=17 * size)
    canvas.line([at(-28, 236), at(42, 236)], mix(VEST, INK, 0.2), 8 * size)


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


# --- the boy on the crate ----------------------------------------------------------------------------------------

CONCRETE: Colour = (160, 168, 160)


def boy_on_crate() -> Image.Image:
    """Draw a small boy on a beer crate who waits for the ball, and the old man across the table who has struck it."""
    canvas = Canvas(
        [
            (0, (132, 190, 200)),
            (0.4, (226, 226, 184)),
            (0.6, (252, 212, 142)),
            (0.7, (164, 174, 104)),
            (1, (110, 132, 84)),
        ]
    )
    canvas.glow(170, 400, 360, (90, 60, 20))
    _far_bank(canvas)
    _canopy(canvas)
    _striker(canvas, (1098, 742), -1, 1.2, ((226, 222, 210), (86, 92, 112), (212, 210, 206)))
    _concrete_table(canvas)
    _crate(canvas, 216, 744)
    _striker(canvas, (216, 664), 1, 0.92, ((226, 96, 70), (62, 96, 140), (52, 42, 46)))
    for step, (x, y) in enumerate(((760, 452), (690, 420), (622, 398), (556, 388))):
        canvas.disc(x, y, 5 + step, mix((252, 222, 160), (255, 255, 250), step / 3))
    canvas.disc(492, 392, 12, (255, 255, 250))
    return canvas.finished()


def _far_bank(canvas: Canvas) -> None:
    """Draw the river behind the park, hills on its other bank, and a hedge on this one."""
    ridge = [(x, 420 - 40 * math.sin(x / 190 + 1) - 14 * math.sin(x / 70)) for x in range(0, 1201, 20)]
    canvas.shape([*ridge, (1200, 500), (0, 500)], (150, 178, 148))
    canvas.box(0, 470, WIDTH, 60, (238, 216, 164))
    for x in range(-20, 1260, 62):
        canvas.disc(x, 536, 52, mix((110, 148, 96), (92, 134, 92), x % 3 / 2), high=34)
    canvas.box(0, 540, WIDTH, 260, (196, 186, 138))
    canvas.box(0, 540, WIDTH, 12, (142, 156, 98))


def _canopy(canvas: Canvas) -> None:
    """Draw the banyan's crown along the top, with roots that hang down from it."""
    random = _dice(7)
    for _ in range(16):
        x = random.uniform(560, 1180)
        canvas.line([(x, 60), (x + random.uniform(-6, 6), random.uniform(150, 260))], (112, 96, 74), 3)
    for _ in range(70):
        x = random.uniform(420, 1240)
        y = random.uniform(-40, 40 + (x - 420) / 9)
        canvas.disc(x, y, random.uniform(34, 66), mix((70, 112, 82), (128, 156, 92), random.random()))


def _concrete_table(canvas: Canvas) -> None:
    """Draw the table from the side, with a net of wire."""
    canvas.disc(680, 744, 330, (160, 150, 110), high=14)
    for x in (440, 850):
        canvas.shape([(x, 540), (x + 70, 540), (x + 56, 744), (x + 14, 744)], mix(CONCRETE, INK, 0.3))
    canvas.shape([(390, 500), (970, 500), (1010, 536), (350, 536)], (92, 146, 140))
    canvas.line([(370, 518), (990, 518)], (226, 230, 216), 3)
    canvas.box(350, 536, 660, 20, CONCRETE, radius=3)
    for wire in range(6):
        canvas.line([(672, 456 + wire * 13), (688, 470 + wire * 13)], (76, 82, 88), 2)
    for x, y in ((672, 452), (680, 459), (688, 466)):
        canvas.line([(x, y), (x, y + 66)], (76, 82, 88), 3)
    canvas.line([(672, 452), (688, 466)], (76, 82, 88), 5)


def _crate(canvas: Canvas, x: float, y: float) -> None:
    """Draw a crate turned upside down; it stands on `y`."""
    shade, plastic = (176, 116, 40), (232, 168, 62)
    canvas.disc(x, y, 92, (160, 150, 110), high=10)
    canvas.box(x - 78, y - 84, 156, 84, plastic, radius=6)
    canvas.box(x - 78, y - 84, 156, 14, mix(plastic, PAPER, 0.4), radius=5)
    for column in range(4):
        canvas.box(x - 66 + column * 35, y - 58, 25, 42, shade, radius=4)
    canvas.box(x - 78, y - 40, 156, 6, plastic)


def _striker(canvas: Canvas, foot: Point, facing: int, size: float, colours: tuple[Colour, Colour, Colour]) -> None:
    """Draw a player who faces right (1) or left (-1), in the `colours` of shirt, trousers and hair."""
    at, (shirt, trousers, hair), skin = _around(foot, facing, size), colours, SKIN[0]
    for hip, knee, heel in ((-12, -22, -30), (14, 30, 26)):
        canvas.line([at(hip, 128), at(knee, 70), at(heel, 10)], skin, 24 * size)
        canvas.line([at(hip, 128), at(knee, 66)], trousers, 38 * size)
        canvas.disc(*at(heel + 8, 8), 22 * size, (250, 250, 244), high=10 * size)
    canvas.line([at(-22, 218), at(-62, 182), at(-84, 208)], mix(skin, INK, 0.12), 18 * size)
    canvas.disc(*at(-86, 210), 12 * size, mix(skin, INK, 0.12))
    canvas.line([at(0, 132), at(8, 216)], shirt, 74 * size)
    canvas.disc(*at(8, 216), 37 * size, shirt, high=30 * size)
    canvas.disc(*at(2, 130), 37 * size, trousers, high=16 * size)
    _profile(canvas, at, size, hair)
    _bat(canvas, at, size, shirt)


def _profile(canvas: Canvas, at: Stance, size: float, hair: Colour) -> None:
    """Draw the head of a player, turned half towards us."""
    canvas.line([at(10, 236), at(14, 262)], mix(SKIN[0], INK, 0.12), 24 * size)
    canvas.disc(*at(8, 298), 46 * size, hair, high=45 * size)
    canvas.disc(*at(19, 286), 38 * size, SKIN[0], high=37 * size)
    canvas.disc(*at(6, 322), 38 * size, hair, high=20 * size)
    for eye in (20, 44):
        canvas.disc(*at(eye, 290), 4 * size, (62, 44, 44))
    canvas.disc(*at(16, 276), 7 * size, mix(SKIN[0], (230, 110, 90), 0.35), high=5 * size)
    canvas.line([at(28, 268), at(34, 265), at(41, 268)], (150, 70, 62), 4 * size)


def _bat(canvas: Canvas, at: Stance, size: float, shirt: Colour) -> None:
    """Draw the arm that holds the bat."""
    canvas.line([at(66, 184), at(108, 214)], SKIN[0], 18 * size)
    canvas.line([at(108, 210), at(116, 228)], (150, 104, 66), 10 * size)
    canvas.disc(*at(122, 250), 23 * size, (186, 54, 48), high=27 * size)
    canvas.line([at(18, 218), at(66, 184)], mix(shirt, INK, 0.1), 24 * size)
    for joint, radius in ((18, 12), (66, 11)):
        canvas.disc(*at(joint, 218 - (joint - 18) * 0.71), radius * size, mix(shirt, INK, 0.1))
    canvas.disc(*at(108, 214), 12 * size, SKIN[0])


# --- the library -------------------------------------------------------------------------------------------------

SPINES: list[Colour] = [(176, 74, 58), (58, 104, 116), (206, 146, 62), (96, 112, 78), (120, 82, 112), (226, 206, 164)]
TIMBER: Colour = (96, 50, 44)


def library_at_night() -> Image.Image:
    """Draw the pavilion on the wharf with its shelves of books, lit while the town and the river are dark."""
    canvas = Canvas(
        [(0, (12, 18, 46)), (0.5, (34, 44, 88)), (0.7, (70, 74, 112)), (0.701, (30, 38, 70)), (1, (14, 18, 40))]
    )
    _stars(canvas)
    ridge = [(x, 500 - 44 * math.sin(x / 210 + 2) - 12 * math.sin(x / 64)) for x in range(0, 1201, 20)]
    canvas.shape([*ridge, (1200, 570), (0, 570)], (30, 36, 70))
    canvas.glow(600, 430, 560, (120, 78, 34))
    canvas.box(316, 312, 568, 260, (255, 214, 138))
    for left in (338, 726):
        _shelf(canvas, left)
    _door(canvas)
    for x in (316, 488, 690, 862):
        canvas.box(x, 306, 22, 268, TIMBER)
    for x, facing in ((424, 1), (776, -1)):
        _reader(canvas, x, facing)
    _roof(canvas)
    canvas.box(262, 572, 676, 26, (104, 96, 112), radius=3)
    canvas.box(214, 598, 772, 26, (78, 72, 92), radius=3)
    canvas.box(0, 624, WIDTH, 26, (48, 46, 68))
    _reflections(canvas)
    _cat(canvas, 250, 598)
    # It leads the front page of the weekly, across all columns: 200 dots to an inch need this.
    return canvas.finished(1800)


def _stars(canvas: Canvas) -> None:
    random = _dice(19)
    for _ in range(70):
        x, y = random.uniform(0, WIDTH), random.uniform(0, 400)
        canvas.disc(x, y, random.uniform(1, 2.6), mix((120, 130, 170), (250, 244, 220), random.random()))


def _shelf(canvas: Canvas, left: float) -> None:
    """Draw four boards full of books between two columns."""
    random = _dice(round(left))
    canvas.box(left, 336, 136, 236, (186, 124, 72))
    for board in range(4):
        foot, x = 388 + board * 58, left + 6
        while x < left + 118:
            width, height = random.uniform(8, 17), random.uniform(30, 44)
            canvas.box(x, foot - height, width, height, random.choice(SPINES))
            x += width + 2
        canvas.box(left, foot, 136, 7, (136, 82, 52))


def _door(canvas: Canvas) -> None:
    """Draw the open door in the middle: the lamp, and the table with the book in which readers sign."""
    canvas.line([(600, 312), (600, 356)], TIMBER, 4)
    canvas.shape([(584, 354), (616, 354), (644, 384), (556, 384)], (62, 96, 96))
    canvas.glow(600, 392, 170, (90, 70, 40))
    canvas.disc(600, 386, 24, (255, 248, 214), high=12)
    canvas.box(538, 506, 124, 12, (136, 82, 52), radius=3)
    for leg in (546, 646):
        canvas.box(leg, 516, 9, 56, (136, 82, 52))
    canvas.shape([(566, 506), (572, 494), (600, 500), (628, 494), (634, 506)], (250, 246, 230))


def _reader(canvas: Canvas, x: float, facing: int) -> None:
    """Draw a reader in silhouette on a stool, who faces right (1) or left (-1)."""
    at = _around((x, 574), facing, 1)
    canvas.line([at(-14, 0), at(-14, 46)], TIMBER, 8)
    canvas.line([at(-36, 48), at(10, 48)], TIMBER, 9)
    canvas.line([at(34, 4), at(34, 56), at(-14, 60)], INK, 19)
    canvas.disc(*at(40, 4), 15, INK, high=6)
    canvas.line([at(-14, 60), at(-8, 112)], INK, 40)
    canvas.disc(*at(-8, 116), 20, INK)
    canvas.disc(*at(2, 152), 21, INK, high=23)
    canvas.line([at(-4, 110), at(16, 84), at(40, 96)], INK, 13)
    canvas.line([at(32, 92), at(50, 118)], PAPER, 6)
    canvas.line([at(34, 92), at(62, 104)], PAPER, 6)


def _roof(canvas: Canvas) -> None:
    """Draw the tiled roof with its eaves turned up, and the ridge."""
    tiles = (40, 46, 66)
    slope = [(t / 20, 318 - 170 * (t / 20) ** 1.7 - 44 * (1 - t / 20) ** 6) for t in range(21)]
    left = [(218 + 262 * t, y) for t, y in slope]
    right = [(982 - 262 * t, y) for t, y in reversed(slope)]
    canvas.shape([*left, *right, (900, 322), (300, 322)], tiles)
    for number in range(1, 14):
        share = number / 14
        canvas.line([(480 + 240 * share, 160), (290 + 620 * share, 316)], (58, 66, 90), 4)
    canvas.line([(300, 322), (900, 322)], (212, 148, 84), 5)
    canvas.box(462, 136, 276, 20, (28, 32, 50), radius=8)


def _reflections(canvas: Canvas) -> None:
    """Let the light of the pavilion lie on the river."""
    random = _dice(23)
    for _ in range(130):
        y = random.uniform(660, 792)
        x = random.gauss(600, 120 + (y - 660))
        light = mix((30, 36, 66), (250, 196, 118), random.random() * max(0.15, 1 - abs(x - 600) / 330))
        canvas.line([(x, y), (x + random.uniform(20, 80), y)], light, 3)


def _cat(canvas: Canvas, x: float, y: float) -> None:
    """Draw the cat that lived in the pavilion before the books did; it sits on `y`."""
    canvas.disc(x, y - 20, 17, INK, high=22)
    canvas.disc(x + 6, y - 46, 13, INK, high=12)
    for ear in (-3, 10):
        canvas.shape([(x + ear - 3, y - 52), (x + ear + 2, y - 66), (x + ear + 7, y - 52)], INK)
    canvas.line([(x - 12, y - 5), (x - 34, y - 8), (x - 40, y - 26)], INK, 6)


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "1-lanterns.1.jpg": lantern_street,
    "1-lanterns.2.png": plan_on_table,
    "1-lanterns.3.jpg": bins_at_night,
    "2-canteen.1.jpg": canteen_table,
    "2-canteen.2.png": menu_board,
    "3-park.1.jpg": park_at_dusk,
    "3-park.2.jpg": boy_on_crate,
    "4-library.1.jpg": library_at_night,
}
