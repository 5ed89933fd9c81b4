"""Leave out what a site puts around a story: its furniture and notices, link farms, and what it says twice."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from newsbook.desk.cutline import read_cutline
from newsbook.desk.draft import Draft, leave_out
from newsbook.desk.furniture import furniture
from newsbook.desk.lines import folded, inked, printed
from newsbook.desk.rules import Find, finder, finders
from newsbook.model import Line, Part

LINK_FARM = "link-farm"
SURROUNDINGS = "surroundings"
_RUNNING = (Part.TEXT, Part.HEADLINE, Part.HEAD, Part.PARAGRAPH, Part.CROSSHEAD, Part.ITEM, Part.FOOT)

_BAR = re.compile(r"\s*[|丨│┃]\s*")
_SENTENCE = re.compile(r"[。!?;:…]")
_PLACE = re.compile(r"\S{1,7}[市县区旗州盟镇乡省]")
_FEWEST_NAMES = 8
_FEWEST_PLACES = 10
_LONGEST_NAME = 10

# A day among buttons and counters is the story's.
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)")
_find = partial(finder, "chrome")
_LONGEST = 400

# A sentence of the story may begin like a prompt; what a site says is short and rarely ends in a full stop.
_LONGEST_PROMPT = 70
_BRIEF = frozenset({"prompt", "page-join", "breadcrumb", "counter", "tags", "print-edition", "advertisement", "widget"})

_NO_SENTENCE = frozenset({"page-join", "counter", "breadcrumb", "tags", "widget", "share-bar"})

# What ends as a sentence ends is one, unless it sends its reader to the site's own doors.
_SHORT_PROMPT = 40

_STATEMENT = re.compile(r"[。!?…」”][)]?$|[가-힣]\.$")
_ITEM = re.compile(r"^[·•●○◆■▶►>›»\-–*※☆★▪◎《【\[「\d]")
_LONGEST_ITEM = 60
_SITE_LABEL = re.compile(r"[^。!?,;:、\s]{2,40}")


def leave_out_link_farm(draft: Draft) -> Draft:
    """Take out every line that is a link farm by itself: a row of unrelated names, hung under a story by a mirror."""
    return leave_out(draft, {line.number: LINK_FARM for line in _running(draft) if is_link_farm(folded(line))})


def is_link_farm(plain: str) -> bool:
    """Tell whether a folded line is a row of short names between bars, or a row of names of places."""
    if _SENTENCE.search(plain):
        return False
    names = [name for name in _BAR.split(plain) if name]
    if len(names) >= _FEWEST_NAMES:
        return all(len(name) <= _LONGEST_NAME for name in names)
    places = plain.split()
    return len(places) >= _FEWEST_PLACES and all(_PLACE.fullmatch(place) for place in places)


def leave_out_chrome(draft: Draft) -> Draft:
    """Take out the lines that belong to the site, each under the kind of thing that it is."""
    lines = _running(draft)
    kinds: dict[int, str] = {}
    for rule in _RULES:
        kinds = {**dict(rule(lines, kinds)), **kinds}
    return leave_out(draft, _untold(draft, kinds))


def leave_out_last_heads(draft: Draft) -> Draft:
    """Take out headings below the story's last text, as they head nothing of it."""
    below: dict[int, str] = {}
    for line in reversed(draft.lines):
        if printed(line) and draft.part(line) is not Part.CROSSHEAD:
            break
        below |= {line.number: SURROUNDINGS} if draft.part(line) is Part.CROSSHEAD else {}
    return leave_out(draft, below)


def _running(draft: Draft) -> tuple[Line, ...]:
    """Return the running lines of a page; what stands in its tables, quotations and cutlines is not looked at."""
    return inked(draft.of(*_RUNNING))


def _untold(draft: Draft, kinds: dict[int, str]) -> dict[int, str]:
    """Return `kinds` without the lines that the markup tells to be a headline or an outlet."""
    told = {line.number for line in draft.of(Part.HEADLINE)}
    told |= {number for number in kinds if kinds[number] == "site-label" and _is_told_outlet(draft, number)}
    return {number: kind for number, kind in kinds.items() if number not in told}


def _is_told_outlet(draft: Draft, number: int) -> bool:
    return number in draft.markup and draft.markup[number].field == "outlet"


@lru_cache(maxsize=4096)
def chrome_kind(plain: str) -> str:
    """Return the kind of chrome that a folded line is by itself, or nothing.

    >>> chrome_kind("版权所有"), chrome_kind("分享到: 微信 微博"), chrome_kind("渡口的纠错本")
    ('copyright', 'share-bar', '')
    """
    if not plain or len(plain) > _LONGEST:
        return ""
    bar = "" if _DATED.search(plain) else furniture(plain)
    return bar or next((kind for kind, find in finders("chrome", "line") if _is_all(kind, find, plain)), "")


def _is_all(kind: str, find: Find, plain: str) -> bool:
    if kind in _BRIEF and (len(plain) > _LONGEST_PROMPT or plain.count("。") > 1):
        return False
    if not find(plain):
        return False
    if kind == "disclaimer":
        whose, unpermitted, forbids = (_find(rule) for rule in ("own", "unpermitted", "forbids"))
        return bool(whose(plain)) and not (unpermitted(plain) and not forbids(plain))
    if kind in _NO_SENTENCE and plain.endswith("。"):
        return False
    if kind == "prompt" and _STATEMENT.search(plain) and not plain.startswith("请同意"):
        is_told = _find("told")(plain)
        return len(plain) <= _SHORT_PROMPT and bool(_find("device")(plain)) and not is_told
    return True


def _by_itself(lines: tuple[Line, ...], _: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name the lines that are chrome wherever they stand, but never the first, which may be a headline."""
    for place, line in enumerate(lines):
        plain = folded(line)
        kind = chrome_kind(plain)
        if kind and (place or kind in {"breadcrumb", "share-bar", "tool-bar", "widget", "page-join"}):
            yield line.number, kind


def _site_labels(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name the site's own name beside a widget, twice on the page: 渡口報網 / 微信公眾號, 渡口報網 / 官方微博."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[folded(line)] = counts.get(folded(line), 0) + 1
    for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        beside = (near for near in (before, after) if near and kinds.get(near.number) == "widget")
        plain = folded(line)
        label = _SITE_LABEL.fullmatch(plain)
        touching = any(abs(near.number - line.number) == 1 for near in beside)
        if line is not lines[0] and label and touching and (counts[plain] > 1 or _find("site_endings")(plain)):
            yield line.number, "site-label"


def _page_numbers(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name bare numbers, unless they count the sections of a story: 1, 2, 3, each with text below it."""
    bare = [(place, line) for place, line in enumerate(lines) if _BARE_NUMBER.fullmatch(folded(line))]
    values = [int(re.sub(r"\D", "", folded(line))) for _, line in bare]
    followed = all(place + 1 < len(lines) and len(folded(lines[place + 1])) > _SECTION for place, _ in bare)
    if len(values) > 1 and values == list(range(1, len(values) + 1)) and followed:
        return
    for place, line in bare:
        if place and line.number not in kinds:
            yield line.number, "page-number"


_BARE_NUMBER = re.compile(r"[-—·\s\[(]*\d{1,3}[-—·\s\])]*")
_SECTION = 40


def _related(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name lists of other stories: their heading and the titles under it, down to the next text of this story."""
    inside = False
    stated = max((place for place, line in enumerate(lines) if _STATEMENT.search(folded(line))), default=-1)
    for place, line in enumerate(lines):
        plain = folded(line)
        match = _find("related")(plain)
        if place and match and _heads_titles(lines, place, match) and not _STATEMENT.search(plain):
            inside = not match["rest"]
            yield line.number, "related"
        elif inside and line.number not in kinds and _is_title(lines, place, stated):
            yield line.number, "related"
        elif line.number not in kinds:
            inside = False


def _heads_titles(lines: tuple[Line, ...], place: int, match: re.Match[str]) -> bool:
    """Tell whether 相關閱讀 heads titles, on its own line or the next; over a paragraph it is a crosshead."""
    below = folded(lines[place + 1]) if place + 1 < len(lines) else ""
    if match["rest"]:
        return bool(match["mark"].strip())
    return not (_STATEMENT.search(below) and len(below) > _SECTION)


def _is_title(lines: tuple[Line, ...], place: int, stated: int) -> bool:
    """Tell whether a line under 相關閱讀 is one of its titles: short, no statement, and near the one before."""
    plain = folded(lines[place])
    if len(plain) > _LONGEST_ITEM or _STATEMENT.search(plain) or _find("sign_off")(plain):
        return False
    near = lines[place].number - lines[place - 1].number == 1
    return near or place > stated or bool(_ITEM.match(plain))


def _end_matter(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name what stands below the last text of the story, from the first line on that closes it.

    Under the editor's name or a share bar a site goes on with other stories' titles, buttons and its own name, in
    words that no list can foresee. What is signed, or has the credit of a picture, is still the story's.
    """
    is_closing, is_signed, points = (_find(rule) for rule in ("closing", "signed", "pointer"))
    closed = False
    for line in lines[_last_text(lines, kinds) + 1 :]:
        kind, plain = kinds.get(line.number, ""), folded(line)
        signed = bool(is_closing(plain))
        if not kind and points(plain):
            kind = "related"
            yield line.number, kind
        if closed and not kind and not signed and not is_signed(plain) and read_cutline(printed(line)) is None:
            yield line.number, "end-matter"
        closed = closed or signed or kind in _CLOSES


def _last_text(lines: tuple[Line, ...], kinds: dict[int, str]) -> int:
    """Return the place of the last line that is a sentence of the story; that of the last line where none is."""
    is_closing = _find("closing")
    texts = [
        place
        for place, line in enumerate(lines)
        if line.number not in kinds and _STATEMENT.search(folded(line)) and not is_closing(folded(line))
    ]
    return texts[-1] if texts else len(lines)


def _paywall(lines: tuple[Line, ...], kinds: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Name all below the notice that only members may read on, where no more of the story stands there."""
    at = next((place for place, line in enumerate(lines) if kinds.get(line.number) == "paywall"), len(lines))
    below = [line for line in lines[at + 1 :] if line.number not in kinds]
    if sum(len(folded(line)) for line in below) <= _LONGEST_OFFER and all(
        len(folded(line)) <= _OFFER for line in below
    ):
        yield from ((line.number, "paywall") for line in below)


_LONGEST_OFFER = 300
_OFFER = 80
_CLOSES = frozenset({"share-bar", "related", "disclaimer", "copyright", "prompt", "tags", "correction", "tool-bar"})
_RULES: tuple[Callable[[tuple[Line, ...], dict[int, str]], Iterator[tuple[int, str]]], ...] = (
    _by_itself,
    _site_labels,
    _page_numbers,
    _related,
    _paywall,
    _end_matter,
)
