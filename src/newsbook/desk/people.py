"""Take the names of people out of what is printed of them: without their titles, and the posts that they hold."""

import re
from collections.abc import Iterator
from functools import partial

from newsbook.desk.names import is_person, split_names
from newsbook.desk.rules import finder, words
from newsbook.script import fold

_find = partial(finder, "people")
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]?")
_HANGUL_DOT = re.compile(r"(?<=[가-힣])\s*[·ㆍ・]\s*(?=[가-힣])")
# The names of three characters are the commonest; four are those of a surname of two.
_LENGTHS = (3, 2)
_IS = frozenset("系为是任")


def people(printed: str) -> tuple[str, ...]:
    """Return the names of people in `printed`, in order, without titles and posts. What may be a pen name is kept.

    >>> people("本報記者張三、李四（渡口大學歷史系教授）"), people("張三系渡口大學教授"), people("渡口大學教授")
    (('張三', '李四'), ('張三',), ())
    """
    found: list[str] = []
    alone = False
    for part in _parts(printed):
        behind = alone and _find("post")(fold(part.strip())) and not _find("post_before")(fold(part.strip()))
        found += () if behind else _named(part)
        alone = alone or is_person(part.strip())
    return tuple(dict.fromkeys(found))


def _parts(printed: str) -> Iterator[str]:
    """Yield what stands between the marks of a list, without what is said of somebody in brackets."""
    outside = _HANGUL_DOT.sub("、", printed)
    for match in reversed(tuple(_BRACKETED.finditer(fold(outside)))):
        said = match[0].strip("()[]【】")
        behind = "、" if match.start() and _find("title")(said + "某某") is None and is_person(said) else " "
        outside = f"{outside[: match.start()]}{behind}{outside[match.end() :]}"
    yield from re.split(r"[、，,;；/／╱|｜&＆]", outside)


def _named(part: str) -> Iterator[str]:
    """Yield the names in one part of a list."""
    kept = _untitled(part.strip())
    names = split_names(kept)
    if len(names) > 1 and any(map(is_person, names)):
        names = tuple(name for name in names if is_person(name) or not _find("post")(fold(name)))
    for name in names:
        told = _untitled(name)
        yield from (each for each in (_without_post(told),) if each)


def _untitled(text: str) -> str:
    """Return a text without the title before or behind the name in it: 本報記者, 기자."""
    plain = fold(text)
    before = _find("title")(plain)
    start = before.end() if before else 0
    behind = _find("title_behind")(plain[start:])
    return text[start : start + behind.start() if behind else len(text)].strip()


def _without_post(name: str) -> str:
    """Return the name in 張三渡口大學教授 or 渡口大學教授張三; nothing where there is but a post."""
    plain = fold(name)
    if is_person(name):
        return name
    if not _find("post")(plain):
        held = _find("post_before")(plain)
        last = name[held.end("post") :] if held else ""
        return last if is_person(last) else name
    if not _find("held")(plain):
        return ""
    double = plain[:2] in words("names", "compound_surnames")
    lengths = (4, *_LENGTHS) if double else (2,) if _find("seat")(plain[2:]) else _LENGTHS
    told = (name[:length] for length in lengths if plain[length - 1] not in _IS)
    return next(filter(is_person, told), "")
