"""Tell what a block is by its formatting, and by what the page's author calls it."""

import re
from collections.abc import Iterator

from lxml import etree

from newsbook.model import Mark, Part, Run
from newsbook.readers.html.density import ancestors
from newsbook.readers.html.inline import GatheredLine
from newsbook.readers.html.tree import attribute, hints, printed_length

_LONGEST_CROSSHEAD = 40
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CROSSHEAD = re.compile(
    r"(?:^|[\s_-])(?:sub-?title|sub-?head(?:ing|line)?|cross-?head|midashi|small-?title|xiaobiaoti|section-?title|h[2-4])"
    r"(?=$|[\s_0-9-])"
)
_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:author\w*|by-?line|reporter\w*|writer\w*|journalist\w*|zuozhe|rich_media_meta_text"
    r"|credit|contributors?|hissha|kisha(?:-?mei)?|posted-?by|writtenby)(?=$|[\s_-])"
)
_OUTLET = re.compile(
    r"(?:^|[\s_-])(?:source\w*|media[_-]?name|press|origin|laiyuan|from|publisher|js_name)(?=$|[\s_-])"
)
_META = re.compile(
    r"(?:^|[\s_-])(?:\w*info\w*|\w*meta\w*|\w*date\w*|\w*time\w*|source\w*|author\w*|by-?line|writer|top-?bar|sub|about|head)"
    r"(?=$|[\s_0-9-])"
)
_STATEMENT = re.compile(r"[。．；;，,：:、…]$|。")
# The turns of an interview are no crossheads, however they are set.
_ASKED = re.compile(r"(?:問|问|答|質問|문|답|記者|记者|[QA]\d{0,2})\s*[:：.．]")
_PLAIN = frozenset({"a", "b", "strong", "em", "i", "ruby", "img"})
LONGEST_DECK = 160
_DECK = re.compile(
    r"(?:^|[\s_-])(?:\w*sub-?tit(?:le)?|sub-?head(?:line)?|sub|deck|dek|stand-?first|summary|\w*_summary|futi|fubiaoti)"
    r"(?=$|[\s_0-9-])"
)
_CREDIT = re.compile(r"(?:^|[\s_-])(?:copy-?right|credit|source)(?=$|[\s_-])")
_PULL_QUOTE = re.compile(r"pull-?quote")


def part_of(holder: etree._Element, text: str, runs: tuple[Run, ...]) -> Part:
    """Return the role of a line of the body: pull quote, crosshead or paragraph. Lists and tables are known before."""
    above = holder.getparent()
    if is_called_pull_quote(holder) or (above is not None and is_called_pull_quote(above)):
        return Part.PULL_QUOTE
    length = printed_length(text)
    if holder.tag in _HEADINGS and length <= 2 * _LONGEST_CROSSHEAD:
        return Part.CROSSHEAD
    short = length <= _LONGEST_CROSSHEAD and not _STATEMENT.search(text) and not _ASKED.match(text)
    if short and (_CROSSHEAD.search(hints(holder)) or _is_all_strong(text, runs)):
        return Part.CROSSHEAD
    return Part.PARAGRAPH


def is_called_pull_quote(element: etree._Element) -> bool:
    """Tell whether the class or id of a block calls it a pull quote."""
    return bool(_PULL_QUOTE.search(hints(element)))


def is_called_deck(element: etree._Element) -> bool:
    """Tell whether the class or id of a block calls it a deck."""
    return bool(_DECK.search(hints(element)))


def is_called_credit(element: etree._Element) -> bool:
    """Tell whether the class or id of a part of a figure calls it a credit."""
    return bool(_CREDIT.search(hints(element)))


def _is_all_strong(text: str, runs: tuple[Run, ...]) -> bool:
    strong = {at for run in runs if Mark.STRONG in run.marks for at in range(run.start, run.end)}
    return bool(strong) and all(at in strong for at, character in enumerate(text) if character.isalnum())


def field_of(line: GatheredLine | None) -> str:
    """Return which field a line is, as its author calls it: `author`, `outlet`, or nothing."""
    return next(filter(None, map(called_field, _within(line))), "") if line else ""


def _within(line: GatheredLine) -> Iterator[etree._Element]:
    """Yield the first element in a line, and what that stands in up to the line's block."""
    if line.opener is not None:
        for element in ancestors(line.opener):
            if element is line.holder:
                break
            yield element
    yield line.holder


def styling_of(holder: etree._Element, opener: etree._Element | None) -> tuple[str, ...]:
    """Return how a line is set: tag, class and style of its block, and of the first element in it."""
    inner = () if opener is None or opener.tag in _PLAIN else (opener.tag, *_set(opener))
    return (str(holder.tag), *_set(holder), *map(str, inner))


def _set(element: etree._Element) -> tuple[str, ...]:
    return tuple(attribute(element, name) for name in ("class", "align", "color", "size", "style"))


def is_called_meta(element: etree._Element) -> bool:
    """Tell whether the class or id of a block calls it a meta line: date, source, author."""
    return bool(_META.search(hints(element)))


def called_field(element: etree._Element) -> str:
    """Return the field that the page's author calls an element."""
    called = f"{hints(element)} {attribute(element, 'itemprop', 'rel').lower()}"
    if _AUTHOR.search(called):
        return "author"
    return "outlet" if _OUTLET.search(called) else ""
