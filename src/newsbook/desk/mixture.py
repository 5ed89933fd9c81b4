"""Find articles that mix traditional and simplified characters."""

from collections import Counter

from newsbook.desk.language import wording
from newsbook.desk.script import scripts
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article

# A name or a quotation brings a few characters of the other script; fewer than these are no mixture.
_FEWEST = 5
_SHARE = 0.02
_SHOWN = 6


def find_mixture(article: Article, language: str) -> Diagnostic | None:
    """Return the finding that a Chinese article mixes scripts, or None where it does not."""
    if not language.startswith("zh"):
        return None
    tables = scripts()
    text = wording(article)
    counts = (
        Counter(character for character in text if character in tables.traditional),
        Counter(character for character in text if character in tables.simplified),
    )
    other = min(counts, key=Counter.total)
    if other.total() < max(_FEWEST, _SHARE * (counts[0].total() + counts[1].total())):
        return None
    name = "traditional" if other is counts[0] else "simplified"
    shown = "".join(character for character, _ in other.most_common(_SHOWN))
    message = f"{other.total()} characters of the text are {name} and the others are not: {shown}."
    return Diagnostic(Code.SCRIPT_MIXED, message, Place(article.source.name), "--script brings it to one.")
