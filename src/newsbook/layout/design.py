"""A style with another page, other type or another colour, as newsbook.toml and flags ask for it; the grid follows.

What a style has in points is set larger or smaller as its text is, and a sheet behind its own says what the page is.
"""

import json
import re
from collections.abc import Iterator, Mapping

import tinycss2
from msgspec.structs import replace
from tinycss2.ast import DimensionToken, Node

from newsbook.diagnostics import UsageError
from newsbook.gate import Caps
from newsbook.layout.geometry import Geometry, Margins, geometry_of
from newsbook.layout.style import FACE_ROLES, Faces, Print, Style
from newsbook.layout.stylepictures import picture_of
from newsbook.model import Stylesheet
from newsbook.project import Design, paper_size
from newsbook.store import Store

# A column of fewer ems, and a page of fewer lines, is none that can be read.
_NARROWEST, _FEWEST_LINES = 10, 12

# A margin keeps this part of its side of the page at most, so that a small page is no frame.
_WIDEST_MARGIN = 0.16

_FILLED = re.compile(r"\{(\w+)\}")
# CSS Paged Media 3, “Page-margin boxes”: those above the page.
_ABOVE = ("top-left", "top-center", "top-right")


def designed(style: Style, design: Design, running: Mapping[str, str]) -> Style:
    """Return a style for paper as `design` wants it; `running` says what is filled in running heads, but headlines.

    Raises `UsageError` where page, text and columns leave no room for each other.
    """
    if any((design.page, design.text, design.columns)):
        style = _with_page(style, design)
    rules = []
    if design.accent:
        rules.append(f":root {{ --accent: {design.accent}; }}")
    if design.running_head:
        rules += _running_head(style.page, design.running_head, running)
    stacks = {role: _before(getattr(design.faces, role), style.faces, role) for role in FACE_ROLES}
    faces = replace(style.faces, **stacks)
    return replace(with_sheet(style, "\n".join(rules)), faces=faces)


def with_logo(style: Style, raw: bytes, name: str, store: Store, caps: Caps = Caps()) -> Style:
    """Return a style for paper with a picture in place of the letters of its nameplate. Raises `UsageError`."""
    picture = picture_of(raw, name, store, caps)
    if style.page.vertical and picture.type == "image/svg+xml":
        raise UsageError(f"the picture {name} is an SVG, which vertical pages cannot turn; give a PNG or a JPEG.")
    return replace(style, media=(*style.media, picture), logo=picture.name)


def coloured(style: Style, design: Design) -> Style:
    """Return a style for covers in the accent colour of `design`."""
    return with_sheet(style, f":root {{ --accent: {design.accent}; }}" if design.accent else "", "cover")


def with_sheet(style: Style, css: str, carrier: str = "print") -> Style:
    """Return a style with a sheet behind its own; none is added that says nothing."""
    if not css:
        return style
    sheet = Stylesheet(f"{carrier}{len(style.sheets[carrier]) + 1}-design.css", css)
    return replace(style, sheets={**style.sheets, carrier: (*style.sheets[carrier], sheet)})


def _before(families: tuple[str, ...], faces: Faces, role: str) -> dict[str, tuple[str, ...]]:
    """Return the families of a role in every language, some before those of the style."""
    return {tag: tuple(dict.fromkeys((*families, *stack))) for tag, stack in getattr(faces, role).items()}


def _with_page(style: Style, design: Design) -> Style:
    """Return a style on another paper, in another size of type, or in columns."""
    if style.page.plan == "modules":
        raise UsageError(f"the style {style.name} has a sheet of its own; leave page, text size and columns out.")
    base = geometry_of((*style.sheets["base"], *style.sheets["print"]))
    size = design.text or base.text
    width, height = paper_size(design.page) if design.page else (base.width, base.height)
    if design.page and style.page.vertical:
        # Vertical pages are laid out lying on their side.
        width, height = height, width
    count, gap = design.columns or style.page.columns, style.page.gap
    wanted = Geometry(width, height, base.left, base.right, size, base.leading * size / base.text)
    made, column = _on_grid(wanted, base, count, gap)
    if size != base.text:
        scaled = tuple(_scaled(each, size / base.text) for each in style.sheets["print"])
        style = replace(style, sheets={**style.sheets, "print": scaled})
    factor = made.measure / base.measure
    page = replace(
        style.page,
        picture=float(column if count > 1 else max(1, min(column, round(style.page.picture * factor)))),
        headline=style.page.headline * factor,
        lead_headline=style.page.lead_headline * factor,
        feature_headline=style.page.feature_headline * factor,
        brief_headline=style.page.brief_headline * factor,
        columns=count,
    )
    return replace(with_sheet(style, "\n".join(_page_rules(made, page))), page=page)


def _on_grid(wanted: Geometry, base: Geometry, count: int, gap: float) -> tuple[Geometry, int]:
    """Return a geometry with the margins of `base`, resized so that whole ems and lines fit, and a column in ems."""
    across, down = wanted.width / base.width, wanted.height / base.height
    margins = [_resized(each, wanted, across, down) for each in (base.left, base.right)]
    room = wanted.width - margins[0].left - margins[0].right
    column = int((room / wanted.text + _ROUNDING - (count - 1) * gap) // count)
    lines = int((wanted.height - margins[0].top - margins[0].bottom) / wanted.leading + _ROUNDING)
    if column < _NARROWEST or lines < _FEWEST_LINES:
        paper = f"{wanted.width / 72 * 25.4:.0f} × {wanted.height / 72 * 25.4:.0f} mm"
        found = f"{max(lines, 0)} lines of {max(column, 0)} characters of {wanted.text:g} points"
        raise UsageError(f"a page of {paper} has room for {found}; take a larger page, smaller text or fewer columns.")
    over = room - (count * column + (count - 1) * gap) * wanted.text
    below = wanted.height - margins[0].top - margins[0].bottom - lines * wanted.leading
    left, right = (_widened(each, over, below) for each in margins)
    return replace(wanted, left=left, right=right), column


# What is lost in reckoning with fractions of points.
_ROUNDING = 0.02


def _resized(margins: Margins, page: Geometry, across: float, down: float) -> Margins:
    widest, highest = _WIDEST_MARGIN * page.width, _WIDEST_MARGIN * page.height
    return Margins(
        min(margins.top * down, highest),
        min(margins.right * across, widest),
        min(margins.bottom * down, highest),
        min(margins.left * across, widest),
    )


def _widened(margins: Margins, over: float, below: float) -> Margins:
    return replace(margins, left=margins.left + over / 2, right=margins.right + over / 2, bottom=margins.bottom + below)


def _page_rules(page: Geometry, grid: Print) -> Iterator[str]:
    yield f"@page {{ size: {page.width:.2f}pt {page.height:.2f}pt; margin: {_shorthand(page.left)}; }}"
    yield f"@page :left {{ margin: {_shorthand(page.left)}; }}"
    yield f"@page :right {{ margin: {_shorthand(page.right)}; }}"
    picture = "" if grid.vertical else f" --picture: {grid.picture:g}em;"
    yield f":root {{ --measure: {page.measure * page.text:.2f}pt;{picture} }}"


def _shorthand(margins: Margins) -> str:
    return f"{margins.top:.2f}pt {margins.right:.2f}pt {margins.bottom:.2f}pt {margins.left:.2f}pt"


def _scaled(sheet: Stylesheet, factor: float) -> Stylesheet:
    """Return a sheet with all that it has in points larger or smaller by a factor."""
    nodes = tinycss2.parse_component_value_list(sheet.css)
    _scale(nodes, factor)
    return replace(sheet, css=tinycss2.serialize(nodes))


def _scale(nodes: list[Node], factor: float) -> None:
    left = list(nodes)
    while left:
        node = left.pop()
        if isinstance(node, DimensionToken) and node.lower_unit == "pt":
            node.representation = f"{node.value * factor:.6g}"
        left += [*(getattr(node, "content", None) or ()), *(getattr(node, "arguments", None) or ())]


def _running_head(grid: Print, said: str, running: Mapping[str, str]) -> Iterator[str]:
    """Yield the rules that have the head of every page but the first say what is asked for."""
    parts = _FILLED.split("" if said == "-" else said)
    words = [
        "string(headline)" if at % 2 and part == "headline" else _quoted(running.get(part, "") if at % 2 else part)
        for at, part in enumerate(parts)
    ]
    content = " ".join(words) if said != "-" else "none"
    for side, box in zip(("left", "right"), grid.running, strict=True):
        cleared = " ".join(f"@{each} {{ content: none; }}" for each in _ABOVE if each != box)
        align = "right" if box.endswith("right") else "left"
        yield f"@page :{side} {{ {cleared} @{box} {{ content: {content}; width: 100%; text-align: {align}; }} }}"
    boxes = dict.fromkeys((*_ABOVE, *grid.running))
    yield f"@page :first {{ {' '.join(f'@{box} {{ content: none; }}' for box in boxes)} }}"


def _quoted(text: str) -> str:
    """Return a text as a string of CSS: JSON's escapes of quotes and backslashes are CSS's, too."""
    return json.dumps(text.replace("\n", " "), ensure_ascii=False)
