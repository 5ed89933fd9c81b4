"""Word by word: what two texts have in common, and what is in one of them only."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from rapidfuzz.distance import Indel

from newsbook.desk.lines import sentences
from newsbook.repairs.lexicon import load_lexicon
from newsbook.script import fold

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々"
_TOKEN = re.compile(
    rf"[{_HAN}]+|[\u30a1-\u30faー]+|[\u3041-\u3096]|[가-힣]+|[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*"
    r"|\d+(?:[.,:]\d+)*[%％]?|\s+|.",
    re.DOTALL,
)
_RUN = re.compile(f"[{_HAN}]+")
_LONGEST_WORD = 4

# Two runs of tokens longer than this together are not laid side by side, which takes the product of their lengths.
_MOST_TOGETHER = 40_000

# What is the same between two changes is told as changed with them, where it is no longer than this and no word.
_ISLAND = 1


class StrandKind(StrEnum):
    """Whether a strand of text stands in both, or in the old or the new one only."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


class Strand(Struct, frozen=True):
    """A strand of two texts laid side by side."""

    kind: StrandKind
    text: str


def compared(old: str, new: str) -> tuple[Strand, ...]:
    """Return two texts laid side by side, word by word.

    >>> [(strand.kind.value, strand.text) for strand in compared("碼頭有二十盞燈。", "碼頭有三十盞燈。")]
    [('same', '碼頭有'), ('old', '二十'), ('new', '三十'), ('same', '盞燈。')]
    """
    if old == new:
        return (Strand(StrandKind.SAME, old),) if old else ()
    strands: list[Strand] = []
    first, second = _sentences(old), _sentences(new)
    for kind, left, right in aligned(first, second):
        if kind is StrandKind.SAME:
            strands.append(Strand(kind, "".join(left)))
        else:
            strands += _by_words("".join(left), "".join(right))
    return tuple(_joined(_without_islands(list(_joined(strands)))))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(fold(text))] or [text]


def _by_words(old: str, new: str) -> Iterator[Strand]:
    first, second = words_of(old), words_of(new)
    for kind, left, right in aligned(first, second):
        if kind is StrandKind.SAME:
            yield Strand(kind, "".join(left))
            continue
        yield from _replaced("".join(left), "".join(right))


def _replaced(old: str, new: str) -> Iterator[Strand]:
    """Yield what stands in the place of what; where one of the two is a part of the other, only what it has more."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    if not (old and new) or min(len(old), len(new)) > start + end:
        start = end = 0
    parts = (
        (StrandKind.SAME, old[:start]),
        (StrandKind.OLD, old[start : len(old) - end]),
        (StrandKind.NEW, new[start : len(new) - end]),
        (StrandKind.SAME, old[len(old) - end :]),
    )
    yield from (Strand(kind, text) for kind, text in parts if text)


def aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[StrandKind, Sequence[str], Sequence[str]]]:
    """Yield the runs of two sequences in their order: those that are the same, and those that are not.

    It is the longest common subsequence that is the same; of runs that are too long for that, nothing.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    if start:
        yield StrandKind.SAME, old[:start], new[:start]
    first, second = old[start : len(old) - end], new[start : len(new) - end]
    if first and second and len(first) + len(second) <= _MOST_TOGETHER:
        yield from _runs(first, second)
    elif first or second:
        yield StrandKind.OLD, first, second
    if end:
        yield StrandKind.SAME, old[len(old) - end :], new[len(new) - end :]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[StrandKind, Sequence[str], Sequence[str]]]:
    """Yield runs, what is deleted joined with what is put in beside it."""
    left: list[str] = []
    right: list[str] = []
    for operation in Indel.opcodes(old, new):
        if operation.tag == "equal":
            if left or right:
                yield StrandKind.OLD, left, right
            left, right = [], []
            yield (
                StrandKind.SAME,
                old[operation.src_start : operation.src_end],
                new[operation.dest_start : operation.dest_end],
            )
        else:
            left += old[operation.src_start : operation.src_end]
            right += new[operation.dest_start : operation.dest_end]
    if left or right:
        yield StrandKind.OLD, left, right


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many members two sequences begin with in common."""
    for number, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return number
    return min(len(old), len(new))


def words_of(text: str) -> list[str]:
    """Return the words, numbers, marks and blanks of a text, in order; Chinese is divided by the lexicon.

    >>> words_of("渡口小學有35人。")
    ['渡口', '小學', '有', '35', '人', '。']
    """
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        words += _divided(match[0]) if _RUN.fullmatch(match[0]) else (match[0],)
    return words


def _divided(run: str) -> Iterator[str]:
    """Yield the words of a run of Han, from the left the longest that the lexicon has."""
    plain = fold(run)
    share = load_lexicon().share
    at = 0
    while at < len(run):
        length = next((n for n in range(_LONGEST_WORD, 1, -1) if at + n <= len(run) and share(plain[at : at + n])), 1)
        yield run[at : at + length]
        at += length


def _without_islands(strands: list[Strand]) -> Iterator[Strand]:
    """Yield strands with single characters between two changes told as changed, which reads better."""
    for number, strand in enumerate(strands):
        amid = 0 < number < len(strands) - 1
        if amid and strand.kind is StrandKind.SAME and len(strand.text) <= _ISLAND and _is_replaced(strands, number):
            yield Strand(StrandKind.OLD, strand.text)
            yield Strand(StrandKind.NEW, strand.text)
        else:
            yield strand


def _is_replaced(strands: list[Strand], number: int) -> bool:
    """Tell whether on both sides of a strand something was put in the place of something else."""
    before = {strand.kind for strand in strands[max(0, number - 2) : number]}
    behind = {strand.kind for strand in strands[number + 1 : number + 3]}
    both = {StrandKind.OLD, StrandKind.NEW}
    return both <= before and both <= behind and strands[number].text.isalpha()


def _joined(strands: list[Strand] | Iterator[Strand]) -> Iterator[Strand]:
    """Yield strands with neighbours of a kind joined, and between two that are the same the old before the new."""
    texts = dict.fromkeys(StrandKind, "")
    for strand in strands:
        if (strand.kind is StrandKind.SAME and (texts[StrandKind.OLD] or texts[StrandKind.NEW])) or (
            strand.kind is not StrandKind.SAME and texts[StrandKind.SAME]
        ):
            yield from _flushed(texts)
        texts[strand.kind] += strand.text
    yield from _flushed(texts)


def _flushed(texts: dict[StrandKind, str]) -> Iterator[Strand]:
    for kind in StrandKind:
        if texts[kind]:
            yield Strand(kind, texts[kind])
        texts[kind] = ""
