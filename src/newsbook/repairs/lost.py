"""What is gone for good, and what shows that it is: the replacement character, and what other mistakes made of it.

锟斤拷 is two replacement characters in UTF-8 that were read as GBK; 占쏙옙 and 嚙踝蕭 are the same in Korean and Big5.
烫烫烫 and 屯屯屯 are memory that nobody wrote to: a compiler fills it with the bytes CC or CD, which are these
characters in GBK. At most a name elsewhere tells what may have stood there.
"""

import re
from collections.abc import Iterator

from newsbook.repairs.context import PageContext, is_quoted
from newsbook.repairs.edits import Edit

KIND = "lost-character"

# Microsoft's run-time library, "CRT debug heap": CC on the stack, CD on the heap, in GBK, Big5 and Korean, and as a
# mirror writes the first.
_FILLED = "烫{3,}|燙{3,}|屯{3,}|昍{3,}|迋{3,}|儆{3,}|袴{3,}"

SUSPECT = f"\ufffd|锟斤拷|占쏙옙|嚙踝蕭|{_FILLED}"

TELLTALE = "[\ufffd锟쏙嚙烫燙屯昍迋儆袴]"

_LOST = re.compile(f"\ufffd+|(?:锟斤拷)+(?:锟斤?)?|(?:占쏙옙)+|(?:嚙踝蕭)+|{_FILLED}")


def find(text: str, context: PageContext) -> Iterator[Edit]:
    """Yield doubtful edits for what is lost. A line that talks about it is left alone."""
    if context.mirrored:
        return
    for match in _LOST.finditer(text):
        if not is_quoted(text, match.start(), match.end()):
            guess = context.known.guess(text, *match.span())
            yield Edit(*match.span(), guess, KIND, 0.5, doubtful=True)
