"""Pack the words whose traditional form a conversion may get wrong: words of two characters, as OpenCC writes them.

The words are the lexicon's (repairs/PROVENANCE.md); their forms are those of OpenCC's dictionaries (Apache-2.0), which
it chooses by phrases. Run from the root of the repository: python scripts/build_variants.py
"""

import lzma
from pathlib import Path

from opencc import OpenCC

from newsbook.repairs.lexicon import load_lexicon
from newsbook.repairs.overconversion import OFTEN, PAIRS

_FEWEST, _OFTEN_SHARE = 3e-8, 1e-7

# Beside these, any character makes what looks like a word.
_PARTICLES = frozenset("不了的得過完着是在有")
_FOLDER = Path("src/newsbook/repairs")


def main() -> None:
    """Write src/newsbook/repairs/variants.xz."""
    lexicon = load_lexicon()
    forms = frozenset("".join(PAIRS))
    words: set[str] = set()
    for configuration in ("s2t", "s2tw", "s2hk"):
        converter = OpenCC(configuration)
        for word in lexicon.words():
            converted = converter.convert(word)
            if len(word) == 2 and lexicon.share(word) > _FEWEST and forms & set(converted):  # noqa: PLR2004
                tells = lexicon.share(word) > _OFTEN_SHARE and _PARTICLES.isdisjoint(converted)
                words.add(converted + OFTEN * tells)
    raw = "\n".join(sorted(words)).encode()
    (_FOLDER / "variants.xz").write_bytes(lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
