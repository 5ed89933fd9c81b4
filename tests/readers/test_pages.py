"""Saved pages as the region's sites build them, in our own words: pages/NAME.html, and what should come of it.

`pytest tests/readers/test_pages.py --update` raises the floors of tests/floors.toml; `-s` says what is wrong.
"""

from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from newsbook import desk, readers, repairs
from newsbook.diagnostics import Diagnostic
from newsbook.model import (
    Article,
    Aside,
    Block,
    Copy,
    Crosshead,
    Figure,
    Items,
    Paragraph,
    PullQuote,
    Quotation,
    Role,
    Table,
    Text,
)
from plain import bare
from test_fidelity import FLOORS, written
from test_fidelity import read as read_floors

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
_WELL_ABOVE = 0.5


class Piece(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    type: str
    text: str
    image: str = ""


class Gold(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    published: str
    source: str
    author: str | None
    editor: str
    body: tuple[Piece, ...]


class Match(NamedTuple):
    wanted: int
    got: int
    right: int


def read(page: Path) -> tuple[Article, list[Diagnostic]]:
    found: list[Diagnostic] = []
    copy = readers.read(page.name, page.read_bytes(), (), "", found.append)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, found.append), found.append), found


def gold_of(page: Path) -> Gold:
    return msgspec.json.decode(page.with_suffix(".json").read_bytes(), type=Gold)


def pieces(block: Block) -> list[Piece]:  # noqa: PLR0911  a return for each type of block
    match block:
        case Paragraph() | PullQuote():
            return [Piece("paragraph", joined(block.text))]
        case Crosshead():
            return [Piece("subhead", joined(block.text))]
        case Figure():
            return [Piece("caption", f"{joined(block.caption)} {block.credit}", block.image)]
        case Quotation():
            return [Piece("quotation", joined(text)) for text in block.paragraphs]
        case Aside():
            kinds = ["subhead" if block.headed else "paragraph", *["paragraph"] * len(block.paragraphs)]
            return [Piece(kind, joined(text)) for kind, text in zip(kinds, block.paragraphs, strict=False)]
        case Items():
            return [Piece("item", joined(text)) for text in block.items]
        case Table():
            return [Piece("cell", joined(cell)) for row in block.rows for cell in row]
        case _:
            return []


def joined(text: Text) -> str:
    """Return a text's words without its readings."""
    return "".join(span.text for span in text)


def matched(wanted: list[Piece], got: list[Piece]) -> Match:
    """Match pieces in order: the same type, picture and, but for a character in twenty, the same text."""
    left, right = list(got), 0
    for piece in wanted:
        hit = next((other for other in left if _is_same(piece, other)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return Match(len(wanted), len(got), right)


def _is_same(one: Piece, other: Piece) -> bool:
    near = Levenshtein.normalized_similarity(bare(one.text), bare(other.text)) >= 0.95
    return near and one.type == other.type and one.image == other.image


def fields_of(article: Article, gold: Gold) -> dict[str, bool]:
    people = {role: {credit.name for credit in article.credits if credit.role is role} for role in Role}
    digits = "".join(filter(str.isdecimal, article.published))
    return {
        "headline": bare(article.headline) == bare(gold.title),
        "published": digits.startswith("".join(filter(str.isdecimal, gold.published))),
        "outlet": article.source.outlet == gold.source,
        "author": gold.author is None or people[Role.AUTHOR] == set(filter(None, [gold.author])),
        "editor": people[Role.EDITOR] == set(filter(None, [gold.editor])),
    }


def figures() -> tuple[dict[str, float], list[str]]:
    """Return F1 of all blocks, captions with their pictures and crossheads, the share of right fields, and remarks."""
    counts: dict[str, list[Match]] = {"body": [], "captions": [], "crossheads": []}
    right: list[bool] = []
    remarks: list[str] = []
    for page in PAGES:
        article, _ = read(page)
        gold = gold_of(page)
        got = [piece for block in article.body for piece in pieces(block)]
        for name, kind in (("body", ""), ("captions", "caption"), ("crossheads", "subhead")):
            sides = [[piece for piece in side if kind in {"", piece.type}] for side in (list(gold.body), got)]
            counts[name].append(matched(*sides))
        fields = fields_of(article, gold)
        right += fields.values()
        remarks += [f"{page.stem}: {name}" for name, is_right in fields.items() if not is_right]
        remarks += [f"{page.stem}: missing {p}" for p in gold.body if not any(_is_same(p, q) for q in got)]
        remarks += [f"{page.stem}: too many {q}" for q in got if not any(_is_same(p, q) for p in gold.body)]
    result = {name: _f1(matches) for name, matches in counts.items()}
    return result | {"fields": round(100 * sum(right) / len(right), 3)}, remarks


def _f1(matches: list[Match]) -> float:
    every = sum(match.wanted + match.got for match in matches)
    return round(200 * sum(match.right for match in matches) / every, 3)


def test_no_figure_falls_below_its_floor(request: pytest.FixtureRequest) -> None:
    got, remarks = figures()
    every = read_floors()
    floors = every.get("pages", {}).get("html", {})
    fallen = {name: (got[name], floor) for name, floor in floors.items() if got[name] < floor}
    assert not fallen, remarks
    if request.config.getoption("update"):
        every.setdefault("pages", {})["html"] = got
        FLOORS.write_text(written(every), "utf-8")
        return
    risen = {name: figure for name, figure in got.items() if figure > floors.get(name, -1) + _WELL_ABOVE}
    assert not risen, "well above the floor: raise it with --update"
    assert min(got.values()) >= 95


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_gold_stands_in_its_page(page: Path) -> None:
    """So that no slip of the pen in gold passes for a fault of the program."""
    copy = readers.read(page.name, page.read_bytes(), (), "", lambda _finding: None)
    assert isinstance(copy, Copy)
    shown = bare("".join(line.text for line in copy.lines))
    for piece in gold_of(page).body:
        assert bare(piece.text) in shown
