"""Convert text from one script to another with OpenCC, phrase by phrase: 头发 becomes 頭髮, and 发展 becomes 發展.

Characters are converted, never vocabulary: 软件 becomes 軟件 and not 軟體, for what people said is not newsbook's to
change.
"""

import re
from functools import cache

from newsbook.conversion.scripts import Target

# OpenCC's configurations, https://github.com/BYVoid/OpenCC#configurations. Where only zh-Hant is known, its
# characters are taken for those of Taiwan, as CLDR's likely subtags do.
_TO_SIMPLIFIED = {Target.HANT: "tw2s", Target.HANT_TW: "tw2s", Target.HANT_HK: "hk2s"}
_FROM_SIMPLIFIED = {Target.HANT: "s2tw", Target.HANT_TW: "s2tw", Target.HANT_HK: "s2hk"}
_BETWEEN = {
    (Target.HANT, Target.HANT_TW): ("t2tw",),
    (Target.HANT, Target.HANT_HK): ("tw2t", "t2hk"),
    (Target.HANT_TW, Target.HANT_HK): ("tw2t", "t2hk"),
    (Target.HANT_HK, Target.HANT_TW): ("hk2t", "t2tw"),
}

# A mirror's table is one-to-one, so that the plain way back undoes it. The particle 着 is put back by the repairs.
MIRRORED = "t2s"

# Where 著 means to write, it is no particle: OpenCC knows 著名 and 原著, and not what somebody wrote.
_WRITTEN = re.compile("(?<=[所編编合撰自譯译])著")


def chain(source: Target, target: Target) -> tuple[str, ...]:
    """Return the configurations that lead from one script to another. There is none where the scripts are the same.

    >>> chain(Target.HANS, Target.HANT_HK), chain(Target.HANT_TW, Target.HANT_HK)
    (('s2hk',), ('tw2t', 't2hk'))
    """
    if source.is_simplified:
        return () if target.is_simplified else (_FROM_SIMPLIFIED[target],)
    return (_TO_SIMPLIFIED[source],) if target.is_simplified else _BETWEEN.get((source, target), ())


def converted(text: str, configurations: tuple[str, ...]) -> str:
    """Return `text` sent through OpenCC's configurations, one after the other."""
    result = text
    for name in configurations:
        result = _converter(name).convert(result)
    if len(result) != len(text):
        return result
    written = {match.start() for match in _WRITTEN.finditer(text)}
    return "".join("著" if at in written else character for at, character in enumerate(result))


def patched(text: str, configurations: tuple[str, ...], standard: str) -> str:
    """Return `text` with only those characters converted that the character set `standard` does not have.

    So a text that is mostly in the right script is mended. 后 and 里, which are good in both, stay.
    """
    result = converted(text, configurations)
    if len(result) != len(text):
        return text
    return "".join(old if _is_in(old, standard) else new for old, new in zip(text, result, strict=True))


@cache
def _is_in(character: str, standard: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


class _Converter:
    """OpenCC's converter, with a type."""

    def __init__(self, name: str) -> None:
        from opencc import OpenCC

        self._engine = OpenCC(name)

    def convert(self, text: str) -> str:
        return str(self._engine.convert(text))


@cache
def _converter(name: str) -> _Converter:
    return _Converter(name)
