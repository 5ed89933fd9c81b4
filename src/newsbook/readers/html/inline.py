"""Gather the text of a page into lines, each with its formatting and the places where it stands in the page."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import InnerLink, Mark, Origin, Run
from newsbook.readers.html.formatting import (
    QUOTES,
    Formatting,
    combined,
    formatting_of,
    inner_href,
    page_quotes,
    targets_in,
)
from newsbook.readers.html.formulas import Formula
from newsbook.readers.html.tree import Tree, offset_of
from newsbook.readers.text import is_wide


class GatheredLine(Struct, frozen=True):
    """A line of text. `holder` is the block that it stands in, and `opener` the first element inside the line."""

    text: str
    runs: tuple[Run, ...]
    origins: tuple[Origin, ...]
    holder: etree._Element
    opener: etree._Element | None
    inner: tuple[InnerLink, ...] = ()


_TOKEN = re.compile(r"[ \t\n\r\f]+|\w+|[^\w \t\n\r\f]")
# How far behind the last word the next one is looked for, over comments and what else the parser drops.
_AHEAD = 2_000
_REFERENCE = re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,30});?")
_WHITE = frozenset(" \t\n\r\f")
_OPEN = frozenset("：:（([【「『《〔<|｜/")


class Gatherer:
    """Takes text and inline elements in the order of the page, and gives a line whenever one ends."""

    def __init__(self, tree: Tree, references: Mapping[etree._Element, str]) -> None:
        self._tree, self._references = tree, references
        self._offsets = sorted(offset for each in tree.root.iter() if (offset := offset_of(each)) >= 0)
        self._next = 0
        self._cursor = 0
        self._inline: list[tuple[etree._Element, Formatting]] = []
        self._quotes = page_quotes(tree)
        self._targets: frozenset[str] | None = None
        self._link: tuple[etree._Element, str] | None = None
        self._quoted: list[tuple[etree._Element, str]] = []
        self._clear()

    def _clear(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._space = ""
        self._runs: list[Run] = []
        self._origins: list[Origin] = []
        self._inner: list[tuple[str, int, int]] = []
        self._link_start = 0
        self._opener: etree._Element | None = None
        self._ruby_start = self._base_start = 0
        self._bases: list[tuple[int, int]] = []
        self._read_bases = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing but white space was gathered since the last line ended."""
        return not self._length

    @property
    def is_in_code(self) -> bool:
        """Whether what comes next is code."""
        return any(Mark.CODE in formatting.marks for _, formatting in self._inline)

    @property
    def awaits_value(self) -> bool:
        """Whether what was gathered ends in a colon or a bracket, so that what comes next belongs to it."""
        return bool(self._length) and self._pieces[-1][-1:] in _OPEN

    @property
    def is_in_bracket(self) -> bool:
        """Whether what was gathered has a square bracket that is still open."""
        text = "".join(self._pieces)
        return max(text.rfind("["), text.rfind("［")) > max(text.rfind("]"), text.rfind("］"))

    def reach(self, element: etree._Element) -> None:
        """Go on from the start tag of `element` in the page."""
        offset = offset_of(element)
        self._cursor = max(offset, self._cursor)
        while self._next < len(self._offsets) and self._offsets[self._next] <= self._cursor:
            self._next += 1

    def open(self, element: etree._Element) -> None:
        """Enter an inline element."""
        if not self._length:
            self._opener = element
        if element.tag == "ruby":
            self._settle()
            self._ruby_start = self._length
            self._bases, self._read_bases = [], 0
        if element.tag == "rb":
            self._settle()
            self._base_start = self._length
        formatting = formatting_of(element)
        if element in self._references:
            formatting = replace(formatting or Formatting(), href="", note=self._references[element])
        elif href := inner_href(element):
            self._link, self._link_start = (element, href), self._length
        if formatting:
            self._inline.append((element, formatting))
        if element.tag == "q":
            self._open_quotation(element)

    def close(self, element: etree._Element) -> None:
        """Leave an inline element."""
        if element.tag == "rb" and self._length > self._base_start:
            self._bases.append((self._base_start, self._length))
        elif element.tag == "ruby" and self._read_bases == 1 and len(self._bases) > 1:
            # One reading for several bases is that of them all.
            self._runs[-1] = replace(self._runs[-1], end=self._bases[-1][1])
        if self._quoted and self._quoted[-1][0] is element:
            _, mark = self._quoted.pop()
            self._supply(mark)
        if self._inline and self._inline[-1][0] is element:
            self._inline.pop()
        if self._link and self._link[0] is element:
            self._end_link()
            self._link = None

    def _end_link(self) -> None:
        """Note the words of a link, so far as they stand in this line, where it leads nowhere in the page."""
        if self._link and self._length > self._link_start and self._leads_out(self._link[1]):
            self._inner.append((self._link[1], self._link_start, self._length))

    def _leads_out(self, href: str) -> bool:
        """Tell whether a link leads to another file, or to what the page does not have."""
        if not href.startswith("#"):
            return True
        if self._targets is None:
            self._targets = targets_in(self._tree.root)
        return unquote(href[1:]) not in self._targets

    def _open_quotation(self, element: etree._Element) -> None:
        """Set the marks that a browser sets around a quotation, unless the page has set them itself."""
        opening, closing = self._quotes[len(self._quoted) % 2]
        before = self._pieces[-1][-1:] if self._pieces else ""
        is_marked = before in QUOTES or "".join(element.itertext()).lstrip()[:1] in QUOTES
        self._supply("" if is_marked else opening)
        self._quoted.append((element, "" if is_marked else closing))

    def _supply(self, mark: str) -> None:
        """Gather a mark that does not stand in the page's text."""
        if not mark:
            return
        start = self._length
        self._space_out(mark)
        self._origins.append(self._tree.origin(self._length, min(self._cursor, max(0, len(self._tree.text) - 1))))
        self._pieces.append(mark)
        self._length += len(mark)
        self._end = -1
        self._note(start)

    def divide(self) -> None:
        """Put a space between what was gathered and what comes, as between two facts in a meta line."""
        if self._length and self._pieces[-1][-1:] not in _OPEN:
            self._space = " "

    def read(self, ruby: str) -> None:
        """Set `ruby` beside the next base; without bases, beside what was gathered since the last reading.

        Where that is nothing, it goes on with the reading before.
        """
        last = self._runs[-1] if self._runs else None
        if ruby and self._read_bases < len(self._bases):
            start, end = self._bases[self._read_bases]
            self._read_bases += 1
            self._runs.append(Run(start, end, ruby=ruby))
        elif ruby and last and last.ruby and last.end == self._length == self._ruby_start:
            self._runs[-1] = replace(last, ruby=last.ruby + ruby)
        elif ruby and self._length > self._ruby_start:
            self._runs.append(Run(self._ruby_start, self._length, ruby=ruby))
        self._ruby_start = self._length

    def add(self, text: str) -> None:
        """Gather a piece of text. White space is closed up. It vanishes where a line of wide characters was broken."""
        start = self._length
        for match in _TOKEN.finditer(text):
            token = match[0]
            if token[0] in _WHITE:
                self._space = self._space or ("\n" if "\n" in token else " ")
            else:
                self._put(token)
        if self._length > start:
            self._note(start if self._pieces else 0)

    def add_typed(self, text: str) -> None:
        """Gather a piece of a line that stands as it was typed, white space and all."""
        start = self._length
        for match in _TOKEN.finditer(text):
            if match[0][0] in _WHITE:
                self._pieces.append(match[0])
                self._length += len(match[0])
                self._end = -1
            else:
                self._put(match[0])
        if self._length > start:
            self._note(start)

    def add_formula(self, formula: Formula, cursor: int) -> None:
        """Gather a formula, which stands at this place in the page's text."""
        self._cursor = max(self._cursor, cursor)
        start = self._length + bool(self._space and self._length)
        self._supply(formula.text)
        if formula.math:
            self._runs.append(Run(start, self._length, math=formula.math))

    def _put(self, token: str) -> None:
        limit = self._offsets[self._next] if self._next < len(self._offsets) else len(self._tree.text)
        found = self._tree.text.find(token, self._cursor, min(limit, self._cursor + _AHEAD + len(token)))
        self._space_out(token)
        if found < 0 or (not token.isalnum() and found > self._cursor + 1):
            reference = _REFERENCE.match(self._tree.text, self._cursor)
            found = self._cursor
            self._cursor = reference.end() if reference else found
        else:
            self._cursor = found + len(token)
        if not self._origins or not self._follows(found):
            self._origins.append(self._tree.origin(self._length, found))
        self._pieces.append(token)
        self._length += len(token)
        self._end = found + len(token)

    def _follows(self, found: int) -> bool:
        return found == self._end

    def _space_out(self, token: str) -> None:
        if self._space and self._length:
            broken = self._space == "\n" and is_wide(self._pieces[-1][-1]) and is_wide(token[0])
            if not broken:
                self._pieces.append(" ")
                self._length += 1
                self._end += 1
        self._space = ""

    def _settle(self) -> None:
        if self._space and self._length:
            self._pieces.append(" ")
            self._length += 1
            self._end = -1
        self._space = ""

    def _note(self, start: int) -> None:
        if self._inline:
            made = combined(formatting for _, formatting in self._inline)
            self._runs.append(
                Run(start, self._length, made.marks, made.href, "", made.language, made.direction, made.note)
            )

    def end(self, holder: etree._Element) -> GatheredLine | None:
        """Return the line that was gathered in `holder`, or None where there is nothing in it."""
        line = None
        if self._length:
            text = "".join(self._pieces)
            runs = tuple(_tight(run, text) for run in _joined(sorted(self._runs, key=lambda run: run.start)))
            self._end_link()
            inner = tuple(
                InnerLink(href, words.strip(), start + len(words) - len(words.lstrip()), text)
                for href, start, end in self._inner
                if (words := text[start:end]).strip()
            )
            line = GatheredLine(text, runs, tuple(self._origins), holder, self._opener, inner)
        self._clear()
        return line

    _end = 0


def _tight(run: Run, text: str) -> Run:
    """Return `run` without the space in front of its words."""
    return replace(run, start=run.start + (text[run.start] == " "))


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Join runs of the same formatting that touch."""
    waiting: Run | None = None
    for run in runs:
        if (
            waiting
            and not run.ruby
            and waiting.end == run.start
            and replace(waiting, start=run.start, end=run.end) == run
        ):
            waiting = replace(waiting, end=run.end)
            continue
        if waiting:
            yield waiting
        waiting = run
    if waiting:
        yield waiting
