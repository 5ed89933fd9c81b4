"""Names found in a document's text, the longest first, and marked where they stand, so that an index leads there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.parsers import expat

from msgspec import Struct

from newsbook.nameindex.headings import Heading, key_of, lowered

_BEGIN, _END = '<body xmlns:epub="http://www.idpf.org/2007/ops">', "</body>"

# What a text runs through; everything else begins another.
_INLINE = frozenset({"a", "bdi", "cite", "code", "del", "em", "ins", "ruby", "span", "strong", "sub", "sup", "rb"})
# What is no text of the page, or stands there for the planner.
_UNREAD = frozenset({"rt", "rp", "math", "svg", "style"})
_SET_TWICE = frozenset({"jump", "again", "doubt"})
_GAP = r"[\s·・‧•=＝゠]"


class Occurrence(Struct, frozen=True):
    """A name in a document: whose, and the `id` of the place. `reading` is what stands over the whole of it as ruby."""

    name: str
    anchor: str
    reading: str = ""


class Letter(Struct, frozen=True):
    """A character of a text: where in the body it begins and ends, and where the ruby begins that it stands in."""

    text: str
    start: int
    end: int
    ruby: int = -1


class NameForms(Struct, frozen=True):
    """Names by the keys of their forms, and the pattern of any of these; None where there are none."""

    names: dict[str, str]
    pattern: re.Pattern[str] | None


def forms_of(headings: Sequence[Heading]) -> NameForms:
    """Return the names of headings as they are looked for in each document."""
    names = {key_of(form): one.name for one in headings for form in one.forms}
    return NameForms(names, _pattern(form for one in headings for form in one.forms))


def anchored(body: str, known: NameForms, prefix: str, *, every: bool) -> tuple[str, tuple[Occurrence, ...]]:
    """Return a body of XHTML with an anchor, whose `id` begins with `prefix`, where a name stands, and what was found.

    Every name has one wherever it stands, or where it stands first.
    """
    if known.pattern is None:
        return body, ()
    read = _Texts(body)
    found: list[Occurrence] = []
    places: list[tuple[int, str]] = []
    seen: set[str] = set()
    for letters in read.texts:
        for match in known.pattern.finditer(lowered("".join(one.text for one in letters))):
            name = known.names.get(key_of(match[0]), "")
            if not name or (name in seen and not every):
                continue
            seen.add(name)
            anchor = f"{prefix}{len(found) + 1}"
            run = letters[match.start() : match.end()]
            found.append(Occurrence(name, anchor, _read(run, read.readings)))
            places += _marks(run, anchor)
    for at, text in sorted(places, reverse=True):
        body = body[:at] + text + body[at:]
    return body, tuple(found)


def _read(run: list[Letter], readings: Mapping[int, str]) -> str:
    """Return the ruby over a name, empty where a part of the name has none."""
    rubies = dict.fromkeys(one.ruby for one in run if one.text.strip())
    return "" if -1 in rubies else "".join(readings.get(ruby, "") for ruby in rubies)


def _marks(run: list[Letter], anchor: str) -> Iterator[tuple[int, str]]:
    """Yield what is put into a body, and where: a ruby is the place itself, anything else is wrapped."""
    first = run[0]
    if first.ruby >= 0:
        yield first.ruby + len("<ruby"), f' id="{anchor}"'
        return
    end = first.end
    for letter in run[1:]:
        if letter.start != end:
            break
        end = letter.end
    yield first.start, f'<span id="{anchor}">'
    yield end, "</span>"


def _pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern of any of some names in folded text, the longest of those that begin at a place."""
    known = {key_of(form): lowered(form.strip()) for form in forms if key_of(form)}
    longest = sorted(known, key=lambda key: (-len(key), key))
    return re.compile("|".join(_of_name(known[key]) for key in longest)) if known else None


# A name in an alphabet or in kana is no part of a longer word; behind one in Hangul stand particles.
_BOUND = ("a-z0-9à-ɏ\u0370-\u06ff", "ァ-ヺー")


def _of_name(form: str) -> str:
    """Return the pattern of a name, whose parts may be parted otherwise; a blank may stand between any Han and kana."""
    parts = [part for part in re.split(_GAP, form) if part]
    is_word = re.search("[a-zà-ɏ\u0370-\u06ff]", form)
    words = f"{_GAP}{'+' if is_word else '*'}".join(
        re.escape(p) if is_word else r"\s?".join(map(re.escape, p)) for p in parts
    )
    for kind in _BOUND:
        before = f"(?<![{kind}])" if re.match(f"[{kind}]", form) else ""
        behind = f"(?![{kind}])" if re.search(f"[{kind}]$", form) else ""
        words = f"{before}{words}{behind}"
    return f"(?<![가-힣]){words}" if "가" <= form[0] <= "힣" else words


class _Texts:
    """The texts of a body, one for each element that begins a line, and what its rubies say."""

    def __init__(self, body: str) -> None:
        self.texts: list[list[Letter]] = [[]]
        self._rubies: dict[int, list[str]] = {}
        self._raw = f"{_BEGIN}{body}{_END}".encode()
        self._at_byte, self._at = len(_BEGIN), 0
        self._open: list[tuple[str, str]] = []
        self._ruby = -1
        parser = expat.ParserCreate()
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._stop
        parser.CharacterDataHandler = self._add
        self._parser = parser
        parser.Parse(self._raw, True)  # noqa: FBT003 - expat names no arguments.

    @property
    def readings(self) -> dict[int, str]:
        """What each ruby says, by its place in the body."""
        return {at: "".join(said) for at, said in self._rubies.items()}

    def _place(self) -> int:
        """Return the place in the body that the parser is at."""
        self._at += len(self._raw[self._at_byte : self._parser.CurrentByteIndex].decode())
        self._at_byte = self._parser.CurrentByteIndex
        return self._at

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        is_twice = not _SET_TWICE.isdisjoint(attributes.get("class", "").split())
        self._open.append((name, "unread" if name in _UNREAD or is_twice else ""))
        if name == "ruby" and "id" not in attributes:
            self._ruby = self._place()
        elif name not in _INLINE and name not in _UNREAD and self.texts[-1]:
            self.texts.append([])

    def _stop(self, _tag: str) -> None:
        name, _ = self._open.pop()
        if name == "ruby":
            self._ruby = -1
        elif name not in _INLINE and name not in _UNREAD and self.texts[-1]:
            self.texts.append([])

    def _add(self, text: str) -> None:
        if any(mark for _, mark in self._open):
            if self._ruby >= 0 and self._open[-1][0] == "rt":
                self._rubies.setdefault(self._ruby, []).append(text)
            return
        start = self._place()
        if self._raw[self._at_byte : self._at_byte + 1] == b"&":
            end = self._raw.index(b";", self._at_byte) - self._at_byte + 1
            self.texts[-1].append(Letter(text, start, start + end, self._ruby))
            return
        self.texts[-1] += [Letter(one, start + at, start + at + 1, self._ruby) for at, one in enumerate(text)]
