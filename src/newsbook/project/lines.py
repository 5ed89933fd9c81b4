"""Where each key of a TOML file stands, by its line, which tomllib forgets.

tomlkit keeps a file whole, but puts the entries of an array of tables together, wherever they stood. So a valid file is
cut into its statements here, each a header or a key with its value, and tomllib says what is in each.
"""

import re
import tomllib
from collections.abc import Iterator

from newsbook.project.fields import at

# TOML 1.0, toml.abnf: what may hold a line end or a bracket that ends no statement, then brackets, then line ends.
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?""""{0,2}'
    r"|'''.*?''''{0,2}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


def lines_of(text: str) -> dict[str, int]:
    r"""Return the line of every dotted key of a valid TOML file, from 1.

    >>> lines_of('style = "plain"\n\n[issue]\nnumber = "12"\n[[outputs]]\nfile = "a.pdf"\n')
    {'style': 1, 'issue': 3, 'issue.number': 4, 'outputs': 5, 'outputs[0]': 5, 'outputs[0].file': 6}
    """
    lines: dict[str, int] = {}
    entries: dict[str, int] = {}
    table = ""
    for line, statement in _statements(text):
        said: object = tomllib.loads(statement)
        if not statement.lstrip().startswith("["):
            _note(said, table, line, lines)
            continue
        table = ""
        while isinstance(said, dict) and said:
            ((name, said),) = said.items()
            table = at(table, name)
            lines.setdefault(table, line)
            if isinstance(said, list):
                entries[table] = entries.get(table, -1) + 1
            table += f"[{entries[table]}]" if table in entries else ""
            lines.setdefault(table, line)
    return lines


def _note(said: object, key: str, line: int, lines: dict[str, int]) -> None:
    """Note the line of every key in what a statement says."""
    if isinstance(said, dict):
        for name, value in said.items():
            lines.setdefault(at(key, name), line)
            _note(value, at(key, name), line, lines)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the statements of a file, each with the line that it begins in."""
    start, line, depth, breaks = 0, 1, 0, 0
    for match in _TOKEN.finditer(text + "\n"):
        found = match[0]
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found, 0)
        breaks += found.count("\n")
        if found == "\n" and not depth:
            statement = text[start : match.start()]
            if statement.strip() and not statement.lstrip().startswith("#"):
                yield line, statement
            start, line, breaks = match.end(), line + breaks, 0
