"""A lost byte behind which a line of GBK slipped: 祝�础⑶俏脑ǎ� was 祝喆、乔文渊）.

The decoder marked the lead byte that it could make nothing of, and read on from the next one, so that each pair that
follows has the second byte of one character and the first of the next. Every byte but the marked ones is there.
"""

import re
from collections.abc import Iterator

from newsbook.repairs import gbk
from newsbook.repairs.context import PageContext, is_about_damage
from newsbook.repairs.edits import Edit
from newsbook.repairs.languagemodel import general_model

KIND = "slipped-bytes"

_RUN = re.compile("\ufffd([^\x00-\x7f\ufffd\\s]{3,})(\ufffd?)")
SIGNS = (("\ufffd", _RUN.pattern),)

# Nats per character: what was read in step reads better than what is shown by this, and as text does.
_GAIN = 2.0
_READS = -11.0
_BEFORE = 4


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield doubtful edits for a line's slipped runs: the first character of each is a guess."""
    if context.mirrored or not context.language.startswith("zh") or is_about_damage(text):
        return
    for match in _RUN.finditer(text):
        guess = _in_step(match[1], text[: match.start()])
        if guess is not None:
            yield Edit(match.start(), match.end(), guess, KIND, 0.5, doubtful=True)


def _in_step(shown: str, before: str) -> str | None:
    """Return what a run was, or None where it is no slipped run. A last byte without its pair is left out."""
    spelt = [gbk.spell(character) for character in shown]
    raw = b"".join(pair or b"" for pair in spelt)
    rest = [gbk.read(lead, trail) for lead, trail in zip(raw[1:-1:2], raw[2::2], strict=False)]
    text = "".join(character or "" for character in rest)
    if None in spelt or None in rest or _score(text) < max(_READS, _score(shown) + _GAIN):
        return None
    model = general_model()
    firsts = [character for lead in gbk.LEADS if (character := gbk.read(lead, raw[0]))]
    context = before[-_BEFORE:]
    return max(firsts, key=lambda first: model.score(context + first + text[:_BEFORE]), default="") + text


def _score(text: str) -> float:
    return general_model().score(text) / len(text) if text else -99.0
