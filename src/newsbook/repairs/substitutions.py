"""著 where the text had 着: a mirror's one-to-one table writes the one for every particle that is the other.

Only on pages that show the mechanism. 著 stays where it means to write, or stands in a word such as 著名 or 顯著: the
lexicon tells, and all but a name or a title is in it.
"""

import re
from collections.abc import Iterator

from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import Likelihood

KIND = "converted-variant"

_CONVERTED, _ORIGINAL = "著", "着"
_WRITTEN = re.compile("[所編编合撰自譯译]著")
_CONTEXT = 6

# The particle is thirty times as common, but not every verb is known together with it. A word with 著 in it loses more
# than this by the particle, by trial on some fifty of them.
_LEAST_GAIN = -1.0


def find(text: str, likelihood: Likelihood) -> Iterator[Edit]:
    """Yield the edits that put the particle back into a line."""
    written = {match.end() - 1 for match in _WRITTEN.finditer(text)}
    for match in re.finditer(_CONVERTED, text):
        at = match.start()
        left, right = text[max(0, at - _CONTEXT) : at], text[at + 1 : at + 1 + _CONTEXT]
        gain = likelihood.score(left + _ORIGINAL + right) - likelihood.score(left + _CONVERTED + right)
        if at not in written and gain >= _LEAST_GAIN:
            yield Edit(at, at + 1, _ORIGINAL, KIND, 0.97)
