"""A style for a press and a bindery: colours that go beyond the trim, and room for the binding in the inner margins."""

from collections.abc import Iterator, Sequence

import tinycss2
from msgspec.structs import replace
from tinycss2.ast import AtRule

from newsbook.diagnostics import UsageError
from newsbook.layout.design import with_sheet
from newsbook.layout.geometry import Margins, geometry_of
from newsbook.layout.style import Style
from newsbook.model import Stylesheet
from newsbook.project import length_of

# A knife that is off, and a printer in an office, take up to so much of a page.
_NARROWEST = 5 * 72 / 25.4


def for_press(style: Style, bleed: str, binding: str) -> Style:
    """Return a style for paper with a bleed, and with inner margins that are wider by `binding`; both may be empty.

    The type area keeps its size and moves outwards, so that lines and pages stay as they are. Raises `UsageError`
    where the outer margin has no room for that.
    """
    rules = [f"@page {{ bleed: {length_of(bleed):.3f}pt; }}"] if bleed else []
    if binding:
        rules += _margins(style, length_of(binding))
    return with_sheet(style, "\n".join(rules))


def _margins(style: Style, room: float) -> Iterator[str]:
    sheets = (*style.sheets["base"], *style.sheets["print"])
    # Vertical pages are laid out lying on their side, and bound on the right: the first is seen on the left.
    inner, outer = ("top", "bottom") if style.page.vertical else ("left", "right")
    for page in _pages(sheets):
        found = geometry_of(sheets, page)
        right = _moved(found.right, inner, outer, room)
        left = _moved(found.left, outer, inner, room)
        narrowest = min(getattr(right, outer), getattr(left, inner))
        if narrowest < _NARROWEST:
            most = int((narrowest + room - _NARROWEST) / 72 * 25.4)
            raise UsageError(f"the outer margins of {style.name} have no room for that binding; {most}mm is the most.")
        # The first page is always one on the right.
        for selector, margins in (
            ((page, right),) if ":first" in page else ((f"{page}:left", left), (f"{page}:right", right))
        ):
            said = " ".join(f"margin-{side}: {getattr(margins, side):.3f}pt;" for side in (inner, outer))
            yield f"@page {selector} {{ {said} }}"


def _moved(margins: Margins, wider: str, narrower: str, room: float) -> Margins:
    return replace(margins, **{wider: getattr(margins, wider) + room, narrower: getattr(margins, narrower) - room})


def _pages(sheets: Sequence[Stylesheet]) -> tuple[str, ...]:
    """Return what sheets call the pages that they give margins, without left and right: empty for all pages."""
    names = {"": None}
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet.css, skip_comments=True, skip_whitespace=True):
            if (
                isinstance(rule, AtRule)
                and rule.lower_at_keyword == "page"
                and "margin" in tinycss2.serialize(rule.content or [])
            ):
                for selector in tinycss2.serialize(rule.prelude).split(","):
                    names[selector.strip().removesuffix(":left").removesuffix(":right")] = None
    return tuple(names)
