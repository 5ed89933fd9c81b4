"""Read a text in Aozora Bunko's notation: readings, emphasis and headings out of the text, its notes left out.

The notation is that of Aozora Bunko's manual for annotation, https://www.aozora.gr.jp/annotation/.
"""

import hashlib
import re
from collections.abc import Iterator

from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, Place
from newsbook.model import Copy, Line, Mark, Markup, Omission, Origin, Part, Run, Source
from newsbook.readers.encoding import decode
from newsbook.readers.interface import MarkedLine, RawPage
from newsbook.readers.text import split_lines

_LEGEND = "【テキスト中に現れる記号について】"
_RULE = re.compile(r"\s*[-－―─]{10,}\s*")
_COLOPHON = re.compile(r"底本\s*[:：]\s*(.*)")
_NOTE = r"［＃(?:[^［］]|［＃[^［］]*］)*］"
_TOKEN = re.compile(
    rf"(?P<gaiji>※{_NOTE})|(?P<note>{_NOTE})|(?P<bar>[｜|])|《(?P<ruby>[^《》]{{1,40}})》|(?P<repeat>／″?＼)"
)
_READING = re.compile(r"[^\s《》]《[\u3041-\u30ffー・\s]{1,20}》")
_TELLING = re.compile(
    r"［＃[^［］]*(?:傍点|傍線|字下げ|地付き|字上げ|見出し|改ページ|改丁|太字|第[34]水準|ルビ|ママ|本文終わり)"
)

# Of which kind a character is that a reading stands behind: a base without a bar is a run of one kind.
_KINDS = (
    re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆〇仝ヶ〓]"),
    re.compile("[\u3041-\u309f]"),
    re.compile("[\u30a0-\u30ffー]"),
    re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９À-ɏ.,'’#\-&]"),
)
_OF = re.compile(r"［＃「(?P<words>.+?)」(?:に|は|の左に)(?P<what>[^「」]+)］")
_LEVEL = re.compile(r"(?:ここ(?:から|で))?(?:同行|窓)?[大中小]見出し(?:終わり)?")
_RANGE = re.compile(r"(?P<block>ここ(?:から|で))?(?P<what>\S*?(?:傍点|傍線|圏点|波線|太字|斜体))(?P<end>終わり)?")
_BREAK = re.compile(r"改(?:ページ|丁|段|見開き)")
_PICTURE = re.compile(
    r"［＃(?:「(?P<caption>.+?)」の|(?P<alt>.*?))(?:キャプション付きの)?[^「」（]*（(?P<file>[\w./-]+\.\w{3,4})[^）]*）入る］"
)
_INSERTED = {"割り注": "（", "割り注終わり": "）"}
_CELL = "(0?[1-9]|[1-8][0-9]|9[0-4])"
_PLANE = re.compile(rf"(?<![\d-])([12])-{_CELL}-{_CELL}(?![\d-])")
_POINT = re.compile(r"U\+([0-9A-Fa-f]{4,6})")
_REPEATS = {"／＼": "〳〵", "／″＼": "〴〵"}
_LONGEST_HEAD = 6
_LONGEST_HEADING = 60


def is_aozora(raw: bytes) -> bool:
    """Tell by its first bytes whether a text is in the notation: it has the legend, or notes and readings in it."""
    for encoding in ("utf-8", "cp932", "euc_jp"):
        text = raw.decode(encoding, "ignore")
        if _LEGEND in text or (_TELLING.search(text) and (_READING.search(text) or len(_TELLING.findall(text)) > 1)):
            return True
    return False


def read_aozora(page: RawPage) -> Copy:
    """Return the copy of a text; what is in the notation and not in the text is left out, on record.

    Raises `InputError` where there is no text.
    """
    decoded = decode(page)
    reading = _Reading(split_lines(decoded.text))
    told = (*reading.head(), *reading.body(), *reading.stated())
    if not any(line.text for line in told):
        raise InputError(f"{page.name} has no text to be read.")
    omissions = tuple(sorted(reading.omissions, key=lambda omission: (omission.line, omission.column)))
    if omissions:
        message = f"left out as Aozora Bunko's notation: “{omissions[0].text[:40]}” and {len(omissions) - 1} more."
        page.report(Diagnostic(Code.CHROME_LEFT_OUT, message, Place(page.name, omissions[0].line)))
    digest = hashlib.sha256(page.raw).hexdigest()
    source = Source(name=page.name, sha256=digest, encoding=decoded.encoding, omissions=omissions)
    lines = tuple(Line(line.text, number) for number, line in enumerate(told, 1))
    return Copy(lines, source, page.pictures, markup=tuple(line.markup for line in told))


class _Reading:
    """A text while it is read: where its head and its body end, and what was left out so far."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.omissions: list[Omission] = []
        self._facts: list[tuple[str, str, int]] = []
        ends = [at for at, line in enumerate(lines) if _COLOPHON.match(line)]
        self._end = ends[-1] if ends else len(lines)
        self._start = self._head_end()
        self._strong_or_not: dict[Mark, bool] = {}
        self._in_heading = False

    def _head_end(self) -> int:
        """Return where the body begins: behind title and author, which stand before the first blank line."""
        first = next((at for at, line in enumerate(self._lines) if line.strip()), 0)
        end = next((at for at in range(first, len(self._lines)) if not self._lines[at].strip()), first)
        is_head = 0 < end - first <= _LONGEST_HEAD and not any("。" in line for line in self._lines[first:end])
        return end if is_head else first

    def head(self) -> Iterator[MarkedLine]:
        """Yield the title, and what stands between it and the author as a deck."""
        named = [(at, line.strip()) for at, line in enumerate(self._lines[: self._start]) if line.strip()]
        persons = [(at, name) for at, name in named[1:] if name.endswith(("訳", "譯", "著", "作"))] or named[-1:]
        for number, (at, _) in enumerate(named):
            part = Part.HEADLINE if number == 0 else Part.DECK
            if number == 0 or (at, named[number][1]) not in persons:
                yield from self._read(at, part)
        if len(named) > 1:
            last = next((entry for entry in reversed(named[1:]) if not entry[1].endswith(("訳", "譯"))), named[-1])
            self._facts.append(("author", re.sub("[　 ]*[著作]$", "", last[1]), last[0] + 1))
            self._facts += [("byline", name, at + 1) for at, name in persons if name.endswith(("訳", "譯"))]

    def body(self) -> Iterator[MarkedLine]:
        """Yield the lines of the text, down to the colophon."""
        at = self._start
        while at < self._end:
            if _RULE.fullmatch(self._lines[at]) and (end := self._legend_end(at)):
                self._leave_out("legend", range(at, end))
                at = end
                continue
            yield from self._read(at, Part.PARAGRAPH)
            at += 1
        self._leave_out("colophon", range(self._end, len(self._lines)))
        if self._end < len(self._lines) and (named := _COLOPHON.match(self._lines[self._end])):
            self._facts.append(("outlet", named[1].strip(), self._end + 1))

    def stated(self) -> Iterator[MarkedLine]:
        """Yield the author, and the book that the text was taken from."""
        for field, text, number in self._facts:
            if text:
                yield MarkedLine(text, Markup(Part.STATED, field=field, origins=(Origin(0, number, 1),)))
        origins = (Origin(0, 1, 1),)
        yield MarkedLine("ja", Markup(Part.STATED, field="language", origins=origins))

    def _legend_end(self, start: int) -> int:
        """Return where a block between two rules ends, 0 where it is no legend."""
        end = next((at for at in range(start + 1, self._end) if _RULE.fullmatch(self._lines[at])), 0)
        block = "".join(self._lines[start : end + 1])
        return end + 1 if end and ("記号について" in block or "《》" in block) else 0

    def _leave_out(self, kind: str, numbers: range) -> None:
        self.omissions += [Omission(kind, at + 1, self._lines[at].strip()) for at in numbers if self._lines[at].strip()]

    def _read(self, at: int, part: Part) -> Iterator[MarkedLine]:
        """Yield a line without its notation, and the pictures and breaks that stand in it."""
        line = _NotedLine(self._lines[at], at + 1, self._strong_or_not, is_heading=self._in_heading)
        self._in_heading = line.is_heading_open
        self.omissions += line.omissions
        if line.text.strip():
            is_heading = line.is_heading and part is Part.PARAGRAPH and len(line.text) <= _LONGEST_HEADING
            origins = tuple(line.origins) or (Origin(0, at + 1, 1),)
            markup = Markup(Part.CROSSHEAD if is_heading else part, runs=tuple(line.runs), origins=origins)
            yield MarkedLine(line.text, markup)
        yield from line.aside


class _Open(Struct, frozen=True):
    """A formatting that is open in a line, from the character `start` of its text on."""

    mark: Mark
    start: int


class _NotedLine:
    """A line, its notation taken out: its text, where that stood, how it is set, what stands beside it.

    `lasting` are formattings that are open over lines; they are changed along.
    """

    def __init__(self, raw: str, number: int, lasting: dict[Mark, bool], *, is_heading: bool) -> None:
        self.text = ""
        self.runs: list[Run] = []
        self.origins: list[Origin] = []
        self.omissions: list[Omission] = []
        self.aside: list[MarkedLine] = []
        self.is_heading = self.is_heading_open = is_heading
        self._number, self._lasting = number, lasting
        self._base = -1
        self._open = [_Open(mark, 0) for mark, is_open in lasting.items() if is_open]
        self._parse(raw)

    def _parse(self, raw: str) -> None:
        at = 0
        for token in _TOKEN.finditer(raw):
            self._add(raw[at : token.start()], at)
            at = token.end()
            self._take(token)
        self._add(raw[at:], at)
        for each in tuple(self._open):
            self._close(each)

    def _add(self, text: str, at: int) -> None:
        if text:
            self.origins.append(Origin(len(self.text), self._number, at + 1))
            self.text += text

    def _take(self, token: re.Match[str]) -> None:
        if token["gaiji"]:
            self._add(character_of(token["gaiji"]), token.start())
            self._record(token[0], token.start())
        elif token["bar"]:
            follows = re.match("[^《》｜|\n]{1,30}《", token.string[token.end() :])
            if not follows:
                self._add(token[0], token.start())
            self._base = len(self.text) if follows else -1
        elif token["ruby"]:
            self._read_aloud(token)
        elif token["repeat"]:
            self._add(_REPEATS[token[0]], token.start())
        else:
            self._note(token["note"], token.start())

    def _read_aloud(self, token: re.Match[str]) -> None:
        """Give the base before a reading its reading; 《》 behind no base are marks of the text."""
        start = self._base if self._base >= 0 else _base_start(self.text)
        self._base = -1
        if start < len(self.text):
            is_dots = not token["ruby"].strip("・﹅ヽ●○")
            marks = (Mark.EMPHASIS,) if is_dots else ()
            self.runs.append(Run(start, len(self.text), marks, ruby="" if is_dots else token["ruby"]))
        else:
            self._add(token[0], token.start())

    def _note(self, note: str, at: int) -> None:
        self._record(note, at)
        body = note[2:-1]
        picture = _PICTURE.fullmatch(note)
        if picture:
            markup = Markup(Part.PICTURE, image=picture["file"], origins=(Origin(0, self._number, at + 1),))
            self.aside.append(MarkedLine(picture["caption"] or "", markup))
        elif _BREAK.fullmatch(body):
            self.aside.append(MarkedLine("", Markup(Part.BREAK, origins=(Origin(0, self._number, at + 1),))))
        elif body in _INSERTED:
            self._add(_INSERTED[body], at)
        elif of := _OF.fullmatch(note):
            self._set(of["words"], of["what"])
        elif _LEVEL.fullmatch(body):
            self.is_heading = self.is_heading or not body.endswith("終わり")
            self.is_heading_open = body.startswith("ここから")
        elif span := _RANGE.fullmatch(body):
            self._switch(_mark(span["what"]), is_end=bool(span["end"]), lasts=bool(span["block"]))

    def _set(self, words: str, what: str) -> None:
        """Set the last of such words in the line: 「words」に傍点, 「words」は大見出し."""
        self.is_heading = self.is_heading or "見出し" in what
        start = self.text.rfind(words)
        if start >= 0 and (mark := _mark(what)):
            self.runs.append(Run(start, start + len(words), (mark,)))

    def _switch(self, mark: Mark | None, *, is_end: bool, lasts: bool) -> None:
        if mark is None:
            return
        if lasts:
            self._lasting[mark] = not is_end
        if not is_end:
            self._open.append(_Open(mark, len(self.text)))
        for each in [each for each in self._open if each.mark is mark] if is_end else ():
            self._close(each)

    def _close(self, each: _Open) -> None:
        self._open.remove(each)
        if each.start < len(self.text):
            self.runs.append(Run(each.start, len(self.text), (each.mark,)))

    def _record(self, note: str, at: int) -> None:
        self.omissions.append(Omission("notation", self._number, note, at + 1))


def _mark(what: str) -> Mark | None:
    """Return how a note sets its words; what no edition shows is none."""
    if "太字" in what:
        return Mark.STRONG
    return Mark.EMPHASIS if re.search("傍点|傍線|圏点|波線|斜体", what) else None


def _base_start(text: str) -> int:
    """Return where the base of a reading begins that stands behind `text`: a run of characters of one kind."""
    kind = next((kind for kind in _KINDS if kind.match(text[-1:])), None)
    start = len(text)
    while kind and start and kind.match(text[start - 1]):
        start -= 1
    return start


def character_of(note: str) -> str:
    """Return the character that a note describes, by its place in JIS X 0213 or in Unicode; 〓 where it names none.

    >>> character_of("※［＃「てへん＋劣」、第3水準1-84-77］"), character_of("※［＃「弓＋椁のつくり」、U+5F49］")
    ('挘', '彉')
    """
    if point := _POINT.search(note):
        return _encoded(int(point[1], 16).to_bytes(4, "big"), "utf-32-be")
    if not (cell := _PLANE.search(note)):
        return "〓"
    plane, row, column = map(int, cell.groups())
    # JIS X 0213, annex 3: the two planes in EUC, each of 94 rows of 94 cells.
    return _encoded(b"\x8f" * (plane - 1) + bytes((0xA0 + row, 0xA0 + column)), "euc_jis_2004")


def _encoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding) or "〓"
    except UnicodeDecodeError:
        return "〓"
