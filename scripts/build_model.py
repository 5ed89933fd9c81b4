"""Build the repair model, `src/newsbook/repairs/model.xz`, from named and licensed sources.

usage: python scripts/build_model.py        needs: pip install jieba opencc pypinyin

Words and their counts are jieba's dict.txt (MIT); readings are pypinyin's (MIT); which character is a traditional form
is OpenCC's (Apache-2.0). The result is the same whenever it is built from the same versions.
"""

import lzma
from importlib.metadata import version
from pathlib import Path

import jieba
import msgspec
import opencc
from pypinyin import Style, pinyin

TARGET = Path(__file__).parent.parent / "src" / "newsbook" / "repairs" / "model.xz"
LONGEST_WORD = 5
FEWEST = 3


def gbk_han() -> tuple[str, ...]:
    """Return every Han character that GBK encodes, in the order of its bytes."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF) if trail != 0x7F)  # noqa: PLR2004
    decoded = (pair.decode("gbk", "ignore") for pair in pairs)
    return tuple(character for character in decoded if "\u4e00" <= character <= "\u9fff")


def simplified(characters: tuple[str, ...]) -> dict[str, str]:
    """Return the simplified form of every traditional character."""
    converter = opencc.OpenCC("t2s")
    pairs = ((character, converter.convert(character)) for character in characters)
    return {traditional: simple for traditional, simple in pairs if simple != traditional}


def readings(characters: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the readings of every character, as they are written with tone marks."""
    return {c: sorted(set(pinyin(c, style=Style.TONE, heteronym=True)[0]) - {c}) for c in characters}


def words() -> dict[str, int]:
    """Return jieba's words with their counts: those of Han characters only that are short and not too rare."""
    with jieba.get_dict_file() as file:
        rows = [line.decode("utf-8").split() for line in file]
    counted = ((row[0], int(row[1])) for row in rows)
    return {
        word: count
        for word, count in sorted(counted)
        if len(word) <= LONGEST_WORD and (count >= FEWEST or len(word) == 1) and _is_han(word)
    }


def _is_han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def main() -> None:
    """Build the model and say how large it is."""
    characters = gbk_han()
    counts, forms, sounds = words(), simplified(characters), readings(characters)
    model = {"words": counts, "simplified": forms, "readings": sounds}
    packed = lzma.compress(msgspec.msgpack.encode(model), preset=9 | lzma.PRESET_EXTREME)
    TARGET.write_bytes(packed)
    versions = ", ".join(f"{name} {version(name)}" for name in ("jieba", "opencc", "pypinyin"))
    sizes = f"{len(counts):,} words, {len(forms):,} simplified, {len(sounds):,} readings"
    print(f"{TARGET.name}: {len(packed):,} bytes; {sizes}; from {versions}")


if __name__ == "__main__":
    main()
