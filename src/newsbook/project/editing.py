"""Edits of newsbook.toml that leave the rest of the file as it stands: comments, order, blanks and line ends.

tomlkit keeps a file whole, too, but puts the entries of an array of tables together, wherever they stood. So an edit is
made in the one statement that it is about, by tomlkit where that statement holds more than one value. What comes out is
read again, and must say what the file said, but for the edit.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from newsbook.diagnostics import UsageError
from newsbook.project.lines import TOKEN, Statement, statements
from newsbook.project.written import quoted

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

# What tomllib reads out of a file.
Said: TypeAlias = dict[str, Any]

# A list that takes more columns stands one entry to a line.
_MEASURE = 100
_INDENT = "  "
_BOM = "\N{BYTE ORDER MARK}"
_ARRAYS = ("sections", "articles")


class NamedSection(Struct, frozen=True):
    """A section as it is to be: the number that it has in the file, or -1 where it is new, its name, its articles.

    Where `articles` is None, the file's own entries stay, which may be patterns.
    """

    number: int
    name: str
    articles: tuple[str, ...] | None = None


def edited(raw: bytes, edit: Callable[[str], str]) -> bytes:
    """Return the bytes of a file as an edit of its text leaves it; its byte-order mark stays.

    Raises `UsageError` where it is no TOML in UTF-8, or is written in a way that cannot be edited.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise UsageError("newsbook.toml is not in UTF-8; save it in that encoding.") from error
    mark, text = (_BOM if text.startswith(_BOM) else ""), text.removeprefix(_BOM)
    _parsed(text)
    return (mark + edit(text)).encode()


def with_headline(text: str, of: str, headline: str | None) -> str:
    """Return a file that states the headline of an article, or none where it is None.

    It goes into the last entry of [[articles]] for just this article, or into a new one behind all others: of two that
    say different things, the later holds.
    """
    entries = _parsed(text).get("articles", [])
    own = next((at for at in reversed(range(len(entries))) if entries[at].get("of") == of), None)
    later = entries[own + 1 :] if own is not None else []
    if headline is None:
        return text if own is None else _without_key(text, f"articles[{own}]", "headline")
    if own is not None and not any("headline" in entry for entry in later):
        return _with_key(text, f"articles[{own}]", "headline", headline)
    return _with_entry(text, "articles", {"of": of, "headline": headline})


def with_mark(text: str, of: str, name: str) -> str:
    """Return a file that says of an article that something is so: `hold`, or `leave_out`."""
    own = _entries_of(text, of)
    return (
        _with_key(text, f"articles[{own[-1]}]", name, value=True)
        if own
        else _with_entry(text, "articles", {"of": of, name: True})
    )


def without_marks(text: str, of: str, names: Sequence[str]) -> str:
    """Return a file that says of an article that nothing of this is so; what it says of a pattern stays."""
    for at in _entries_of(text, of):
        for name in names:
            text = _without_key(text, f"articles[{at}]", name)
    return text


def _entries_of(text: str, of: str) -> list[int]:
    """Return the numbers of the entries of [[articles]] that are for just this article."""
    return [at for at, entry in enumerate(_parsed(text).get("articles", [])) if entry.get("of") == of]


def with_replacements(text: str, of: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return a file that corrects words of an article, in a new entry of [[articles]] behind all others."""
    return _with_entry(text, "articles", {"of": of, "replace": [list(pair) for pair in pairs]})


def with_value(text: str, name: str, value: Sequence[str]) -> str:
    """Return a file that states a list before its first table: `inputs`, or `order`."""
    return _with_key(text, "", name, list(value))


def with_sections(text: str, sections: Sequence[NamedSection]) -> str:
    """Return a file with these sections in this order; those that are not among them are gone, with their comments."""
    said: list[Said] = _parsed(text).get("sections", [])
    for section in sections:
        if section.number >= 0:
            old = said[section.number]
            key = f"sections[{section.number}]"
            if section.name != old.get("name", ""):
                text = _with_key(text, key, "name", section.name)
            if section.articles is not None and list(section.articles) != old.get("articles", []):
                text = _with_key(text, key, "articles", list(section.articles))
    kept = [section.number for section in sections if section.number >= 0]
    text = _in_order(text, "sections", kept, len(said))
    for place, section in enumerate(sections):
        if section.number < 0:
            text = _with_entry(text, "sections", {"name": section.name, "articles": list(section.articles or ())})
            number = len(_parsed(text)["sections"])
            before = list(range(number - 1))
            text = _in_order(text, "sections", [*before[:place], number - 1, *before[place:]], number)
    return text


def _parsed(text: str) -> Said:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"newsbook.toml cannot be edited, for it is no TOML: {error}.") from error


# --- one value


def _with_key(text: str, table: str, name: str, value: object) -> str:
    """Return a file in which a table, by its dotted key, states a value."""

    def change(said: Said) -> None:
        _at(said, table)[name] = value

    spots = _Spots(text)
    own = spots.of_key(table, name)
    if own:
        return _checked(text, spots.put(own.start, own.end, _restated(spots.text_of(own), name, value)), change)
    holder = spots.holder(table)
    if holder:
        return _checked(text, spots.put(holder.start, holder.end, _inline(spots.text_of(holder), change)), change)
    line = f"{name} = {_value(value, f'{name} = ')}"
    return _checked(text, spots.insert_into(table, line), change)


def _without_key(text: str, table: str, name: str) -> str:
    """Return a file in which a table does not state a value any more."""

    def change(said: Said) -> None:
        _at(said, table).pop(name, None)

    spots = _Spots(text)
    own, holder = spots.of_key(table, name), spots.holder(table)
    if own:
        return _checked(text, spots.cut(own.start, own.end), change)
    if holder and name in _at(_parsed(text), table):
        return _checked(text, spots.put(holder.start, holder.end, _inline(spots.text_of(holder), change)), change)
    return text


def _restated(statement: str, name: str, value: object) -> str:
    """Return a statement with another value, and the comment behind it."""
    tokens = list(TOKEN.finditer(statement))
    if isinstance(value, list):
        opening = next((token for token in tokens if token[0] == "["), None)
        if opening and statement[: opening.start()].rstrip().endswith("="):
            end = next(token.end() for token in reversed(tokens) if token[0] == "]")
            array = _Array(statement[opening.start() : end])
            return statement[: opening.start()] + array.of(value, statement[: opening.start()]) + statement[end:]
    import tomlkit

    document = tomlkit.parse(statement)
    document[name] = value
    return tomlkit.dumps(document)


def _inline(statement: str, change: Callable[[Said], None]) -> str:
    """Return a statement that holds whole tables in brackets, with a change in one of them."""
    import tomlkit

    document: TOMLDocument = tomlkit.parse(statement)
    change(document)
    return tomlkit.dumps(document)


def _value(value: object, before: str = "") -> str:
    """Return a value in TOML; a list that is too long for a line stands one entry to a line."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "\n".join(["[", *(f"{_INDENT}{_value(each)}," for each in value), "]"])
    if isinstance(value, list):
        return _Array("[]").of(value, before)
    return quoted(value)


class _Array:
    """A list of texts in brackets, with the comments that stand above and behind its entries."""

    def __init__(self, text: str) -> None:
        self._is_long = "\n" in text
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._written: dict[str, str] = {}
        self._above: dict[str, list[str]] = {}
        self._behind: dict[str, str] = {}
        self._last: list[str] = []
        above: list[str] = []
        value, is_fresh = "", True
        for token in TOKEN.finditer(text):
            found = token[0].rstrip("\r")
            if found.startswith(("'", '"')):
                value = tomllib.loads(f"value = {found}")["value"]
                self._written.setdefault(value, found)
                self._above.setdefault(value, []).extend(above)
                above, is_fresh = [], False
            elif found.startswith("#") and is_fresh:
                above.append(found)
            elif found.startswith("#"):
                self._behind[value] = found
            elif found == "\n":
                is_fresh = True
        self._last = above

    def of(self, values: Iterable[str], before: str) -> str:
        """Return the list with these values: what stood in it already is written as it was."""
        values = tuple(values)
        has_comments = any(self._above[value] or value in self._behind for value in values if value in self._above)
        plain = f"[{', '.join(map(self._one, values))}]"
        if not (self._is_long or has_comments or self._last or len(before + plain) > _MEASURE) or not values:
            return plain
        lines = [
            "[",
            *(line for value in values for line in self._lines(value)),
            *(_INDENT + each for each in self._last),
        ]
        return self._end.join([*lines, "]"])

    def _lines(self, value: str) -> Iterator[str]:
        yield from (_INDENT + each for each in self._above.get(value, ()))
        behind = self._behind.get(value, "")
        yield f"{_INDENT}{self._one(value)},{f'  {behind}' if behind else ''}"

    def _one(self, value: str) -> str:
        return self._written.get(value) or _value(value)


# --- entries of arrays of tables


def _with_entry(text: str, array: str, entry: Mapping[str, object]) -> str:
    """Return a file with one more entry in an array of tables, behind all others."""

    def change(said: Said) -> None:
        said.setdefault(array, []).append(dict(entry))

    spots = _Spots(text)
    holder = spots.of_key("", array)
    if holder:
        return _checked(text, spots.put(holder.start, holder.end, _inline(spots.text_of(holder), change)), change)
    lines = [f"[[{array}]]", *(f"{name} = {_value(value, f'{name} = ')}" for name, value in entry.items())]
    return _checked(text, spots.insert_block(array, lines), change)


def _in_order(text: str, array: str, numbers: list[int], length: int) -> str:
    """Return a file with the entries of an array of tables that have these numbers, in this order."""
    if numbers == list(range(length)):
        return text

    def change(said: Said) -> None:
        entries = said.pop(array)
        if numbers:
            said[array] = [entries[number] for number in numbers]

    spots = _Spots(text)
    holder = spots.of_key("", array)
    if holder:
        return _checked(text, spots.put(holder.start, holder.end, _reordered(spots.text_of(holder), numbers)), change)
    blocks = [spots.block(f"{array}[{number}]") for number in range(length)]
    pieces = [text[start:end] for start, end in blocks]
    made, behind = [], 0
    for place, (start, end) in enumerate(blocks):
        made += [text[behind:start], spots.whole(pieces[numbers[place]]) if place < len(numbers) else ""]
        behind = end
    return _checked(text, "".join([*made, text[behind:]]), change)


def _reordered(statement: str, numbers: list[int]) -> str:
    """Return a statement that holds tables in brackets with those of these numbers, in this order."""
    spans = tuple(_braced(statement))
    if len(spans) <= max(numbers, default=0):
        raise _uneditable()
    pieces = [statement[start:end] for start, end in spans]
    made, behind = [], 0
    for place, (start, end) in enumerate(spans):
        made += [statement[behind:start], pieces[numbers[place]]] if place < len(numbers) else []
        behind = end
    return "".join([*made, statement[behind:]])


def _braced(statement: str) -> Iterator[tuple[int, int]]:
    """Yield where the tables in brackets of a statement stand, those within others aside."""
    depth, start = 0, 0
    for token in TOKEN.finditer(statement):
        if token[0] == "{":
            start = start if depth else token.start()
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if not depth:
                yield start, token.end()


# --- places


class _Spots:
    """A file, and where its statements stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._all = tuple(statements(text))

    def text_of(self, statement: Statement) -> str:
        return self._text[statement.start : statement.end]

    def of_key(self, table: str, name: str) -> Statement | None:
        """Return the statement that states a value of a table and nothing else of it."""
        mine = (each for each in self._all if each.table == table and not each.is_header and name in each.said)
        return next(mine, None)

    def holder(self, table: str) -> Statement | None:
        """Return the statement that holds a table of an array in brackets."""
        array = table.partition("[")[0]
        return self.of_key("", array) if array in _ARRAYS else None

    def put(self, start: int, end: int, text: str) -> str:
        """Return the file with other characters in a place."""
        return self._text[:start] + text + self._text[end:]

    def cut(self, start: int, end: int) -> str:
        """Return the file without the line of a statement."""
        behind = re.compile(r"\r?\n").match(self._text, end)
        return self.put(start, behind.end() if behind else end, "")

    def insert_into(self, table: str, line: str) -> str:
        """Return the file with one more line in a table: behind what it states, or under its header."""
        own = [each for each in self._all if each.table == table]
        if own:
            return self._behind(own[-1].end, line)
        first = next((each for each in self._all if each.is_header), None)
        start = self._head(first.start) if first else len(self._text)
        return self._before(start, [line])

    def insert_block(self, array: str, lines: list[str]) -> str:
        """Return the file with a block of lines behind the last of an array, or at the end."""
        last = [each for each in self._all if each.is_header and re.fullmatch(rf"{array}\[\d+\]", each.table)]
        at = self._tail(last[-1]) if last else len(self._text)
        ahead, behind = self._text[:at], self._text[at:]
        gap = "" if not ahead.strip() else self._end if ahead.endswith("\n") else self._end * 2
        if ahead.endswith(self._end * 2):
            gap = ""
        return ahead + gap + self._end.join([*lines, ""]) + (self._end + behind if behind.strip() else behind)

    def block(self, table: str) -> tuple[int, int]:
        """Return where an entry of an array of tables stands, with the comments right above it."""
        header = next(each for each in self._all if each.is_header and each.table == table)
        return self._head(header.start), self._tail(header)

    def whole(self, piece: str) -> str:
        """Return the text of a block that ends with its line."""
        return piece if piece.endswith("\n") else piece + self._end

    def _tail(self, header: Statement) -> int:
        """Return where an entry ends: before the comments above the next header that is none of its own tables."""
        at = self._all.index(header)
        later = (
            each for each in self._all[at + 1 :] if each.is_header and not each.table.startswith(f"{header.table}.")
        )
        following = next(later, None)
        return self._head(following.start) if following else len(self._text)

    def _head(self, start: int) -> int:
        """Return where the comments begin that stand right above a place."""
        lines = self._text[:start].splitlines(keepends=True)
        while lines and lines[-1].lstrip().startswith("#"):
            start -= len(lines.pop())
        return start

    def _behind(self, end: int, line: str) -> str:
        stop = re.compile(r"[^\n]*?(?=\r?\n|\Z)").match(self._text, end)
        at = stop.end() if stop else end
        return self._text[:at] + self._end + line + self._text[at:]

    def _before(self, start: int, lines: list[str]) -> str:
        ahead = self._text[:start]
        gap = self._end if ahead.strip() and not ahead.endswith("\n") else ""
        behind = self._end if self._text[start:].strip() else ""
        return ahead + gap + self._end.join([*lines, ""]) + behind + self._text[start:]


def _at(said: Said, table: str) -> Said:
    """Return the table under a dotted key of what a file says."""
    found: Any = said
    for name, number in re.findall(r"([A-Za-z_]+)(?:\[(\d+)\])?", table):
        found = found[name][int(number)] if number else found[name]
    return found  # type: ignore[no-any-return]


def _checked(old: str, new: str, change: Callable[[Said], None]) -> str:
    """Return the edited file. Raises `UsageError` where it does not say what the old one said, but for the change."""
    expected = _parsed(old)
    change(expected)
    if _parsed(new) != expected:
        raise _uneditable()
    return new


def _uneditable() -> UsageError:
    return UsageError("newsbook.toml is written in a way that cannot be edited here; edit it by hand.")
