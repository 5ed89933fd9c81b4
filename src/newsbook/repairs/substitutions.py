"""Characters that a mirror wrote for others, one for one: half-width marks for full-width ones, and 著 for 着.

They are put back only on pages that show that a mirror was at work. 著 stays where it means to write, or stands in a
word such as 著名 or 顯著. The lexicon tells, which has all of them but names and titles.
"""

import re
from collections.abc import Iterator

from newsbook.cjk import widened
from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import LanguageModel

MARK_KIND = "half-width-mark"
VARIANT_KIND = "converted-variant"

_CONVERTED, _ORIGINAL = "著", "着"
_WRITTEN = re.compile("[所編编合撰自譯译]著")
_CONTEXT = 6

# The particle is thirty times as common, but not every verb is known together with it. A word with 著 in it loses more
# than this by the particle, by trial on some fifty of them.
_LEAST_GAIN = -1.0


def find(text: str, model: LanguageModel) -> Iterator[Edit]:
    """Yield the edits that put back what was substituted in a line, marks first."""
    yield from _full_width_marks(text)
    yield from _particles(text, model)


def _full_width_marks(text: str) -> Iterator[Edit]:
    """Yield the edits that make the folded marks of a line full-width."""
    for at, (old, new) in enumerate(zip(text, widened(text), strict=True)):
        if old != new:
            yield Edit(at, at + 1, new, MARK_KIND)


def _particles(text: str, model: LanguageModel) -> Iterator[Edit]:
    """Yield the edits that put the particle 着 back into a line."""
    written = {match.end() - 1 for match in _WRITTEN.finditer(text)}
    for match in re.finditer(_CONVERTED, text):
        at = match.start()
        left, right = text[max(0, at - _CONTEXT) : at], text[at + 1 : at + 1 + _CONTEXT]
        gain = model.score(left + _ORIGINAL + right) - model.score(left + _CONVERTED + right)
        if at not in written and gain >= _LEAST_GAIN:
            yield Edit(at, at + 1, _ORIGINAL, VARIANT_KIND, 0.97)
