"""Words of an article that are corrected by quoting them: found once, wherever they stand, and exchanged there.

A quotation runs over the runs of a text, whatever their formatting, but not over a formula or the mark of a note. What
it has in common with its correction stays as it is formatted; what is new is formatted as what stood there.
"""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import Article, Block, Span, Text
from newsbook.model.walk import labels, map_texts, texts
from newsbook.project.values import Replacement

_FIELDS = ("headline", "kicker", "deck", "byline", "dateline")

# U+FFFC stands for what is no text; nobody quotes it.
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Corrected(Struct, frozen=True):
    """An article in which something was to be replaced, and the places where it stood; it is changed where it is one.

    `readings` are those that stood above what was replaced in part, and fell away.
    """

    article: Article
    places: tuple[str, ...]
    readings: tuple[str, ...] = ()


def corrected(article: Article, change: Replacement) -> Corrected:
    """Return an article with what is quoted replaced, where it stands there just once.

    >>> made = corrected(Article("渡囗早市"), Replacement("渡囗", "渡口"))
    >>> made.article.headline, made.places
    ('渡口早市', ('headline',))
    """
    places = tuple(_places(article, change.quoted))
    if len(places) != 1:
        return Corrected(article, places)
    lost: list[str] = []

    def in_text(text: Text) -> Text:
        return _exchanged(text, change, lost)

    def in_string(text: str) -> str:
        return text.replace(change.quoted, change.text)

    told = {name: in_string(getattr(article, name)) for name in _FIELDS}
    return Corrected(replace(map_texts(article, in_text, in_string), **told), places, tuple(lost))


def _places(article: Article, quoted: str) -> Iterator[str]:
    """Yield where something stands in an article, each place as often as it stands there."""
    for name in _FIELDS:
        yield from [name] * _count(getattr(article, name), quoted)
    counted: dict[str, int] = {}
    for block in article.body:
        kind = _kind(block)
        counted[kind] = counted.get(kind, 0) + 1
        held = (*map(searchable, texts(block)), *labels(block))
        yield from [f"{kind} {counted[kind]}"] * sum(_count(text, quoted) for text in held)


def _kind(block: Block) -> str:
    return f"{block.__struct_config__.tag}".replace("_", " ")


def _count(text: str, quoted: str) -> int:
    """Return how often something stands in a text, overlapping or not."""
    return sum(text.startswith(quoted, at) for at in range(len(text) - len(quoted) + 1))


def searchable(text: Text) -> str:
    """Return the characters of a text; those of formulas and of marks of notes as U+FFFC."""
    return "".join(_OBJECT * len(span.text) if span.math or span.note else span.text for span in text)


def _exchanged(text: Text, change: Replacement, lost: list[str]) -> Text:
    """Return a text with what is quoted replaced; readings that fall away are noted in `lost`."""
    start = searchable(text).find(change.quoted)
    if start < 0:
        return text
    head = _alike(change.quoted, change.text)
    most = min(len(change.quoted), len(change.text)) - head
    tail = min(most, _alike(change.quoted[::-1], change.text[::-1]))
    end = start + len(change.quoted)
    before, kept, gone, last, after = _cut(text, (start, start + head, end - tail, end), lost)
    lost += [span.ruby for span in gone if span.ruby]
    new = change.text[head : len(change.text) - tail]
    like = next(iter((*gone, *kept[::-1], *last, *before[::-1])), Span(""))
    put_in = (replace(like, text=new, ruby="", note="", math=""),) if new else ()
    settled = (replace(span, doubtful=False) for span in (*kept, *put_in, *last))
    return _joined((*before, *settled, *after))


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: Text, places: tuple[int, ...], lost: list[str]) -> tuple[Text, ...]:
    """Return the parts of a text between some places; a run that is cut loses its reading, which is of the whole."""
    parts: list[list[Span]] = [[] for _ in range(len(places) + 1)]
    at = 0
    for span in text:
        bounds = [at, *(place for place in places if at < place < at + len(span.text)), at + len(span.text)]
        at = bounds[-1]
        whole = replace(span, ruby="") if len(bounds) > 2 else span  # noqa: PLR2004 - it is cut.
        lost += [span.ruby] if whole.ruby != span.ruby else []
        for first, last in pairwise(bounds):
            number = sum(place <= first for place in places)
            parts[number].append(replace(whole, text=span.text[first - bounds[0] : last - bounds[0]]))
    return tuple(map(tuple, parts))


def _joined(spans: Text) -> Text:
    """Return runs with neighbours of the same formatting as one."""
    made: list[Span] = []
    for span in spans:
        is_more = made and not (span.ruby or span.math or span.note) and replace(made[-1], text=span.text) == span
        if is_more:
            made[-1] = replace(span, text=made[-1].text + span.text)
        else:
            made.append(span)
    return tuple(made)
