"""Read who signed a report where no label says so: 渡口報／記者林小滿／雲溪報導, 나루일보 홍길동 기자."""

import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from newsbook.desk.labels import Field
from newsbook.desk.meta import Meta, Value
from newsbook.desk.names import is_person, split_names
from newsbook.desk.rules import finder
from newsbook.script import fold

_find = partial(finder, "signatures")
_LONGEST = 60
_STROKES = re.compile(r"\s*[/|丨]\s*|\s*[()\[\]【】]\s*")
_ROW = re.compile("(?<=[一-鿿])[ 、,]+")
_HAN = re.compile("[一-鿿·]{2,4}")


class _Part(Struct, frozen=True):
    """What stands between two strokes of a signature: the fields that it fills, and what it leaves over.

    `reports` where it says that somebody reported, `waits` where it is a title whose name comes next.
    """

    values: tuple[Value, ...] = ()
    rest: tuple[str, ...] = ()
    reports: bool = False
    waits: bool = False


def read_signature(text: str) -> Meta | None:
    """Return who signed, for whom, in a line or a part of one that is but a signature, else None.

    >>> [value.text for value in read_signature("渡口報╱記者林小滿／雲溪報導").values]
    ['渡口報', '林小滿', '記者林小滿／雲溪報導']
    """
    plain = fold(text)
    if _find("this_paper")(plain):
        return Meta((Value(Field.SIGNATURE, text.strip()),))
    if len(text) > _LONGEST or not (_find("reported")(plain) or _find("titled")(plain)):
        return None
    parts: list[_Part] = []
    # Whose paper it is has a place of its own: what is printed of a signature begins behind that.
    begins = 0
    for start, end in _pieces(plain):
        named = any(value.field is Field.AUTHOR for part in parts for value in part.values)
        waits = bool(parts) and parts[-1].waits
        part = _read(text[start:end], plain[start:end], named=named, waits=waits, first=not parts)
        if part is None:
            return None
        begins = start if all(_is_outlet(each) for each in parts) else begins
        parts.append(part)
    return _joined(parts, text[begins:].strip())


def _is_outlet(part: _Part) -> bool:
    return {value.field for value in part.values} <= {Field.OUTLET, Field.EMPLOYER} and not part.rest


def _joined(parts: list[_Part], printed: str) -> Meta | None:
    """Return what the parts say together. With a place or a desk in it, a signature says more than names."""
    values = tuple(value for part in parts for value in part.values)
    rest = tuple(word for part in parts for word in part.rest)
    signed = any(value.field in {Field.AUTHOR, Field.CORRESPONDENT} for value in values)
    reports = any(part.reports for part in parts)
    if not reports or parts[-1].waits:
        return None
    if signed:
        return Meta((*values, Value(Field.SIGNATURE, printed)) if any(rest) else values, rest)
    outlets = tuple(value for value in values if value.field is Field.OUTLET)
    staff = " ".join((*rest, *(value.text for value in values if value not in outlets)))
    return Meta((*outlets, Value(Field.SIGNATURE, printed))) if staff and len(outlets) < len(parts) else None


def _pieces(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a signature begin and end."""
    at = 0
    for stroke in (*_STROKES.finditer(plain), None):
        end = stroke.start() if stroke else len(plain)
        if plain[at:end].strip():
            yield at + len(plain[at:end]) - len(plain[at:end].lstrip()), at + len(plain[at:end].rstrip())
        at = stroke.end() if stroke else end


def _read(text: str, plain: str, *, named: bool, waits: bool, first: bool) -> _Part | None:
    titled = _find("titled")(plain)
    if titled:
        return _titled(text, plain, titled)
    reported = _find("reported")(plain)
    if reported or _find("desk")(plain):
        return _reported(text, plain, reported, named=named, first=first)
    names = split_names(text)
    if names and (waits or not named) and all(map(is_person, names)):
        return _Part((Value(Field.AUTHOR, text),), reports=waits)
    if _find("outlet")(plain):
        return _Part((Value(Field.OUTLET, text),))
    return _Part((Value(Field.EMPLOYER, text),)) if first and _find("unknown")(plain) else None


def _titled(text: str, plain: str, titled: re.Match[str]) -> _Part | None:
    """Return 記者林小滿, 渡口報記者林小滿 雲溪報導 or 記者 as what it says."""
    outlet = titled["outlet"] or titled["paper"]
    name = "outlet" if titled["outlet"] else "paper"
    field = Field.OUTLET if titled["outlet"] else Field.EMPLOYER
    values = (Value(field, text[slice(*titled.span(name))].strip()),) if outlet else ()
    rest = plain[titled.end() :]
    if not rest.strip():
        return _Part(values, waits=True)
    signed = names_before_place(text[titled.end() :])
    if not signed:
        return None
    role = Field.CORRESPONDENT if titled["title"].endswith("员") and "特派" not in titled["title"] else Field.AUTHOR
    place = text[titled.end() + len(signed) :].strip()
    return _Part((*values, Value(role, signed.strip())), (place,) if place else (), reports=True)


def _reported(text: str, plain: str, reported: re.Match[str] | None, *, named: bool, first: bool) -> _Part | None:
    """Return 社會中心, 雲溪報導 or 林小滿報導 as what it says; behind a name, what stands there is a place."""
    if not reported or _find("desk")(plain):
        return _Part((), (text,), reports=bool(reported))
    before = plain[: reported.start()]
    if named or not before or (not first and _find("no_name")(before)):
        return _Part((), (text,), reports=True)
    signed = names_before_place(text)
    if signed and (not first or text[len(signed) :][:1].isspace()):
        return _Part((Value(Field.AUTHOR, signed.strip()),), (text[len(signed) :].strip(),), reports=True)
    return None


def names_before_place(text: str) -> str:
    """Return the names that a text begins with, before the place and the word that says that they report, else nothing.

    >>> names_before_place("林小滿雲溪5日電"), names_before_place("林小滿、周遠 報導"), names_before_place("林小滿")
    ('林小滿', '林小滿、周遠', '林小滿')
    """
    plain = fold(text)
    for found in _ends(plain):
        names = re.split(r"[ 、,]+", plain[:found].strip())
        if all(is_person(name) and not _find("no_name")(name) for name in names):
            return text[:found]
    return ""


def _ends(plain: str) -> Iterator[int]:
    """Yield where a row of names may end: before a place and its word, with a last name of three characters first.

    What stands behind a space, and right before the word, is a place: 林小滿 雲溪報導.
    """
    rows = tuple(_ROW.finditer(plain))
    for start, between in (*((row.end(), row[0]) for row in reversed(rows)), (0, "")):
        lengths = (2, 3, 4) if _find("placed")(plain[start + 2 :]) else (3, 4, 2)
        for end in (start + length for length in lengths):
            glued = between.isspace() and end < len(plain) and not plain[end].isspace()
            if _HAN.fullmatch(plain[start:end]) and _find("behind")(plain[end:]) and not glued:
                yield end


def read_korean(text: str) -> Meta | None:
    """Return who signed in Korean: 나루일보 홍길동 기자, [나루=홍길동·김강 기자], with an address behind, else None.

    >>> [value.text for value in read_korean("[나루일보 = 홍길동·김강 기자]").values]
    ['나루일보', '홍길동', '김강']
    """
    text = text.strip()
    match = _find("korean")(fold(text)) if max(text, default="") >= "가" else None
    if not match:
        return None
    names = tuple(re.split(r"\s*[·ㆍ,・]\s*", match["names"]))
    if not all(is_person(name) and not _find("no_korean")(name) for name in names):
        return None
    field = Field.PHOTOGRAPHER if match["rank"] == "사진" else Field.AUTHOR
    before = text[slice(*match.span("before"))].strip()
    works = before and (_find("korean_outlet")(before) or not match["placed"])
    values = tuple(Value(field, name) for name in names)
    rest = tuple(filter(None, ("" if works else before, match["mail"])))
    return Meta((*((Value(Field.EMPLOYER, before),) if works else ()), *values), rest)
