"""Two articles: which facts changed, and what became of each block of the body."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rapidfuzz.distance import Indel

from newsbook.comparison.words import Strand, StrandKind, aligned, compared
from newsbook.model import Article, Block, Figure, Role
from newsbook.model.walk import labels, plain, texts

_FIELDS = ("kicker", "headline", "deck", "byline", "dateline", "published", "updated", "section", "language", "rank")
_OF_SOURCE = ("outlet", "url", "rights", "embargo", "status")
_KINDS = {"PullQuote": "pull quote", "Items": "list", "Preformatted": "code", "Aside": "box", "Figure": "picture"}

# Blocks are one, though changed, where they share so much of their characters; so many characters of each are enough
# to tell, and of so many blocks one is looked for.
_ALIKE = 0.4
_ENOUGH = 1000
_WINDOW = 50


class Difference(Struct, frozen=True):
    """What became of a fact or a block: `what` it is, and old and new text laid side by side.

    `old` and `new` are the numbers of the block in the two bodies, from 1, and 0 where it is not there, or is a fact.
    `note` says what words do not: that a block was moved, is of another kind, or shows another picture.
    """

    what: str
    strands: tuple[Strand, ...] = ()
    old: int = 0
    new: int = 0
    note: str = ""


def changed_facts(old: Article, new: Article) -> Iterator[Difference]:
    """Yield the facts of an article that changed."""
    for name in _FIELDS:
        yield from _fact(name, str(getattr(old, name)), str(getattr(new, name)))
    for role in Role:
        yield from _fact(role.value, _credited(old, role), _credited(new, role))
    for name in _OF_SOURCE:
        yield from _fact(name, getattr(old.source, name), getattr(new.source, name))


def _fact(name: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(name, compared(old, new))


def _credited(article: Article, role: Role) -> str:
    return "、".join(credit.name for credit in article.credits if credit.role is role)


class _Side(Struct, frozen=True):
    """A block as it is compared: its number, its kind, its words, and the picture that it shows."""

    number: int
    kind: str
    text: str
    picture: str

    @property
    def key(self) -> str:
        return f"{self.kind}\0{self.text}\0{self.picture}"


def changed_blocks(
    old: Article, new: Article, pictures: tuple[dict[str, str], dict[str, str]] = ({}, {})
) -> Iterator[Difference]:
    """Yield what changed in the body. `pictures` are, for each side, the hashes of pictures by their names."""
    first, second = (tuple(_sides(article, digests)) for article, digests in zip((old, new), pictures, strict=True))
    gone: list[_Side] = []
    come: list[_Side] = []
    differences: list[Difference] = []
    at, to = 0, 0
    for kind, left, right in aligned([side.key for side in first], [side.key for side in second]):
        ours, theirs = first[at : at + len(left)], second[to : to + len(right)]
        at, to = at + len(left), to + len(right)
        if kind is not StrandKind.SAME:
            differences += _paired(ours, theirs, gone, come)
    differences += _moved(gone, come)
    yield from sorted(differences, key=lambda difference: (difference.new or difference.old, difference.old))


def _sides(article: Article, digests: dict[str, str]) -> Iterator[_Side]:
    for number, block in enumerate(article.body, 1):
        name = type(block).__name__
        picture = digests.get(block.image, block.image) if isinstance(block, Figure) else ""
        yield _Side(number, _KINDS.get(name, name.lower()), _words(block), picture)


def _words(block: Block) -> str:
    """Return what a block says, a line for each of its texts."""
    said = [*map(plain, texts(block)), *labels(block)]
    return "\n".join(filter(None, said))


def _paired(
    ours: Sequence[_Side], theirs: Sequence[_Side], gone: list[_Side], come: list[_Side]
) -> Iterator[Difference]:
    """Yield the blocks of two runs that are one, though changed; the others are `gone` and `come`."""
    at = 0
    for side in ours:
        near = range(at, min(len(theirs), at + _WINDOW))
        found = next((place for place in near if _likeness(side, theirs[place]) >= _ALIKE), None)
        if found is None:
            gone.append(side)
            continue
        come += theirs[at:found]
        at = found + 1
        yield _changed(side, theirs[found])
    come += theirs[at:]


def _changed(old: _Side, new: _Side) -> Difference:
    notes = [f"it was a {old.kind}"] if old.kind != new.kind else []
    if old.picture != new.picture:
        notes.append("the picture is another" if old.picture and new.picture else _come(new.picture))
    return Difference(new.kind, compared(old.text, new.text), old.number, new.number, "; ".join(notes))


def _come(picture: str) -> str:
    return "the picture is new" if picture else "the picture is gone"


def _likeness(old: _Side, new: _Side) -> float:
    """Return how much of the words of two blocks is the same, in 0…1."""
    if old.picture and old.picture == new.picture:
        return 1.0
    if not old.text and not new.text:
        return float(old.kind == new.kind)
    return Indel.normalized_similarity(old.text[:_ENOUGH], new.text[:_ENOUGH])


def _moved(gone: list[_Side], come: list[_Side]) -> Iterator[Difference]:
    """Yield blocks that stand elsewhere, those that are gone, and those that have come."""
    elsewhere: dict[str, list[_Side]] = {}
    for side in come:
        elsewhere.setdefault(side.key, []).append(side)
    found: set[int] = set()
    for side in gone:
        there = elsewhere.get(side.key)
        if there and side.text:
            new = there.pop(0)
            found.add(new.number)
            yield Difference(side.kind, (Strand(StrandKind.SAME, side.text),), side.number, new.number, "it was moved")
        else:
            yield Difference(side.kind, _only(StrandKind.OLD, side.text), old=side.number)
    yield from (
        Difference(side.kind, _only(StrandKind.NEW, side.text), new=side.number)
        for side in come
        if side.number not in found
    )


def _only(kind: StrandKind, text: str) -> tuple[Strand, ...]:
    return (Strand(kind, text),) if text else ()
