"""Articles that a program made, held against the model: every mistake is a sentence that names the field."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import cast, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report, UsageError
from newsbook.formulas import cleaned
from newsbook.languagetags import canonical
from newsbook.model import FORBIDDEN, Article, Retrieval, Source, Span, Table
from newsbook.project import moment, nearest, shown
from newsbook.release import INDEFINITE

# Who makes more mistakes than this in an article makes them in a loop.
_MOST_TOLD = 5

# What an edition can lead to; as `newsbook.layout.templates.is_link` has it.
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)


class Manuscript(Struct, frozen=True):
    """An article that a program made, and its pictures, as bytes or files, by the names that its figures give them."""

    article: Article
    pictures: Mapping[str, bytes | Path] = {}


class ManuscriptError(UsageError):
    """An article that a program made is none; `mistakes` has a sentence for everything that is wrong with it."""

    def __init__(self, name: str, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        more = len(mistakes) - _MOST_TOLD
        told = (*mistakes[:_MOST_TOLD], f"There are {more:,} more like these.") if more > 0 else mistakes
        self.told = " ".join(told)
        super().__init__(f"{name}: {self.told}")


def checked(article: Article, name: str = "the article", report: Report = lambda _finding: None) -> Article:
    """Return an article that a program made, in the model's own types. A list may stand for a tuple.

    Control characters and lone surrogates, which no edition can hold, are taken out, with a finding. Raises
    `UsageError`, with a sentence that names the field for everything that is wrong.

    >>> checked(Article(headline=12), "article 1")
    Traceback (most recent call last):
      ...
    newsbook.manuscripts.ManuscriptError: article 1: headline is 12, a number; write text.
    """
    inspection = _Inspection()
    made = inspection.struct("", Article, article)
    if inspection.mistakes:
        raise ManuscriptError(name, inspection.mistakes)
    if inspection.cleaned:
        message = f"control characters were taken out of {', '.join(islice(inspection.cleaned, _MOST_TOLD))}."
        report(Diagnostic(Code.CONTROL_CHARACTERS, message, Place(name)))
    return cast("Article", made)


def checked_manuscript(manuscript: object, number: int, report: Report) -> Manuscript:
    """Return a manuscript, the `number`-th of several, whose article has a name. Raises `ManuscriptError`."""
    name = f"article {number}"
    if not isinstance(manuscript, Manuscript):
        hint = "write Manuscript(article)" if isinstance(manuscript, Article) else "write a Manuscript"
        raise ManuscriptError(name, [f"it is {a_kind(manuscript)}; {hint}."])
    mistakes = list(_of_pictures(manuscript.pictures))
    if mistakes:
        raise ManuscriptError(name, mistakes)
    article = checked(manuscript.article, name, report)
    if not article.source.name:
        article = replace(article, source=replace(article.source, name=name))
    return Manuscript(article, {_clean(key): data for key, data in manuscript.pictures.items()})


def headline_of(manuscript: object) -> str:
    """Return the headline of what may be no manuscript, as a sentence quotes it; empty where it has none."""
    headline = getattr(getattr(manuscript, "article", None), "headline", "")
    return shown(headline) if isinstance(headline, str) and headline else ""


def _of_pictures(pictures: object) -> Iterator[str]:
    if not isinstance(pictures, Mapping):
        yield f"pictures is {a_kind(pictures)}; write a dict of names and bytes or Paths."
        return
    for name, data in pictures.items():
        if not isinstance(name, str):
            yield f"a name in pictures is {a_kind(name)}; write the text that the figure has as its image."
        elif not isinstance(data, bytes | Path):
            yield f"pictures[{shown(name)}] is {a_kind(data)}; write bytes or a Path."
        elif isinstance(data, Path) and "\0" in str(data):
            yield f"pictures[{shown(name)}] is {shown(str(data))}, which is no name of a file; write one."


class _Inspection:
    """A way through an article, field by field: the mistakes on it, and the fields that had to be cleaned."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []
        self.cleaned: dict[str, None] = {}

    def _wrong(self, at: str, value: object, hint: str) -> object:
        self.mistakes.append(f"{at or 'it'} is {a_kind(value)}; {hint}.")
        return value

    def _value(self, at: str, kind: object, value: object) -> object:
        if get_origin(kind) is tuple:
            return self._items(at, get_args(kind)[0], value)
        if isinstance(kind, UnionType):
            return self._block(at, get_args(kind), value)
        if isinstance(kind, type) and issubclass(kind, Struct):
            return self.struct(at, kind, value)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self._choice(at, kind, value)
        return self._scalar(at, kind, value)

    def _items(self, at: str, kind: object, value: object) -> object:
        if not isinstance(value, list | tuple):
            return self._wrong(at, value, _tuple_hint(kind, value))
        return tuple([self._value(f"{at}[{number}]", kind, item) for number, item in enumerate(value)])

    def _block(self, at: str, kinds: tuple[type[Struct], ...], value: object) -> object:
        kind = next((kind for kind in kinds if isinstance(value, kind)), None)
        if kind is None:
            hint = 'write Paragraph((Span("…"),))' if isinstance(value, str) else f"write one of {_names(kinds)}"
            return self._wrong(at, value, hint)
        return self.struct(at, kind, value)

    def struct(self, at: str, kind: type[Struct], value: object) -> object:
        """Return a struct with every field in its own type."""
        if not isinstance(value, kind):
            return self._wrong(at, value, f"write {_a(kind.__name__)}")
        so_far = len(self.mistakes)
        made: dict[str, object] = {}
        for name, held in _fields(kind):
            under = f"{at}.{name}" if at else name
            made[name] = self._value(under, held, getattr(value, name))
            form = _FORMS.get((kind, name))
            if form and isinstance(made[name], str) and made[name]:
                made[name] = self._formed(under, f"{made[name]}", form)
        if isinstance(value, Table) and len(self.mistakes) == so_far:
            self.mistakes += _of_table(at, value)
        return kind(**made) if len(self.mistakes) == so_far else value

    def _formed(self, at: str, value: str, form: Callable[[str], str]) -> str:
        try:
            return form(value)
        except ValueError as error:
            self.mistakes.append(f"{at} is {shown(value)}, which is {error}")
            return value

    def _choice(self, at: str, kind: type[StrEnum], value: object) -> object:
        if not isinstance(value, str):
            return self._wrong(at, value, f"write {kind.__name__}.{next(iter(kind)).name} or another")
        names = tuple(choice.value for choice in kind)
        if value in names:
            return kind(value)
        like = nearest(value, names)
        hint = f"; did you mean {like}?" if like else "."
        self.mistakes.append(f"{at} is {shown(value)}, which is none of {', '.join(names)}{hint}")
        return value

    def _scalar(self, at: str, kind: object, value: object) -> object:
        kinds, hint = _SCALARS[kind]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kind is not bool):
            return self._wrong(at, value, _text_hint(value) if kind is str else hint)
        if not isinstance(value, str):
            return value
        clean = _clean(value)
        if clean != value:
            self.cleaned[at] = None
        return clean


# By the type of a field: what passes for it, and what to write.
_SCALARS: dict[object, tuple[tuple[type, ...], str]] = {
    str: ((str,), "write text"),
    bool: ((bool,), "write True or False"),
    int: ((int,), "write a whole number"),
    float: ((int, float), "write a number"),
}


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.type) for field in msgspec.structs.fields(kind))


def _clean(text: str) -> str:
    """Return a text without what no edition can hold; a string of some library becomes one of Python's own."""
    return FORBIDDEN.sub("", str.__str__(text))


def a_kind(value: object) -> str:
    """Return what a value is, as a sentence says it."""
    if value is None or isinstance(value, bytes):
        return "bytes" if value else "None" if value is None else "empty bytes"
    noun = {bool: "a truth value", int: "a number", float: "a number"}.get(type(value), "")
    if isinstance(value, str):
        noun = "a text"
    return f"{shown(value)}, {noun}" if noun else _a(type(value).__name__)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"


def _names(kinds: tuple[type[Struct], ...]) -> str:
    return ", ".join(kind.__name__ for kind in kinds)


def _text_hint(value: object) -> str:
    """Return what to write where a text should stand."""
    if value is None:
        return 'write text, "" for none'
    if isinstance(value, date):
        return f'write text: "{value.isoformat()}"'
    return "decode them" if isinstance(value, bytes) else "write text"


def _tuple_hint(kind: object, value: object) -> str:
    """Return what to write where a tuple should stand, of what is of that `kind`."""
    if kind is Span and isinstance(value, str | Span):
        return 'write (Span("…"),)'
    inner = kind
    of = "a tuple of "
    while get_origin(inner) is tuple:
        inner, of = get_args(inner)[0], of + "tuples of "
    return f"write {of}{inner.__name__}s" if isinstance(inner, type) else f"write {of}blocks"


def _language(value: str) -> str:
    if not canonical(value):
        raise ValueError("no language tag; write zh-Hans, zh-Hant, ja or ko.")
    return value


def _embargo(value: str) -> str:
    return value if value == INDEFINITE else moment(value)


def _address(value: str) -> str:
    if not _ADDRESS.match(value):
        raise ValueError("no address that a book can lead to; begin it with https://, http:// or mailto:.")
    return value


def _math(value: str) -> str:
    if not cleaned(value):
        raise ValueError("no MathML that an edition can hold; write presentation MathML, or leave it out.")
    return value


# A form that a text must have, by its struct and field.
_FORMS: dict[tuple[type[Struct], str], Callable[[str], str]] = {
    (Article, "published"): moment,
    (Article, "updated"): moment,
    (Article, "language"): _language,
    (Source, "retrieved"): moment,
    (Source, "embargo"): _embargo,
    (Retrieval, "retrieved"): moment,
    (Span, "href"): _address,
    (Span, "math"): _math,
}


def _of_table(at: str, table: Table) -> Iterator[str]:
    """Yield what is wrong with a table whose fields are sound."""
    width = len(table.rows[0]) if table.rows else 0
    for number, row in enumerate(table.rows):
        if len(row) != width:
            cells = _count(len(row), "cell")
            yield f"{at}.rows[{number}] has {cells}, and the first row has {width}; fill it up with ()."
    if not 0 <= table.header_rows <= len(table.rows):
        rows = _count(len(table.rows), "row")
        yield f"{at}.header_rows is {table.header_rows}, and the table has {rows}; write another number."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
