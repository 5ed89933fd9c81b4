"""Where each key of a TOML file stands, by its line, which tomllib forgets.

tomlkit keeps a file whole, but puts the entries of an array of tables together, wherever they stood. So a valid file is
cut into its statements here, each a header or a key with its value, and tomllib says what is in each.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from newsbook.project.draft import upwards
from newsbook.project.fields import at

# TOML 1.0, toml.abnf: what may hold a line end or a bracket that ends no statement, then brackets, then line ends.
TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?""""{0,2}'
    r"|'''.*?''''{0,2}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


class Statement(Struct, frozen=True):
    """A header, or a key with its value and the comment behind it.

    It begins in `line`, and has the characters from `start` to `end`. `table` is the dotted key of the table that it
    opens or stands in, and `said` what it says by itself.
    """

    line: int
    start: int
    end: int
    table: str
    is_header: bool
    said: Mapping[str, object]


def lines_of(text: str) -> dict[str, int]:
    r"""Return the line of every dotted key of a valid TOML file, from 1.

    >>> lines_of('style = "plain"\n\n[issue]\nnumber = "12"\n[[outputs]]\nfile = "a.pdf"\n')
    {'style': 1, 'issue': 3, 'issue.number': 4, 'outputs': 5, 'outputs[0]': 5, 'outputs[0].file': 6}
    """
    lines: dict[str, int] = {}
    for statement in statements(text):
        if not statement.is_header:
            _note(statement.said, statement.table, statement.line, lines)
            continue
        for key in reversed(tuple(upwards(statement.table))):
            lines.setdefault(key, statement.line)
    return lines


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a valid TOML file, in their order."""
    entries: dict[str, int] = {}
    table = ""
    for line, start, end in _cut(text):
        said = tomllib.loads(text[start:end])
        is_header = text[start:end].lstrip().startswith("[")
        table = _opened(said, entries) if is_header else table
        yield Statement(line, start, end, table, is_header, said)


def _opened(said: object, entries: dict[str, int]) -> str:
    """Return the dotted key of the table that a header opens; `entries` counts those of arrays so far."""
    table = ""
    while isinstance(said, dict) and said:
        ((name, said),) = said.items()
        table = at(table, name)
        if isinstance(said, list):
            entries[table] = entries.get(table, -1) + 1
        table += f"[{entries[table]}]" if table in entries else ""
    return table


def _note(said: object, key: str, line: int, lines: dict[str, int]) -> None:
    """Note the line of every key in what a statement says."""
    if isinstance(said, Mapping):
        for name, value in said.items():
            lines.setdefault(at(key, name), line)
            _note(value, at(key, name), line, lines)


def _cut(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each statement of a file stands: the line that it begins in, its first character, and its end."""
    start, line, depth, breaks = 0, 1, 0, 0
    for match in TOKEN.finditer(text + "\n"):
        found = match[0]
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found, 0)
        breaks += found.count("\n")
        if found == "\n" and not depth:
            end = match.start() - text[start : match.start()].endswith("\r")
            statement = text[start:end]
            if statement.strip() and not statement.lstrip().startswith("#"):
                yield line, start, end
            start, line, breaks = match.end(), line + breaks, 0
