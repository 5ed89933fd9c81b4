"""Private-use characters of old Chinese encodings, for which Unicode has had other characters for long.

GBK and GB 18030-2000 put a hundred characters there, and Windows mapped the user-defined rows of Big5, where Hong Kong
keeps its supplement, there too. Icon fonts keep their glyphs in the same area, so that a character is only mended
between Han characters and marks. Others that stand there are doubtful, for a font of the page's own may have been what
showed them; what stands elsewhere is reported as unknown.
"""

import re
from collections.abc import Iterator

from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

KIND = "private-use-character"

SUSPECT = "[\ue000-\uf8ff\U000f0000-\U0010ffff]"

_TEXT = "\u3000-\u303f\u3400-\u9fff\uff01-\uffee\U00020000-\U0003ffff“”‘’…—"
_BETWEEN = re.compile(rf"(?:^|(?<=[{_TEXT}]))[\ue000-\uf8ff](?=$|[{_TEXT}])")

# What stands behind a question mark with nothing narrow but marks in between may be left of a slipped run.
_SLIPPED = re.compile(r"\?[^\x00-\x20\x22-\x2b\x2d-\x39\x3c-\x7f]*\Z")
_RUN = re.compile(rf"(?<=[{_TEXT}])[\ue000-\uf8ff]+(?=[{_TEXT}])")

# GBK's A3 A0, a full-width space: https://encoding.spec.whatwg.org/#gb18030-decoder
_SPACES = re.compile(rf"(?:^|(?<=[{_TEXT}]))\ue5e5+(?=$|[{_TEXT}])")
_SPACE = "\N{IDEOGRAPHIC SPACE}"
_SPACE_OF_GBK = "\ue5e5"

# GB 18030-2005 and -2022, annex on changed mappings: what the tables of 2000, which codecs keep to, still put there.
_CHANGED = {
    "\ue76c": "€", "\ue7c7": "ḿ", "\ue7c8": "ǹ", "\ue78d": "︐", "\ue78e": "︒", "\ue78f": "︑", "\ue790": "︓",
    "\ue791": "︔", "\ue792": "︕", "\ue793": "︖", "\ue794": "︗", "\ue795": "︘", "\ue796": "︙",
    "\ue816": "𠂇", "\ue817": "𠂉", "\ue818": "𠃌", "\ue81e": "龴", "\ue826": "龵", "\ue82b": "龶", "\ue82c": "龷",
    "\ue831": "𡗗", "\ue832": "龸", "\ue83b": "𢦏", "\ue843": "龹", "\ue854": "龺", "\ue855": "𤇾", "\ue864": "龻",
}  # fmt: skip

# GBK's rows FE 50 to FE A0, in the order of its private-use mapping.
_GBK_FIRST, _GBK_LAST = 0xE815, 0xE864
_GBK_TRAILS = (*range(0x50, 0x7F), *range(0x80, 0xA1))

# Windows code page 950, end-user-defined characters: where a block begins in Unicode and in Big5.
_BIG5 = ((0xE000, 0xFA), (0xE311, 0x8E), (0xEEB8, 0x81))
_BIG5_END = 0xF6B1
_BIG5_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield the edits that put Unicode's own characters for private-use ones of Chinese encodings."""
    if context.mirrored or not context.language.startswith("zh"):
        return
    spaces = [match for match in _SPACES.finditer(text) if len(match[0]) > 1 or match.start()]
    yield from (Edit(match.start(), match.end(), _SPACE * len(match[0]), KIND) for match in spaces)
    for match in _BETWEEN.finditer(text):
        if not _SLIPPED.search(text, 0, match.start()) and not any(
            space.start() <= match.start() < space.end() for space in spaces
        ):
            yield from _known(match, context.language)
    for match in _RUN.finditer(text):
        if _SPACE_OF_GBK not in match[0] and (len(match[0]) > 1 or not _is_known(match[0], context.language)):
            yield Edit(match.start(), match.end(), "", KIND, 0.5, doubtful=True)


def _is_known(character: str, language: str) -> bool:
    return bool(_gbk(character) or (language.startswith("zh-Hant") and _hkscs(character)))


def _known(match: re.Match[str], language: str) -> Iterator[Edit]:
    """Yield the edit for one character. On a traditional page it is doubtful where both encodings have it."""
    mainland, hong_kong = _gbk(match[0]), _hkscs(match[0])
    character = hong_kong if language.startswith("zh-Hant") and hong_kong else mainland
    if character:
        unsure = character == hong_kong and mainland is not None
        yield Edit(match.start(), match.end(), character, KIND, 0.5 if unsure else 0.95, doubtful=unsure)


def _gbk(character: str) -> str | None:
    """Return what GB 18030 has for a private-use character, or None.

    >>> _gbk(chr(0xE81A)), _gbk(chr(0xE826)), _gbk(chr(0xE000))
    ('㑳', '龵', None)
    """
    code = ord(character)
    if character in _CHANGED:
        return _CHANGED[character]
    if not _GBK_FIRST <= code <= _GBK_LAST:
        return None
    return bytes((0xFE, _GBK_TRAILS[code - _GBK_FIRST])).decode("gb18030")


def _hkscs(character: str) -> str | None:
    """Return what the Hong Kong Supplementary Character Set has for a private-use character, or None.

    >>> _hkscs(chr(0xE000))
    '𠕇'
    """
    code = ord(character)
    if code >= _BIG5_END:
        return None
    first, lead = max(block for block in _BIG5 if block[0] <= code)
    row, cell = divmod(code - first, len(_BIG5_TRAILS))
    try:
        found = bytes((lead + row, _BIG5_TRAILS[cell])).decode("big5hkscs")
    except UnicodeDecodeError:
        return None
    return found if len(found) == 1 and found > "\u33ff" and found != character else None
