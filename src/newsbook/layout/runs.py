"""Runs of a text that an e-book marks: words in another language, and short figures that stand upright in a column."""

import re
from collections.abc import Callable

from msgspec import Struct

# Unicode Scripts.txt: what is written in kana is Japanese, what is written in Hangul Korean.
_KANA = r"[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff]+"
_HANGUL = r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+(?: [\uac00-\ud7a3]+)*"

# JLREQ §3.2.5, “Tate-chu-yoko”: figures of two digits; of marks, a pair.
_FIGURE = r"(?<![0-9A-Za-z.,:/-])[0-9]{1,2}(?![0-9A-Za-z.,:/%-])|[!?]{2}"


class Run(Struct, frozen=True):
    """Part of a text; `language` is empty where it is the text's own."""

    text: str
    language: str = ""
    is_upright: bool = False


Runs = Callable[[str], tuple[Run, ...]]


def runner(language: str, *, is_vertical: bool) -> Runs:
    """Return the function that divides a text in `language` into runs.

    >>> [run.text for run in runner("zh-Hant", is_vertical=True)("5月12日讀「ひかり」")]
    ['5', '月', '12', '日讀「', 'ひかり', '」']
    """
    own = language.split("-", maxsplit=1)[0]
    kinds = [f"(?P<{tag}>{script})" for tag, script in (("ja", _KANA), ("ko", _HANGUL)) if tag != own]
    kinds += [f"(?P<upright>{_FIGURE})"] if is_vertical else []
    special = re.compile("|".join(kinds))

    def runs(text: str) -> tuple[Run, ...]:
        found: list[Run] = []
        at = 0
        for match in special.finditer(text):
            found += [Run(text[at : match.start()])] if match.start() > at else []
            kind = match.lastgroup or ""
            found.append(Run(match[0], "" if kind == "upright" else kind, kind == "upright"))
            at = match.end()
        return (*found, Run(text[at:])) if text[at:] or not found else tuple(found)

    return runs


def whole(text: str) -> tuple[Run, ...]:
    """Return a text as the one run that it is in print, where the engine tells languages and figures by itself."""
    return (Run(text),)
