"""Which names an index has: whom articles credit, what they come from, where they are dated, what a person adds."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, TypeAlias

from msgspec import Struct

from newsbook.model import Article, Genre, Role
from newsbook.script import fold

Kind: TypeAlias = Literal["", "person", "place", "outlet"]

# What parts the parts of a name, and may be written otherwise, or not at all.
_BETWEEN = re.compile(r"[\s·・‧•=＝゠]+")
_HAN = "㐀-䶿一-鿿\U00020000-\U000323af"
# Whose name is no name: it says that the paper speaks for itself, or what somebody is.
_NO_NAME = re.compile(
    r"(?:本|综合|特约|实习|见习)?[报网刊台社]?(?:记者|编辑|编辑部|通讯员|评论员|讯|综合报道|综合)|本[报网刊台社].*|佚名|匿名|未知"
)
# 新華社北京3月5日電, （記者林小滿／台北報導）, and a place by itself; in folded text.
_DATED = re.compile(
    rf"^[({{\[【〔]?[{_HAN}A-Za-z]{{2,8}}(?:社|网|报|台)(?P<place>[{_HAN}]{{2,6}}?)(?:\d{{1,2}}月)?\d{{1,2}}日(?:专|综合|快|急)?电"
    rf"|/(?P<desk>[{_HAN}]{{2,4}})(?:报道|报导)|^(?P<bare>[{_HAN}]{{2,5}})$"
)


class Listed(Struct, frozen=True):
    """A name that an index is to have: as somebody wrote it, what it is said to be read like, and what it names."""

    name: str
    reading: str = ""
    kind: Kind = ""


class Wanted(Struct, frozen=True):
    """What a person says of an index: the `order`, empty for that of the language; names to add, and to leave out."""

    order: str = ""
    names: tuple[Listed, ...] = ()
    leave_out: tuple[str, ...] = ()


class Heading(Struct, frozen=True):
    """A name of an index, and the forms in which the articles may write it. `is_added` says that a person added it."""

    name: str
    forms: tuple[str, ...]
    reading: str = ""
    kinds: frozenset[str] = frozenset()
    is_added: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it may be a person's, and begins with a family name."""
        return self.kinds <= {""} or "person" in self.kinds


def key_of(name: str) -> str:
    """Return what is the same in every form of a name: its script, its widths and what parts it do not count.

    >>> key_of("臺南 小舟") == key_of("台南小舟"), key_of("Ann Bell") == key_of("Annbell")
    (True, False)
    """
    folded = lowered(name.strip())
    return _BETWEEN.sub(" " if re.search(r"[a-zà-ɏ]", folded) else "", folded)


def lowered(text: str) -> str:
    """Return a text folded, in lower case, its length as it was."""
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in fold(text))


def headings(articles: Iterable[Article], wanted: Wanted, language: str) -> tuple[Heading, ...]:
    """Return the headings of an index of some articles, in the order in which they are come upon.

    A name that is written in two scripts is one heading, in that of the issue's language if it is there.
    """
    left_out = {key_of(name) for name in wanted.leave_out}
    found: dict[str, list[tuple[Listed, bool, bool]]] = {}
    added = ((one, True, True) for one in wanted.names)
    stated = ((one, is_own, False) for one, is_own in _named(articles, language))
    for listed, is_own, is_added in chain(added, stated):
        key = key_of(listed.name)
        if key and key not in left_out:
            found.setdefault(key, []).append((listed, is_own, is_added))
    return tuple(_heading(forms) for forms in found.values())


def _heading(forms: list[tuple[Listed, bool, bool]]) -> Heading:
    best = next((one for one, is_own, _ in forms if is_own), forms[0][0])
    return Heading(
        name=" ".join(best.name.split()),
        forms=tuple(dict.fromkeys(one.name.strip() for one, _, _ in forms)),
        reading=next((one.reading for one, _, _ in forms if one.reading.strip()), ""),
        kinds=frozenset(one.kind for one, _, _ in forms if one.kind),
        is_added=any(is_added for _, _, is_added in forms),
    )


def unfound(wanted: Wanted, seen: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a person added, and that stand in none of the texts, whose names are `seen`."""
    keys = set(map(key_of, seen))
    return tuple(dict.fromkeys(one.name for one in wanted.names if one.name.strip() and key_of(one.name) not in keys))


def _named(articles: Iterable[Article], language: str) -> Iterator[tuple[Listed, bool]]:
    """Yield the names that articles state, and whether an article is in the language of the issue."""
    for article in articles:
        if article.genre in {Genre.ADVERTISEMENT, Genre.BOX}:
            continue
        is_own = article.language == language
        for credit in article.credits:
            kind: Kind = "outlet" if credit.role is Role.SUPPLIER else "person"
            yield from ((Listed(credit.name, kind=kind), is_own),) if _is_name(credit.name) else ()
        if _is_name(article.source.outlet):
            yield Listed(article.source.outlet, kind="outlet"), is_own
        dated = _DATED.search(fold(article.dateline))
        if dated and dated.lastgroup:
            place = article.dateline[slice(*dated.span(dated.lastgroup))]
            yield from ((Listed(place, kind="place"), is_own),) if _is_name(place) else ()


# A name is no shorter, and no longer.
_SHORTEST, _LONGEST = 2, 40


def _is_name(text: str) -> bool:
    folded = fold(text.strip())
    return _SHORTEST <= len(folded) <= _LONGEST and not _NO_NAME.fullmatch(folded)
