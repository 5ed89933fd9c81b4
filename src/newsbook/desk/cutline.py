"""Tell captions by what stands at their end, and take caption and credit apart: 渡口晨景。渡口社區供圖 渡口報發."""

import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from newsbook.desk.names import is_person, split_names
from newsbook.desk.rules import finder, finders
from newsbook.model import Credit, Role
from newsbook.script import fold


class Cutline(Struct, frozen=True):
    """Where in a text the credit begins, and whom it names. `credit_start` is the text's length where it has none."""

    credit_start: int
    credits: tuple[Credit, ...] = ()


_find = partial(finder, "cutline")
_LONGEST_CREDIT = 48
_BOUNDARY = re.compile(
    r"(?<=[。!?…”」』])|(?<=다\.)|\s+|(?=[(\[])|(?<=[)\]])(?=\S)|(?<=日[、,])|(?<=[市町村区県][、,])|(?==)"
)
# 中央社 gives the day behind the credit: …攝 111年5月6日.
_UNDATED = re.compile(r"(?<=[摄图]) +(?:民国)?\d{2,4}年\d{1,2}月\d{1,2}日$")
# The credit is that of the pictures below as well.
_DITTO = re.compile(r",\s*(?:下同|以下皆同|以下同|均同)$")
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]{1,46}(?:\([^()]{1,20}\)[^()\[\]]{0,6})?)[)\]]")
_JOINTS = re.compile(r"\s+|(?<=[)\]])|(?=[(\[])|(?<=摄)[ ,]|(?<=供图)[ ,、]|,")


def read_cutline(text: str) -> Cutline | None:
    """Return where the credit at the end of `text` begins and whom it names, or None where there is no credit.

    >>> read_cutline("渡口晨景。渡口社區供圖 渡口報發").credit_start
    5
    """
    plain = fold(text)
    body = _UNDATED.sub("", plain.rstrip(" 。"))
    for start in _starts(body):
        found = _credits(body[start:].strip(), text[start : len(body)].strip())
        if found is not None:
            return Cutline(start, found)
    return None


def _starts(plain: str) -> Iterator[int]:
    """Yield the places where a credit may begin, the farthest from the end first."""
    first = max(0, len(plain) - _LONGEST_CREDIT - 1)
    yield from (
        place
        for place in dict.fromkeys((0, *(match.end() for match in _BOUNDARY.finditer(plain, first))))
        if 0 < len(plain) - place <= _LONGEST_CREDIT
    )


def _credits(plain: str, text: str) -> tuple[Credit, ...] | None:
    """Return whom the credit `plain` names, or None where it is no credit."""
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed:
        inside = _DITTO.sub("", bracketed["inside"].strip())
        return _credits(inside, text[1:-1].strip()[: len(inside)])
    if _find("prose")(plain):
        return None
    whole = _one(plain, text)
    if whole is not None:
        return whole
    return _several(plain, text)


def _several(plain: str, text: str) -> tuple[Credit, ...] | None:
    """Read a row of credits, splitting it in two at each joint: 資料圖 中新社記者 林小滿 攝."""
    for joint in _JOINTS.finditer(plain):
        if not joint.start() or joint.end() >= len(plain):
            continue
        first = _one_bracketed(plain[: joint.start()], text[: joint.start()])
        rest = _credits(plain[joint.end() :], text[joint.end() :]) if first is not None else None
        if first is not None and rest is not None:
            return first + rest
    return None


def _one_bracketed(plain: str, text: str) -> tuple[Credit, ...] | None:
    bracketed = _BRACKETED.fullmatch(plain)
    return _one(bracketed["inside"], text[1:-1]) if bracketed else _one(plain, text)


def _one(plain: str, text: str) -> tuple[Credit, ...] | None:
    for role, find in finders("cutline", "credit"):
        match = find(plain)
        if not match:
            continue
        if not role:
            return ()
        said = text[match.start("w") : match.end("w")].strip() if match["w"] else ""
        credited = _named(Role(role), said, reporter=bool(_find("reporting")(plain)))
        if credited is not None:
            return credited
    return None


def _named(role: Role, said: str, *, reporter: bool) -> tuple[Credit, ...] | None:
    """Return the credits for `said`. A photographer must have a name, or 記者 before it; 本報記者 names nobody."""
    is_nobody = _find("nobody")
    if role is Role.SUPPLIER and " " in said and is_nobody(fold(said).split()[-1]):
        return None
    if role is Role.SUPPLIER:
        return (Credit(role, said),) if said and not is_nobody(fold(said)) else ()
    said_names = split_names(said)
    names = [name for name in said_names if not is_nobody(fold(name))]
    if said_names and not names:
        return ()
    is_led = reporter and len(names) == len(said_names)
    if not names or not (is_led or all(is_person(name) for name in names)):
        return None
    return tuple(Credit(role, name) for name in names)
