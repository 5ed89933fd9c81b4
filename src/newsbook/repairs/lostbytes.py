"""UTF-8 that was read in a double-byte encoding and lost bytes on the way: 鏄?鐢ㄥ北 was 是用山.

A byte that the wrong encoding has no character for became a question mark or U+FFFD. UTF-8 says of each byte whether
it begins a character or goes on with one, so that all other characters come out whole, and it is known which one a
lost byte belonged to. Most often the byte itself can be told, too. It and the byte behind it were no pair of the wrong
encoding, which leaves a few; the language model chooses among those.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from msgspec import Struct

from newsbook.repairs.context import is_in, looks_like
from newsbook.repairs.languagemodel import general_model

LOST = "\N{REPLACEMENT CHARACTER}"

# Leads of three-byte sequences that text is made of, in the order in which they are tried: marks and kana, Han, Hangul,
# full-width forms. The Unicode Standard, table 3-7.
_LEADS = (0xE3, *range(0xE4, 0xEA), *range(0xEA, 0xEE), 0xEF, 0xE2)
_CONTINUATIONS = range(0x80, 0xC0)

# Blocks.txt of the Unicode Character Database: marks, symbols, kana, Han, Hangul, full-width forms.
_BLOCKS = (("\u2000", "\u2bff"), ("\u3000", "\u30ff"), ("\u3220", "\u9fff"), ("\uac00", "\ud7a3"), ("\uff01", "\uffee"))

# Blocks of what no text is likely to hold where it may hold anything else: squared words, and Han of Extension A.
_RARE = (("\u3300", "\u33ff"), ("\u3400", "\u4dbf"))

# Nats between the best character and the next that make it sure, by trial on text that was damaged so.
_SURE = 8.0
_BEFORE, _BEHIND = 6, 4
_MOST_CANDIDATES = 300


class Slots(Struct, frozen=True):
    """The bytes of one character, None for those that are lost, and the half-open range of what shows them.

    `next` is the byte behind it, None where that is lost or there is none. `fits` is false for bytes that are no UTF-8.
    """

    bytes: tuple[int | None, ...]
    start: int
    end: int
    next: int | None
    fits: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether no byte is lost."""
        return self.fits and None not in self.bytes


class Fragment(Struct, frozen=True):
    """A half-open range of text, what it was, and whether that is sure."""

    start: int
    end: int
    text: str
    sure: bool


def divided(spelt: list[tuple[int | None, int]]) -> list[Slots]:
    """Divide bytes into characters of UTF-8. Each byte comes with the place of what shows it; None is a lost one."""
    found: list[Slots] = []
    at = 0
    while at < len(spelt):
        end, slots = _character(spelt, at)
        behind = spelt[end][0] if end < len(spelt) else None
        fits = slots[0] is None or slots[0] < 0x80 or slots[0] >= 0xC2  # noqa: PLR2004 - table 3-7.
        found.append(Slots(slots, spelt[at][1], spelt[end - 1][1] + 1, behind, fits))
        at = end
    return found


def _character(spelt: list[tuple[int | None, int]], at: int) -> tuple[int, tuple[int | None, ...]]:
    """Return where the character at `at` ends, and its bytes. Continuation bytes that are missing are lost ones."""
    first = spelt[at][0]
    wanted = 2 if first is None else _continuations(first)
    end = at + 1
    while end < len(spelt) and end - at <= wanted and _goes_on(spelt[end][0], first):
        end += 1
    known = tuple(byte for byte, _ in spelt[at:end])
    return end, known + (None,) * (wanted + 1 - len(known))


def _continuations(lead: int) -> int:
    return 0 if lead < 0xC2 else 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3  # noqa: PLR2004 - table 3-7.


def _goes_on(byte: int | None, lead: int | None) -> bool:
    """Tell whether a byte goes on with a character. A lost one behind a lost lead begins another."""
    return lead is not None if byte is None else byte in _CONTINUATIONS


def read(characters: list[Slots], wrong: str) -> list[Fragment]:
    """Return the text of characters of UTF-8 in pieces, each as short as what shows it allows."""
    texts = [bytes(one.bytes).decode("utf-8", "replace") if one.is_whole else "" for one in characters]  # type: ignore[arg-type]
    sure = [bool(text) and LOST not in text for text in texts]
    language = looks_like("".join(texts)) if not all(texts) else ""
    for at, one in enumerate(characters):
        if not texts[at]:
            texts[at], sure[at] = _filled(one, _before(texts, at), _known(texts, at), wrong, language)
    return list(_pieces(characters, texts, sure))


def _before(texts: list[str], at: int) -> str:
    """Return the text in front of a place, as far back as it tells anything."""
    return "".join(texts[max(0, at - 2 * _BEFORE) : at])[-_BEFORE:]


def _known(texts: list[str], at: int) -> str:
    """Return what is known of the text behind a place, up to the next one that is not."""
    behind = texts[at + 1 : at + 1 + _BEHIND]
    return "".join(behind[: behind.index("")] if "" in behind else behind)


def _filled(one: Slots, before: str, behind: str, wrong: str, language: str) -> tuple[str, bool]:
    """Return the likeliest character for bytes of which some are lost, and whether it is sure."""
    candidates = _candidates(one.bytes, one.next, wrong) if one.fits else ()
    if not candidates or len(candidates) > _MOST_CANDIDATES:
        return LOST, False
    if any("\uac00" <= candidate <= "\ud7a3" for candidate in candidates):
        return min(candidates, key=_how_rare), len(candidates) == 1
    context = before.replace(LOST, "")
    candidates = _of_script(candidates, language)
    ranked = sorted(((general_model().score(context + one + behind), one) for one in candidates), reverse=True)
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else _SURE
    return ranked[0][1], margin >= _SURE


def _of_script(candidates: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the candidates of a text's script. Where that is unknown, and no other is left, they are all returned."""
    standard = {"zh-Hans": "gb2312", "zh-Hant": "big5"}.get(language)
    return tuple(one for one in candidates if is_in(one, standard)) or candidates if standard else candidates


def _how_rare(syllable: str) -> int:
    """Return how many bytes EUC-KR needs for a syllable: two for the common ones (KS X 1001, annex 3)."""
    return len(syllable.encode("euc_kr", "replace"))


@lru_cache(maxsize=4096)
def _candidates(slots: tuple[int | None, ...], behind: int | None, wrong: str) -> tuple[str, ...]:
    """Return the characters that lost bytes may be part of: text, of bytes that the wrong encoding could not read."""
    lost = [place for place, byte in enumerate(slots) if byte is None]
    choices = [_LEADS if place == 0 else _CONTINUATIONS for place in lost]
    if len(lost) > 2 or len(slots) != 3:  # noqa: PLR2004 - more than that is anything.
        return ()
    found: list[str] = []
    for bytes_ in product(*choices):
        filled = list(slots)
        for place, byte in zip(lost, bytes_, strict=True):
            filled[place] = byte
        pairs = ((filled[place], filled[place + 1] if place < len(slots) - 1 else behind) for place in lost)
        character = bytes(byte or 0 for byte in filled).decode("utf-8", "ignore")
        if _is_text(character) and not any(_is_read(byte, next_one, wrong) for byte, next_one in pairs):
            found.append(character)
    return tuple(one for one in found if not _is_of(one, _RARE)) or tuple(found)


def _is_text(character: str) -> bool:
    """Tell whether a character is one of the blocks that East Asian text is made of."""
    return bool(character) and _is_of(character, _BLOCKS)


def _is_of(character: str, blocks: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= character <= last for first, last in blocks)


@lru_cache(maxsize=8192)
def _is_read(byte: int | None, behind: int | None, encoding: str) -> bool:
    """Tell whether an encoding has a character for a byte, alone or with the one behind it: then it was not lost."""
    if byte is None:
        return False
    pair = () if behind is None else ((byte, behind),)
    return any(_decodes(bytes(one), encoding) for one in ((byte,), *pair))


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        return len(raw.decode(encoding)) == 1
    except UnicodeDecodeError:
        return False


def _pieces(characters: list[Slots], texts: list[str], sure: list[bool]) -> Iterator[Fragment]:
    """Put characters together where one thing shows parts of both, and neighbours that are equally sure."""
    begun: Fragment | None = None
    for one, text, is_sure in zip(characters, texts, sure, strict=True):
        if begun is None:
            begun = Fragment(one.start, one.end, text, is_sure)
        elif one.start < begun.end:
            begun = Fragment(begun.start, max(begun.end, one.end), begun.text + text, begun.sure and is_sure)
        else:
            yield begun
            begun = Fragment(one.start, one.end, text, is_sure)
    if begun is not None:
        yield begun
