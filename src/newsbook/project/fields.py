"""What each field of a project's structs may hold, as the annotations say it, and what is said to what it may not."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import PurePath
from types import UnionType
from typing import Annotated, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from newsbook.project.draft import nearest, plain, shown

Kind: TypeAlias = type[Struct]
Change: TypeAlias = Callable[[str, "SettingField", object], object]
_T = TypeVar("_T", bound=Struct)


class SettingField(Struct, frozen=True):
    """A field: its name, what it is for, and what it may hold.

    `table` is the struct that it holds, `entry` the struct that it holds any number of; where there is neither,
    `scalar` is the type of its value, or of each where it `is_list`; a struct there is a pair of texts. `form`
    names a check of `newsbook.project.check`. `choices` are all that a value may be.
    """

    name: str
    default: object
    description: str = ""
    form: str = ""
    table: Kind | None = None
    entry: Kind | None = None
    scalar: object = str
    is_list: bool = False
    is_optional: bool = False
    choices: tuple[str, ...] = ()
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None

    @property
    def is_of_pairs(self) -> bool:
        """Whether it holds pairs of texts."""
        return isinstance(self.scalar, type) and issubclass(self.scalar, Struct)


@cache
def fields_of(kind: Kind) -> dict[str, SettingField]:
    """Return the fields of a struct by their names, in its order."""
    return {field.name: _field(field) for field in msgspec.structs.fields(kind)}


def _field(field: msgspec.structs.FieldInfo) -> SettingField:
    bare, *said = get_args(field.type) if get_origin(field.type) is Annotated else (field.type,)
    meta = next((each for each in said if isinstance(each, Meta)), Meta())
    arms = get_args(bare) if get_origin(bare) in {UnionType, Union} else (bare,)
    held = get_args(arms[0])[0] if get_origin(arms[0]) is tuple else arms[0]
    is_struct = isinstance(held, type) and issubclass(held, Struct) and not held.__struct_config__.array_like
    is_list = held is not arms[0]
    return SettingField(
        name=field.name,
        default=field.default,
        description=meta.description or "",
        form=(meta.extra or {}).get("form", ""),
        table=held if is_struct and not is_list else None,
        entry=held if is_struct and is_list else None,
        scalar=str if get_origin(held) is Literal else held,
        is_list=is_list,
        is_optional=type(None) in arms,
        choices=get_args(held) if get_origin(held) is Literal else (),
        at_least=meta.ge,
        above=meta.gt,
        at_most=meta.le,
    )


def at(key: str, name: str) -> str:
    """Return the dotted key of what is called `name` in the table under `key`, which is empty for the whole project."""
    return f"{key}.{name}" if key else name


def walked(value: _T, change: Change, key: str = "") -> _T:
    """Return a struct with every value changed that is no struct itself; `change` is told its dotted key and field.

    What stands where a table should, and is none, goes to `change`, too.
    """
    made: dict[str, object] = {}
    for name, field in fields_of(type(value)).items():
        inner, under = getattr(value, name), at(key, name)
        if field.table and isinstance(inner, field.table):
            made[name] = walked(inner, change, under)
        elif field.entry and isinstance(inner, list | tuple) and all(isinstance(item, field.entry) for item in inner):
            made[name] = tuple(walked(item, change, f"{under}[{number}]") for number, item in enumerate(inner))
        else:
            made[name] = change(under, field, inner)
    return type(value)(**made)


def with_value(struct: _T, key: str, value: object) -> _T:
    """Return a struct with the value under a dotted key replaced."""
    name, _, rest = key.partition(".")
    if not rest:
        return replace(struct, **{name: value})
    name, _, number = name.partition("[")
    inner = getattr(struct, name)
    if not number:
        return replace(struct, **{name: with_value(inner, rest, value)})
    place = int(number.removesuffix("]"))
    return replace(struct, **{name: (*inner[:place], with_value(inner[place], rest, value), *inner[place + 1 :])})


def refusal(field: SettingField, value: object) -> str:
    """Return why a field cannot hold a value, as the end of a sentence; empty where it can.

    >>> refusal(SettingField("marks", "keep", choices=("keep", "locale")), "lokale")
    'is “lokale”, which is none of keep, locale; did you mean locale?'
    """
    if (field.is_optional and value is None) or (field.is_list and isinstance(value, list | tuple) and not field.entry):
        return ""
    if field.table or field.entry:
        return _shapeless(field, value)
    if field.is_list:
        hint = f'; write it in brackets: ["{plain(value)}"]' if isinstance(value, str) else ""
        return f"is {shown(value)}, which is no list{hint}."
    return misfit(field, value)


def answered(field: SettingField, value: object) -> object:
    """Return true and false as yes and no, where a field holds these; anything else as it is."""
    is_question = isinstance(value, bool) and {"yes", "no"} <= set(field.choices)
    return ("yes" if value else "no") if is_question else value


def paired(field: SettingField, value: object) -> object:
    """Return two texts as the pair that they are, where a field holds such; anything else as it is."""
    if isinstance(field.scalar, type) and field.is_of_pairs and isinstance(value, list | tuple):
        match value:
            case [str(), str()]:
                return field.scalar(*value)
    return value


def misfit(field: SettingField, value: object) -> str:
    """Return why one value is of the wrong type, or none of the choices, as the end of a sentence; empty if it fits."""
    if field.is_of_pairs:
        return "" if isinstance(value, Struct) else f'is {shown(value)}, which is no pair; write ["原文", "改為"].'
    kinds, noun, hint = _SCALARS[field.scalar]
    is_bool = isinstance(value, bool)
    if not isinstance(value, kinds) or (is_bool and field.scalar is not bool):
        if field.scalar is str and isinstance(value, int | float | date | PurePath):
            hint = f'write it in quotes: "{shown(value)}"'
        return f"is {shown(value)}, which is {noun}; {hint}."
    if field.choices and value not in field.choices:
        named = tuple(choice for choice in field.choices if choice)
        like = nearest(f"{value}", named)
        return f"is {shown(value)}, which is none of {', '.join(named)}" + (f"; did you mean {like}?" if like else ".")
    return ""


# By the type of a field: what passes for it in Python, what everything else is, and what to write.
_SCALARS: dict[object, tuple[tuple[type, ...], str, str]] = {
    str: ((str,), "no text", "write one in quotes"),
    bool: ((bool,), "neither true nor false", "write one of them, without quotes"),
    int: ((int,), "no whole number", "write one without quotes"),
    float: ((int, float), "no number", "write one without quotes"),
}


def _shapeless(field: SettingField, value: object) -> str:
    kind = field.table or field.entry
    if kind and isinstance(value, Struct | dict) and (field.table or isinstance(value, Struct)):
        several = "" if field.table else ", and there may be several, in a tuple"
        return f"is a {type(value).__name__}{several}; write {kind.__name__}(…)."
    if field.table:
        hint = f"write [{field.name}] on a line of its own, and below it what it holds"
        return f"is {shown(value)}, which is no table; {hint}."
    if isinstance(value, dict):
        return f"is a single table, and there may be several; write [[{field.name}]] in double brackets."
    held = "a list of what are no tables" if isinstance(value, list | tuple) else f"{shown(value)}, which is no table"
    return f"is {held}; write [[{field.name}]] on a line of its own, and below it what it holds."


def field_at(kind: Kind, key: str) -> SettingField:
    """Return the field under a dotted key of a struct; `outputs.file` is that of every output."""
    name, _, rest = key.partition(".")
    field = fields_of(kind)[name]
    inner = field.table or field.entry
    return field_at(inner, rest) if rest and inner else field
