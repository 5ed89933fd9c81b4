"""What a person says of single articles: their order, their sections, and their fields; all by the names of inputs."""

from collections.abc import Iterator
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


def arranged(names: tuple[str, ...], sections: tuple[Section, ...]) -> tuple[Arranged, ...]:
    """Return the order of articles, given the names of their inputs as they were read.

    Sections come first, and in them articles as their entries name them; the rest follows as it was read. An article
    that two entries mean stands where the first has it.

    >>> news = Section("News", ("b.txt", "a*"))
    >>> [placed.number for placed in arranged(("x.txt", "a1.txt", "a2.txt", "b.txt"), (news,))]
    [3, 1, 2, 0]
    """
    entries = [(entry, section.name) for section in sections for entry in section.articles]
    placed: dict[int, str] = {}
    for entry, section in entries:
        for number, name in enumerate(names):
            if number not in placed and fits(entry, name):
                placed[number] = section
    rest = (number for number in range(len(names)) if number not in placed)
    return tuple(Arranged(number, section) for number, section in (*placed.items(), *((number, "") for number in rest)))


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
    """Yield a finding for each entry of a section, and each amendment, that means none of the inputs `names`.

    Where flags have named other inputs than the file has, a part of the issue is made, and there is none.
    """
    project = Project() if draft.is_part else draft.project
    entries = [
        *((f"sections[{at}].articles", entry) for at, each in enumerate(project.sections) for entry in each.articles),
        *((f"articles[{at}].of", each.of) for at, each in enumerate(project.articles)),
    ]
    for key, entry in entries:
        if not any(fits(entry, name) for name in names):
            place = draft.origin(key)
            like = nearest(entry, tuple(dict.fromkeys(names)))
            hint = f"Did you mean {like}?" if like else "Name an input as findings do: by its name without its folder."
            message = f"{key} is {shown(entry)}, and no input is called so; it is not followed."
            yield Diagnostic(Code.SETTING_UNFIT, message, place or Place(), hint)
