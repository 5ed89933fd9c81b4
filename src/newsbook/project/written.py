"""A project written down: as TOML that says where each value came from, as JSON; and the JSON Schema of all of them.

What is written as TOML or JSON and read again is the same project.
"""

import json
from collections.abc import Iterable, Mapping

import msgspec
import tomlkit
from msgspec import Struct
from tomlkit.items import AoT, Table

from newsbook.diagnostics import Place, UsageError
from newsbook.project.fields import at, fields_of
from newsbook.project.values import Project

_DEFAULT = "default"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_toml(project: Project, origins: Mapping[str, Place]) -> str:
    """Return a checked project as TOML; a comment says where each value was stated, or that it is the default.

    Raises `UsageError` where the name of a file is no text, as TOML is nothing else.
    """
    document = tomlkit.document()
    _fill(document, project, "", origins)
    made = tomlkit.dumps(document)
    try:
        made.encode()
    except UnicodeEncodeError as error:
        raise UsageError("the name of a file is not in UTF-8, and TOML cannot hold it; rename the file.") from error
    return made


def _fill(table: Table | tomlkit.TOMLDocument, struct: Struct, key: str, origins: Mapping[str, Place]) -> None:
    """Put the fields of a struct into a table: values first, for what comes behind a header is in its table."""
    fields = fields_of(type(struct)).values()
    for field in fields:
        value = getattr(struct, field.name)
        if field.table or (field.entry and value) or value is None:
            continue
        item = tomlkit.item(list(value) if isinstance(value, tuple) else value)
        table.add(field.name, item)
        place = origins.get(at(key, field.name))
        if place or value == field.default:
            item.comment(f"{place or _DEFAULT}")
    for field in fields:
        value, under = getattr(struct, field.name), at(key, field.name)
        if field.table and not _is_silent(value):
            table.add(field.name, _table(value, under, origins))
        elif field.entry and value:
            table.add(field.name, _array(value, under, origins))


def _is_silent(struct: Struct) -> bool:
    """Tell whether a struct says nothing at all, as the credits of an amendment may."""
    return all(getattr(struct, name) is None for name in struct.__struct_fields__)


def _table(struct: Struct, key: str, origins: Mapping[str, Place]) -> Table:
    table = tomlkit.table()
    _fill(table, struct, key, origins)
    return table


def _array(structs: Iterable[Struct], key: str, origins: Mapping[str, Place]) -> AoT:
    array = tomlkit.aot()
    for number, struct in enumerate(structs):
        array.append(_table(struct, f"{key}[{number}]", origins))
    return array


def as_json(project: Project) -> str:
    """Return a project as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(project), indent=2).decode() + "\n"


def schema() -> str:
    """Return the JSON Schema of newsbook.toml, made from the structs."""
    made = {"$schema": _DIALECT, "title": "newsbook.toml", **msgspec.json.schema(Project)}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
