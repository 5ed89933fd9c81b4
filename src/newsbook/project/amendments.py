"""What a person says of single articles: their order, their sections, and their fields; all by the names of inputs."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from glob import has_magic
from unicodedata import normalize

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Article, Credit, EditorialChange, Rank, Role
from newsbook.project.draft import ProjectDraft, nearest, plain, shown
from newsbook.project.illustrating import illustrated
from newsbook.project.quoting import corrected
from newsbook.project.values import Amendment, Credits, Project, Replacement, Section, pieces

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


class Amended(Struct, frozen=True):
    """An article as a person has it, with the files of pictures that were put in, by their names in it.

    `is_left_out` where it is not to be in the issue, or not in this one.
    """

    article: Article
    files: tuple[tuple[str, str], ...] = ()
    is_left_out: bool = False


def amended(article: Article, amendment: Amendment) -> Article:
    """Return an article whose fields are as a person says, on record; the same object where nothing is said."""
    said: dict[str, object] = {name: value for name in _OF_ARTICLE if (value := getattr(amendment, name)) is not None}
    of_source = {name: value for name in _OF_SOURCE if (value := getattr(amendment, name)) is not None}
    if amendment.rank is not None:
        said["rank"] = Rank(amendment.rank)
    if amendment.credits != Credits():
        said["credits"] = tuple(_credited(article.credits, amendment.credits))
    changes = [
        EditorialChange(name, _written(old), _written(value))
        for whole, told in ((article, said), (article.source, of_source))
        for name, value in told.items()
        if (old := getattr(whole, name)) != value
    ]
    if not changes:
        return article
    return _recorded(replace(article, **said, source=replace(article.source, **of_source)), changes)


def _recorded(article: Article, changes: Iterable[EditorialChange]) -> Article:
    source, told = article.source, tuple(changes)
    return replace(article, source=replace(source, changes=(*source.changes, *told))) if told else article


def _written(value: object) -> str:
    """Return a value of a field as the record has it."""
    if isinstance(value, tuple):
        return "; ".join(f"{credit.role} {credit.name}" for credit in value)
    return f"{value}"


class Amending:
    """What a person says of articles, as it is followed; what fits none of those that it means is told in the end.

    What an entry quotes must stand in one article that it means, and in each just once.
    """

    def __init__(self, draft: ProjectDraft, report: Report) -> None:
        self._draft, self._report = draft, report
        # Of each saying that fits no article so far, why not; nothing where it has fitted one.
        self._unmet: dict[str, tuple[str, str, str]] = {}
        self._met: set[str] = set()

    def follow(self, article: Article) -> Amended:
        """Return an article after all amendments that mean its input, in their order."""
        name = article.source.name
        files: list[tuple[str, str]] = []
        meant = [(at, each) for at, each in enumerate(self._draft.project.articles) if fits(each.of, name)]
        for at, amendment in meant:
            article = amended(article, amendment)
            made = illustrated(article, amendment.pictures)
            article, files = _recorded(made.article, made.changes), [*files, *made.files]
            faults = dict(made.faults)
            for number in range(len(amendment.pictures)):
                self._note(f"articles[{at}].pictures[{number}]", name, faults.get(number, ""), "Look at its pictures.")
            for number, change in enumerate(amendment.replace):
                article = self._corrected(article, change, f"articles[{at}].replace[{number}]")
        is_held, is_left_out = any(each.hold for _, each in meant), any(each.leave_out for _, each in meant)
        if is_held or is_left_out:
            code = Code.ARTICLE_HELD if is_held else Code.ARTICLE_LEFT_OUT
            message = "it is held for a later issue." if is_held else "it is left out of the issue."
            self._report(Diagnostic(code, message, Place(name)))
        return Amended(article, tuple(files), is_held or is_left_out)

    def _corrected(self, article: Article, change: Replacement, key: str) -> Article:
        made, name = corrected(article, change), article.source.name
        times = len(made.places)
        for reading in made.readings:
            message = f"the reading “{plain(reading)}” stood above words that were replaced, and fell away."
            self._report(Diagnostic(Code.READING_LEFT_OUT, message, Place(name)))
        if times > 1:
            where = ", ".join(tuple(dict.fromkeys(made.places))[:_MOST_PLACES])
            self._met.add(key)
            self._tell(key, name, f"quotes {shown(change.quoted)}, which stands there {times} times ({where})", _MORE)
            return article
        self._note(key, name, "" if times else f"quotes {shown(change.quoted)}, which stands nowhere in it", _PRINTED)
        return _recorded(made.article, [EditorialChange("text", change.quoted, change.text)]) if times else article

    def _note(self, key: str, name: str, fault: str, hint: str) -> None:
        if not fault:
            self._met.add(key)
        self._unmet.setdefault(key, (name, fault, hint))

    def _tell(self, key: str, name: str, fault: str, hint: str) -> None:
        message = f"{key}, on {name}, {fault}; it is not followed."
        self._report(Diagnostic(Code.SETTING_UNFIT, message, self._draft.origin(key) or Place(), hint))

    def finish(self) -> None:
        """Report what fits no article that its entry means."""
        for key, (name, fault, hint) in self._unmet.items():
            if key not in self._met:
                self._tell(key, name, fault, hint)


_MOST_PLACES = 5
_MORE = "Quote more of what stands around it."
_PRINTED = "Quote it as it is printed, after the repairs and in the script of the issue."


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
    told += [(f"{key}.after", piece.after) for key, piece in pieces(project) if piece.after]
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
