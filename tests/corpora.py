"""Pages to be scored on: those of tests/corpus, in our own words, and those beside this checkout where there are any.

NAME.json is what should come of NAME.txt: fields, and the body as paragraphs, crossheads, and captions with credits.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from damage import Harm, cuts_by_line, folded, harm_of, inflicted, traditional
from slips import BRACKETS

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(__file__).parents[2] / "shared" / "corpus"

LEVELS = (1, 2, 3, 4)
SEED = 1

# What a mirror puts between the head and the story, and behind it: the labels of its widgets, and links to itself.
_WIDGETS = "\n1\n\n街坊快讯网\n微信公众号\n\n街坊快讯网\n官方微博\n"
_FARM = (
    "东埠县| 石湾市| 白茅县| 东埠县| 青禾县| 柳溪市| 红菱县| 沧浪区| 石湾市| 临河县| 鹤山区| 白茅县| 南屏市| 青禾县|"
)


class Piece(Struct, frozen=True, forbid_unknown_fields=True):
    """A block of the body; its type is `paragraph`, `subhead` (a crosshead) or `caption` (with its credit).

    Where nothing but the picture tells that it is a caption, `told` is false, and the block does not count as one.
    """

    type: str
    text: str
    told: bool = True


class Gold(Struct, frozen=True):
    """What should come out of a page. Several names are divided by 、; a field without a default always counts."""

    id: str
    title: str
    published: str
    source: str
    author: str
    editor: str
    body: tuple[Piece, ...]
    correspondent: str | None = None


class Page(Struct, frozen=True):
    """A page to be scored: `level` 0 is clean; `lines` pairs each raw line's number with its clean text, if known.

    `harm` is what was done to the page, where we did it, and `cuts` what of it was done to each of `lines`.
    """

    name: str
    level: int
    raw: bytes
    gold: Gold
    lines: tuple[tuple[int, str], ...] = ()
    harm: Harm | None = None
    cuts: tuple[list[bool], ...] = ()


def clean_pages() -> tuple[Page, ...]:
    """Return the pages of our own as they were written."""
    return tuple(Page(path.stem, 0, path.read_bytes(), _gold(path)) for path in sorted(CORPUS.glob("*.txt")))


def damaged_pages(level: int, seed: int = SEED) -> tuple[Page, ...]:
    """Return the mainland pages of our own as a mirror of `level` shows them."""
    return tuple(mirrored(path, level, seed) for path in sorted(CORPUS.glob("hans-*.txt")))


def mirrored(path: Path, level: int, seed: int) -> Page:
    """Return the page at `path` between a mirror's widgets and links, damaged."""
    head, blank, story = path.read_text("utf-8").partition("\n\n")
    clean = head + "\n" + _WIDGETS + blank.removeprefix("\n") + story
    harm = harm_of(clean, level, seed)
    raw = inflicted(clean, harm) + _FARM + "\n"
    numbered = zip(enumerate(clean.split("\n"), 1), cuts_by_line(clean, harm), strict=True)
    lines, cuts = zip(*((line, cuts) for line, cuts in numbered if line[1].strip()), strict=True)
    return Page(path.stem, level, raw.encode(), _gold(path), lines, harm, cuts)


def _gold(path: Path) -> Gold:
    return msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Gold)


def shared_pages(level: int) -> tuple[Page, ...]:
    """Return the pages beside this checkout: clean ones at level 0, damaged ones at the others."""
    pattern = "clean__*.txt" if level == 0 else f"damaged__*__L{level}.txt"
    return tuple(_shared_page(path, level) for path in sorted((SHARED / "input").glob(pattern)))


def _shared_page(path: Path, level: int) -> Page:
    raw = path.read_bytes()
    gold = _gold(SHARED / "gold" / path.name)
    if level == 0:
        return Page(path.stem, 0, raw, gold)
    clean = path.parent / f"clean__{path.stem.split('__')[1]}.txt"
    lines = paired(raw.decode().split("\n"), clean.read_text("utf-8").split("\n"))
    return Page(path.stem, level, raw, gold, tuple(lines))


def paired(shown: list[str], clean: list[str]) -> Iterator[tuple[int, str]]:
    """Pair the clean lines with the numbers of what they have become; in between stands what a mirror has put there.

    Readings in brackets are as long as the text itself where all keys have them, and say nothing of which line it is.
    """
    bare = [BRACKETS.sub("", line) for line in shown]
    at = 0
    for line in filter(str.strip, clean):
        want = folded(traditional(line))
        found = (n for n in range(at, len(bare)) if Levenshtein.normalized_similarity(bare[n], want) > 0.4)
        number = next(found, None)
        if number is not None:
            at = number + 1
            yield at, line
