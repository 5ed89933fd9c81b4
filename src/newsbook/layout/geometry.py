"""The geometry of a style's page, as its sheets say it: paper, margins, size of the text, leading."""

from collections.abc import Iterator, Sequence

import tinycss2
from msgspec import Struct
from msgspec.structs import replace
from tinycss2.ast import (
    AtRule,
    Declaration,
    DimensionToken,
    IdentToken,
    Node,
    QualifiedRule,
)

from newsbook.model import Stylesheet
from newsbook.project import paper_size

# CSS Values and Units 4, “Absolute lengths”, in points.
_UNITS = {"pt": 1.0, "px": 0.75, "in": 72.0, "pc": 12.0, "cm": 72 / 2.54, "mm": 72 / 25.4}

_SIDES = ("top", "right", "bottom", "left")
_SAID = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}


class Margins(Struct, frozen=True):
    """The margins of a page, in points."""

    top: float
    right: float
    bottom: float
    left: float


class Geometry(Struct, frozen=True):
    """A page: width and height as it is laid out, margins of left and right pages, the text's size and leading; points.

    `measure` is that of a page in ems of the text.
    """

    width: float
    height: float
    left: Margins
    right: Margins
    text: float
    leading: float

    @property
    def measure(self) -> float:
        """The width of the type area in ems of the text."""
        return (self.width - self.left.left - self.left.right) / self.text


_PLAIN = Geometry(*paper_size("A4"), Margins(56, 56, 56, 56), Margins(56, 56, 56, 56), 12.0, 18.0)


def geometry_of(sheets: Sequence[Stylesheet], page: str = "") -> Geometry:
    """Return the geometry that some sheets give pages, the later ones over the earlier.

    `page` is what they call the pages that are meant, as `handbill` or `:first`, empty for all.
    """
    found = _PLAIN
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet.css, skip_comments=True, skip_whitespace=True):
            if isinstance(rule, AtRule) and rule.lower_at_keyword == "page" and rule.content is not None:
                for selector in tinycss2.serialize(rule.prelude).split(","):
                    found = _with_page(found, selector.strip(), page, rule.content)
            elif isinstance(rule, QualifiedRule):
                found = _with_text(found, tinycss2.serialize(rule.prelude).strip(), rule.content)
    return found


def _declarations(content: list[Node]) -> Iterator[Declaration]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(item, Declaration):
            yield item


def _with_page(geometry: Geometry, selector: str, page: str, content: list[Node]) -> Geometry:
    name, _, side = selector.rpartition(":") if selector.endswith((":left", ":right")) else (selector, "", "")
    if name not in {"", page}:
        return geometry
    sides = (side,) if side else ("left", "right")
    for said in _declarations(content):
        lengths = _lengths(said.value)
        if said.name == "size" and not side:
            geometry = _sized(geometry, said.value, lengths)
        elif said.name == "margin" and len(lengths) in _SAID:
            # CSS Box Model 3, “margin”: a side that is not said is as the one across.
            top, right, bottom, left = (lengths[at] for at in _SAID[len(lengths)])
            margins = Margins(top, right, bottom, left)
            geometry = replace(geometry, **dict.fromkeys(sides, margins))
        elif said.name.startswith("margin-") and said.name[7:] in _SIDES and lengths:
            margins_of = {side: replace(getattr(geometry, side), **{said.name[7:]: lengths[0]}) for side in sides}
            geometry = replace(geometry, **margins_of)
    return geometry


def _sized(geometry: Geometry, value: list[Node], lengths: list[float]) -> Geometry:
    names = [token.value for token in value if isinstance(token, IdentToken)]
    if lengths:
        return replace(geometry, width=lengths[0], height=lengths[-1])
    papers = [_css_paper(name) for name in names if name.lower() not in {"portrait", "landscape"}]
    width, height = papers[0] if papers and papers[0] else (geometry.width, geometry.height)
    is_lying = any(name.lower() == "landscape" for name in names)
    return replace(geometry, width=height if is_lying else width, height=width if is_lying else height)


def _css_paper(name: str) -> tuple[float, float] | None:
    """Return the size of a paper that CSS Paged Media 3 has a name for; None for one that newsbook has not."""
    try:
        return paper_size({"B4": "ISO-B4", "B5": "ISO-B5", "LEDGER": "Tabloid"}.get(name.upper(), name))
    except ValueError:
        return None


def _with_text(geometry: Geometry, selector: str, content: list[Node]) -> Geometry:
    for said in _declarations(content):
        lengths = _lengths(said.value)
        if selector == "html" and said.name in {"font", "font-size"} and lengths:
            geometry = replace(geometry, text=lengths[0])
        elif selector == ":root" and said.name == "--leading" and lengths:
            geometry = replace(geometry, leading=lengths[0])
    return geometry


def _lengths(value: list[Node]) -> list[float]:
    return [
        token.value * _UNITS[token.lower_unit]
        for token in value
        if isinstance(token, DimensionToken) and token.lower_unit in _UNITS
    ]
