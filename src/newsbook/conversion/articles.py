"""Bring articles, and the words of an issue, to the script that is asked for.

Good text that is in that script already is not touched. A text that a mirror converted character by character goes
back to simplified characters first, which undoes the mirror's table. From there it is converted phrase by phrase:
鄉村干部, which was 乡村干部, becomes 鄉村幹部.
"""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from newsbook.conversion import opencc
from newsbook.conversion.marks import to_corners, to_curly
from newsbook.conversion.scripts import Target, is_met, retagged, script_of
from newsbook.conversion.wording import reworded
from newsbook.model import Article, Issue

# The repairs that show that a mirror's table was at work.
_OF_MIRRORS = frozenset({"bracketed-reading", "slipped-bytes"})

# The character sets of the two scripts' everyday use: GB 2312-80, and Big5, which is what Taiwan's standards list.
_STANDARD = {True: "gb2312", False: "big5"}


def convert(article: Article, language: str, target: Target, *, is_mixed: bool) -> Article:
    """Return `article`, which is in `language`, in the script `target`. Where nothing is to do, it is the same object.

    `is_mixed` says that its text has characters of the other script among its own. Captions, credits and names are
    converted. Links, file names, hashes and the record of repairs are not.
    """
    change = _change(article, language, target, is_mixed=is_mixed)
    return article if change is None else replace(reworded(article, change), language=retagged(language, target))


def convert_frame(frame: Issue, target: Target) -> Issue:
    """Return an issue with its own words, but not its articles, in the script `target`."""
    source = script_of(frame.language)
    if Target.KEEP in {source, target} or is_met(frame.language, target):
        return frame
    change = partial(_sent, source=source, target=target)
    return replace(
        frame,
        nameplate=change(frame.nameplate),
        number=change(frame.number),
        publisher=change(frame.publisher),
        rights=change(frame.rights),
        language=retagged(frame.language, target),
    )


def _change(article: Article, language: str, target: Target, *, is_mixed: bool) -> Callable[[str], str] | None:
    """Return the change to be made to each text, or None."""
    source = script_of(language)
    if Target.KEEP in {source, target}:
        return None
    if any(repair.kind in _OF_MIRRORS for repair in article.source.repairs):
        return partial(_undone, target=target)
    if not is_met(language, target):
        return partial(_sent, source=source, target=target)
    return partial(_mended, target=source) if is_mixed else None


def _undone(text: str, target: Target) -> str:
    """Return a mirror's text in `target`, by way of the simplified text that it was."""
    back = opencc.converted(text, (opencc.MIRRORED,))
    return _sent(back, Target.HANS, target)


def _sent(text: str, source: Target, target: Target) -> str:
    result = opencc.converted(text, opencc.chain(source, target))
    if source.is_simplified and not target.is_simplified:
        return to_corners(result)
    return to_curly(result) if target.is_simplified and not source.is_simplified else result


def _mended(text: str, target: Target) -> str:
    """Return a text that is in `target`, region and all, but for characters of the other script among its own."""
    other = Target.HANT if target.is_simplified else Target.HANS
    return opencc.patched(text, opencc.chain(other, target), _STANDARD[target.is_simplified])
