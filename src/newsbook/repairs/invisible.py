"""Characters that show nothing and only harm: a byte-order mark in the text, zero-width spaces, control characters."""

import re
from collections.abc import Iterator

from newsbook.model import FORBIDDEN
from newsbook.repairs.strand import Edit

INVISIBLE = "invisible-character"
CONTROL = "control-character"

_INVISIBLE = re.compile("[\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{WORD JOINER}]+")


def find(text: str) -> Iterator[Edit]:
    """Yield the edits that take invisible and control characters out of a line."""
    yield from (Edit(match.start(), match.end(), "", INVISIBLE) for match in _INVISIBLE.finditer(text))
    yield from (Edit(match.start(), match.end(), "", CONTROL) for match in FORBIDDEN.finditer(text))
