"""Leave out pictures that are buttons or banners of the site, and what buttons say in captions."""

from functools import partial

from newsbook.desk.chrome import chrome_kind
from newsbook.desk.draft import Draft, cut, leave_out
from newsbook.desk.furniture import furniture
from newsbook.desk.lines import folded, printed
from newsbook.desk.rules import finder
from newsbook.model import Line, Part
from newsbook.script import fold

TOOL_BAR = "tool-bar"
_find = partial(finder, "buttons")
_SHORTEST_VERSE = 4


def leave_out_buttons(draft: Draft) -> Draft:
    """Take out pictures whose words are those of a button, and such words behind a caption."""
    gone = {line.number: TOOL_BAR for line in draft.of(Part.PICTURE) if draft.markup and _is_button(draft, line)}
    draft = leave_out(draft, gone)
    for line in draft.of(Part.PICTURE) if draft.markup else ():
        draft = _without_button(draft, line)
    return draft


def _without_button(draft: Draft, line: Line) -> Draft:
    """Take a button's words out of a caption, or off its end."""
    if printed(line) and is_button(folded(line)):
        return cut(draft, line, [(0, len(line.text))], TOOL_BAR)
    tail = _find("tail")(fold(line.text).rstrip())
    return cut(draft, line, [(tail.start(), len(line.text))], TOOL_BAR) if tail and tail.start() else draft


def is_button(plain: str) -> bool:
    """Tell whether a folded text says what a button says, and nothing else.

    >>> is_button("分享到腾讯微博"), is_button("分享会现场")
    (True, False)
    """
    return bool(plain) and bool(furniture(plain) or _find("button")(plain))


def _is_button(draft: Draft, line: Line) -> bool:
    """Tell whether a picture is a button, by its alternative text, or a banner, by a motto for one and no caption."""
    alt, text = fold(draft.markup_of(line).alt.strip()), folded(line)
    if chrome_kind(text) == "prompt":
        return True
    if is_button(alt):
        return not text or is_button(text)
    return not text and _is_motto(alt)


def _is_motto(alt: str) -> bool:
    """Tell whether a text is a motto: parts of the same length, and no mark between them."""
    parts = alt.split()
    long = len(parts) > 1 and len(parts[0]) >= _SHORTEST_VERSE and all(map(str.isalpha, parts))
    return long and not alt.isascii() and len({len(part) for part in parts}) == 1
