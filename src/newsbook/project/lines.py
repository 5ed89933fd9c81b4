"""Where each key of a TOML file stands, by its line. tomllib forgets where it was; tomlkit keeps the file whole."""

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Item, Key, Null, Table, Whitespace


def lines_of(text: str) -> dict[str, int]:
    r"""Return the line of every dotted key of a valid TOML file, from 1; nothing where tomlkit cannot tell.

    >>> lines_of('style = "plain"\n\n[issue]\nnumber = "12"\n[[outputs]]\nfile = "a.pdf"\n')
    {'style': 1, 'issue': 3, 'issue.number': 4, 'outputs': 5, 'outputs[0]': 5, 'outputs[0].file': 6}
    """
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError, ValueError):
        return {}
    walk = _Walk()
    walk.container(document, "")
    return walk.lines if walk.line == text.count("\n") + 1 else {}


class _Walk:
    """A way through a document in the order of its text, which counts the lines that it passes."""

    def __init__(self) -> None:
        self.line = 1
        self.lines: dict[str, int] = {}
        self._entries: dict[str, int] = {}

    def container(self, container: Container, prefix: str) -> None:
        """Pass everything in a table or the document, whose keys begin with `prefix`."""
        for key, item in container.body:
            if key is None:
                self._pass(item.as_string())
            elif isinstance(item, AoT):
                self._array(key, item, prefix)
            elif isinstance(item, Table):
                self._table(key, item, prefix)
            else:
                self._pass(item.trivia.indent)
                self._note(prefix + key.key)
                self._pass(item.as_string() + _behind(item))

    def _array(self, key: Key, array: AoT, prefix: str) -> None:
        name = prefix + key.key
        for table in array.body:
            number = self._entries.get(name, 0)
            self._entries[name] = number + 1
            self._header(table, (name, f"{name}[{number}]"))
            self.container(table.value, f"{name}[{number}].")

    def _table(self, key: Key, table: Table, prefix: str) -> None:
        name = prefix + key.key
        if not key.is_dotted() and (not table.is_super_table() or _has_values(table)):
            self._header(table, (name,))
        else:
            self._note(name)
        self.container(table.value, f"{name}.")

    def _header(self, table: Table, names: tuple[str, ...]) -> None:
        self._pass(table.trivia.indent)
        for name in names:
            self._note(name)
        self._pass(_behind(table))

    def _note(self, name: str) -> None:
        self.lines.setdefault(name, self.line)

    def _pass(self, text: str) -> None:
        self.line += text.count("\n")


def _behind(item: Item) -> str:
    """Return what stands behind an item on its line, and the line's end."""
    trivia = item.trivia
    return trivia.comment_ws + trivia.comment + trivia.trail


def _has_values(table: Table) -> bool:
    """Tell whether a table that others imply has something of its own, and so a header."""
    return any(not isinstance(item, Table | AoT | Whitespace | Null) for _, item in table.value.body)
