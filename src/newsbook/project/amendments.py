"""What a person says of single articles: their order, their sections, and their fields; all by the names of inputs."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from glob import has_magic
from unicodedata import normalize

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Article, Credit, Rank, Role
from newsbook.project.draft import ProjectDraft, nearest, shown
from newsbook.project.values import Amendment, Credits, Project, Section

_OF_SOURCE = ("outlet", "url", "retrieved", "rights")
_OF_ARTICLE = (
    "headline", "kicker", "deck", "byline", "dateline", "published", "updated", "section", "language",
)  # fmt: skip


class Arranged(Struct, frozen=True):
    """Where an article comes to stand: its number among those that were read, and its section, empty for its own."""

    number: int
    section: str = ""


def fits(entry: str, name: str) -> bool:
    """Tell whether `entry`, a name or a pattern, means the input that findings call `name`.

    >>> fits("3-*", "3-park.txt"), fits("feed.xml", "feed.xml#2"), fits("park.txt", "3-park.txt")
    (True, True, False)
    """
    meant, beginning, is_pattern = _meaning(entry)
    name = normalize("NFC", name)
    return name == meant or name.startswith(beginning) or (is_pattern and fnmatchcase(name, meant))


@lru_cache(maxsize=10_000)
def _meaning(entry: str) -> tuple[str, str, bool]:
    """Return the name that an entry may be, what the names of articles within it begin with, and if it is a pattern."""
    meant = normalize("NFC", entry)
    return meant, f"{meant}#", has_magic(meant)


def arranged(
    names: tuple[str, ...], sections: tuple[Section, ...], order: tuple[str, ...] = ()
) -> tuple[Arranged, ...]:
    """Return the order of articles, given the names of their inputs as they were read.

    Sections come first, and in them articles as their entries name them; then what `order` names, and the rest as it
    was read. What one entry of a section means stands as `order` has it. An article that two entries mean stands where
    the first has it.

    >>> news = Section("News", ("b.txt", "a*"))
    >>> [placed.number for placed in arranged(("x", "a1.txt", "a2.txt", "b.txt", "y"), (news,), ("y", "a2.txt"))]
    [3, 2, 1, 4, 0]
    """
    everything = tuple(range(len(names)))
    ordered = tuple(_placed([(entry, "") for entry in (*order, "*")], names, everything))
    entries = [(entry, section.name) for section in sections for entry in section.articles]
    placed = _placed([*entries, ("*", "")], names, ordered)
    return tuple(Arranged(number, section) for number, section in placed.items())


def _placed(entries: list[tuple[str, str]], names: tuple[str, ...], numbers: Iterable[int]) -> dict[int, str]:
    """Return the section of each article that an entry means, in the order of the entries, then that of `numbers`."""
    placed: dict[int, str] = {}
    numbers = tuple(numbers)
    for entry, section in entries:
        placed |= {number: section for number in numbers if number not in placed and fits(entry, names[number])}
    return placed


def amended(article: Article, amendment: Amendment) -> Article:
    """Return an article as a person says that it is; the same object where nothing is said."""
    said: dict[str, object] = {name: value for name in _OF_ARTICLE if (value := getattr(amendment, name)) is not None}
    of_source = {name: value for name in _OF_SOURCE if (value := getattr(amendment, name)) is not None}
    if amendment.rank is not None:
        said["rank"] = Rank(amendment.rank)
    if amendment.credits != Credits():
        said["credits"] = tuple(_credited(article.credits, amendment.credits))
    if of_source:
        said["source"] = replace(article.source, **of_source)
    return replace(article, **said) if said else article


def amended_by(article: Article, amendments: tuple[Amendment, ...]) -> Article:
    """Return an article after all amendments that mean its input, in their order."""
    for amendment in amendments:
        if fits(amendment.of, article.source.name):
            article = amended(article, amendment)
    return article


def _credited(credits_: tuple[Credit, ...], said: Credits) -> Iterator[Credit]:
    """Yield who is credited: of the roles that a person speaks of, whom the person names; all others as they are."""
    stated = {Role(role): names for role, names in msgspec.structs.asdict(said).items() if names is not None}
    told: set[Role] = set()
    for credit in credits_:
        if credit.role not in stated:
            yield credit
        elif credit.role not in told:
            told.add(credit.role)
            yield from (Credit(credit.role, name) for name in stated[credit.role])
    yield from (Credit(role, name) for role, names in stated.items() if role not in told for name in names)


def unfit(names: tuple[str, ...], draft: ProjectDraft) -> Iterator[Diagnostic]:
    """Yield a finding for each entry that means none of the inputs `names`, or in an order none that is left.

    Where flags have named other inputs than the file has, a part of the issue is made, and there is none.
    """
    project = Project() if draft.is_part else draft.project
    in_order = [("order", entry) for entry in project.order]
    in_sections = [
        (f"sections[{at}].articles", entry) for at, each in enumerate(project.sections) for entry in each.articles
    ]
    told = [(f"articles[{at}].of", each.of) for at, each in enumerate(project.articles)]
    for key, entry in (*in_order, *in_sections, *told):
        if not any(fits(entry, name) for name in names):
            like = nearest(entry, tuple(dict.fromkeys(names)))
            hint = f"Did you mean {like}?" if like else "Name an input as findings do: by its name without its folder."
            message = f"{key} is {shown(entry)}, and no input is called so; it is not followed."
            yield Diagnostic(Code.SETTING_UNFIT, message, draft.origin(key) or Place(), hint)
    for entries in (in_order, in_sections):
        yield from _idle(entries, names, draft)


def _idle(entries: list[tuple[str, str]], names: tuple[str, ...], draft: ProjectDraft) -> Iterator[Diagnostic]:
    """Yield a finding for each entry of an order all of whose articles stand where entries before it have them."""
    left = set(names)
    for key, entry in entries:
        meant = {name for name in names if fits(entry, name)}
        if meant and left.isdisjoint(meant):
            message = f"{key} is {shown(entry)}, which entries before it have placed; it changes nothing."
            yield Diagnostic(Code.SETTING_UNFIT, message, draft.origin(key) or Place(), "Take it out.")
        left -= meant
