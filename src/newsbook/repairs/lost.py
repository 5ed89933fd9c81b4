"""Marks of what is gone for good: the replacement character, and what became of it in GBK, Big5 and Korean.

锟斤拷 is two replacement characters in UTF-8, read as GBK. Nothing in the page tells what stood there, so that nothing
is put there: the place is marked.
"""

import re
from collections.abc import Iterator

from newsbook.repairs import topic
from newsbook.repairs.context import Setting
from newsbook.repairs.edits import Edit

KIND = "lost-character"

SUSPECT = "\ufffd|锟斤拷|占쏙옙|嚙踝蕭"

_LOST = re.compile("\ufffd+|(?:锟斤拷)+(?:锟斤?)?|(?:占쏙옙)+|(?:嚙踝蕭)+")


def find(text: str, setting: Setting) -> Iterator[Edit]:
    """Yield doubtful edits for what is lost; a line that talks about it is left alone."""
    if setting.mirrored:
        return
    for match in _LOST.finditer(text):
        if not topic.is_quoted(text, match.start(), match.end()):
            yield Edit(match.start(), match.end(), "", KIND, 0.5, doubtful=True)
