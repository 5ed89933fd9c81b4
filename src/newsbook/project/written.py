"""A project written down: as TOML that says where each value came from, as JSON; and the JSON Schema of all of them.

What is written as TOML or JSON and read again is the same project.
"""

import json
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from newsbook.diagnostics import Place, UsageError
from newsbook.project.draft import STEERING
from newsbook.project.fields import SettingField, at, fields_of
from newsbook.project.reading import bracketed
from newsbook.project.values import Project

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_toml(project: Project, origins: Mapping[str, Place]) -> str:
    """Return a checked project as TOML; a comment says where each value was stated, or that it is the default.

    Raises `UsageError` where the name of a file is no text, for TOML is nothing else.
    """
    made = "\n".join(_lines(project, "", origins)) + "\n"
    try:
        made.encode()
    except UnicodeEncodeError as error:
        raise UsageError("the name of a file is not in UTF-8, and TOML cannot hold it; rename the file.") from error
    return made


def _lines(struct: Struct, key: str, origins: Mapping[str, Place]) -> Iterator[str]:
    """Yield the lines of a struct: values first, for what stands behind a header is in that header's table."""
    tables: list[tuple[str, str, Struct]] = []
    for field in fields_of(type(struct)).values():
        value, under = getattr(struct, field.name), at(key, field.name)
        if field.table:
            tables.append((under, bracketed(under), value))
        elif field.entry and value:
            entries = ((f"{under}[{number}]", entry) for number, entry in enumerate(value))
            tables += ((each, bracketed(each), entry) for each, entry in entries)
        elif value is not None:
            yield f"{field.name} = {quoted(value)}{_remark(field, value, origins.get(under))}"
    for under, header, table in tables:
        lines = tuple(_lines(table, under, origins))
        if lines:
            yield from ("", header, *lines)


def quoted(value: object) -> str:
    r"""Return a value in TOML; its basic strings are JSON's, with escapes for what could steer a terminal.

    >>> print(quoted(("渡口\n報", "\x7f")))
    ["渡口\n報", "\u007f"]
    """
    if isinstance(value, Struct):
        value = msgspec.structs.astuple(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(quoted, value))}]"
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _remark(field: SettingField, value: object, place: Place | None) -> str:
    if place:
        return f"  # {place}"
    return "  # default" if value == field.default else ""


def as_json(project: Project) -> str:
    """Return a project as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(project), indent=2).decode() + "\n"


def schema() -> str:
    """Return the JSON Schema of newsbook.toml, made from the structs."""
    made = {"$schema": _DIALECT, "title": "newsbook.toml", **msgspec.json.schema(Project)}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
