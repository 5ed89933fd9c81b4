"""What is known of single characters: their simplified forms, their readings, and which of them a mirror may write."""

import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

_CORNERS = frozenset("「」『』")


class Characters(Struct, frozen=True):
    """What `scripts/build_model.py` packs: simplified forms and readings by character."""

    simplified: dict[str, str]
    readings: dict[str, list[str]]


@cache
def load_characters() -> Characters:
    """Load the packed tables, once."""
    packed = (Path(__file__).parent / "characters.bin").read_bytes()
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Characters)


@cache
def _folding() -> dict[int, str]:
    return str.maketrans(load_characters().simplified)


@cache
def _simple() -> frozenset[str]:
    return frozenset(load_characters().simplified.values())


def fold(text: str) -> str:
    """Return `text` in simplified characters.

    >>> fold("網業區")
    '网业区'
    """
    return text.translate(_folding())


def readings(character: str) -> list[str]:
    """Return the readings of a character, with tone marks.

    >>> readings("網")
    ['wǎng']
    """
    return load_characters().readings.get(character, [])


@cache
def _by_reading() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for character, sounds in load_characters().readings.items():
        for sound in sounds:
            found.setdefault(sound, []).append(character)
    return {sound: tuple(all_of_it) for sound, all_of_it in found.items()}


def sounding(reading: str) -> tuple[str, ...]:
    """Return the characters of a reading."""
    return _by_reading().get(reading, ())


def is_converted(character: str) -> bool:
    """Tell whether a character is a traditional form that stands for a simplified one."""
    return character in load_characters().simplified


def may_stand(character: str, seen: frozenset[str]) -> bool:
    """Tell whether a mirror's page on which the characters `seen` stand may hold `character`.

    The mirror's table changes simplified characters one by one. So simplified characters with a traditional form are
    gone. A second traditional form of a character that both scripts share, as 傢 for 家, never comes, unless the page
    shows otherwise. Corner marks do not come either: GB/T 15834 has them in vertical text alone.
    """
    if character in seen:
        return True
    if character in _CORNERS:
        return not seen.isdisjoint(_CORNERS)
    simple = load_characters().simplified.get(character, "")
    return not _in_big5(simple) if simple else character not in _simple() or _in_big5(character)


def standing(candidates: Iterable[str | None], seen: frozenset[str]) -> list[str]:
    """Return the candidates that may stand on a mirror's page. Where none may, all of them are returned."""
    known = [character for character in candidates if character]
    return [character for character in known if may_stand(character, seen)] or known


def changed(text: str, seen: frozenset[str]) -> str:
    """Return `text` with the simplified characters changed that a mirror would have changed, as a page writes them."""
    return "".join(_changed(one, seen) for one in text)


@lru_cache(maxsize=8192)
def _changed(character: str, seen: frozenset[str]) -> str:
    if may_stand(character, seen):
        return character
    forms = [form for form in _by_simplified().get(character, ()) if may_stand(form, seen)]
    return next((form for form in forms if form in seen), forms[0] if len(forms) == 1 else character)


@cache
def _by_simplified() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for character, simple in load_characters().simplified.items():
        found.setdefault(simple, []).append(character)
    return {simple: tuple(forms) for simple, forms in found.items()}


@cache
def _in_big5(character: str) -> bool:
    """Tell whether a character is one of the traditional standard set."""
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
