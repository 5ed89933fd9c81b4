"""Letters and symbols strewn between characters to foil copying: 的Wq5b祝南枝守了水车rT8y二十六年, 祝南🅖🆪枝.

Two in a line that differ are no slip. Names such as iPhone6s hold a word, and emoji of a writer stand at the ends of
clauses. Marked, and never taken out.
"""

import re
from collections.abc import Iterator, Sequence

from newsbook.repairs.context import PageContext
from newsbook.repairs.edits import Edit

KIND = "noise"

_HAN = "\u3400-\u9fff"
_LETTERS = re.compile(f"(?<=[{_HAN}，])[A-Za-z0-9]{{3,8}}(?=[{_HAN}])")
_MIXED = re.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?!.*[A-Za-z]{4})(?!i[A-Z])")
_NO_VOWEL = re.compile("(?=[b-df-hj-np-tv-z]{4,}$)(?!http|html|xhtml|xml)")
_ONE_SYMBOL = "[\u2460-\u24ff\u2600-\u27bf\U0001f000-\U0001faff]"
_SYMBOLS = re.compile(f"(?<=[{_HAN}，])(?:{_ONE_SYMBOL}[\ufe0f\u200d]*)+(?=[{_HAN}])")

SIGNS = (
    ("[0-9]", "[a-z][0-9][A-Za-z]|[A-Z][0-9][a-z]|[a-z][A-Z][0-9]|[A-Z][a-z][0-9]"),
    ("[bcdfghjklmnpqrstvwxz]", f"[b-df-hj-np-tv-z]{{4}}(?=[{_HAN}])"),
    (_ONE_SYMBOL, f"{_ONE_SYMBOL}[\ufe0f\u200d]*(?=[{_HAN}])"),
)

_FEWEST = 2


def find(texts: Sequence[str], context: PageContext) -> Iterator[tuple[int, Edit]]:
    """Yield doubtful edits for what seems to be strewn in, with their lines."""
    if not context.language.startswith("zh"):
        return
    for number, text in enumerate(texts):
        letters = [match for match in _LETTERS.finditer(text) if _MIXED.match(match[0]) or _NO_VOWEL.match(match[0])]
        symbols = list(_SYMBOLS.finditer(text))
        for found in (letters, symbols):
            if len({match[0] for match in found}) >= _FEWEST:
                yield from ((number, Edit(*match.span(), "", KIND, 0.5, doubtful=True)) for match in found)
