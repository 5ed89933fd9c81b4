"""What a person says of single articles: their order, their sections, and their fields; all by the names of inputs."""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Article, Credit, EditorialChange, Rank, Role
from newsbook.project.draft import ProjectDraft, nearest, plain, shown
from newsbook.project.illustrating import illustrated
from newsbook.project.meanings import Meanings, meant
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
    found = meant((entry for entry, _ in entries), (names[number] for number in numbers))
    for entry, section in entries:
        # What is named again has been placed.
        for place in found.pop(entry, ()):
            placed.setdefault(numbers[place], section)
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
        self._meanings = Meanings(each.of for each in draft.project.articles)
        # Of each saying that fits no article so far, why not; nothing where it has fitted one.
        self._unmet: dict[str, tuple[str, str, str]] = {}
        self._met: set[str] = set()

    def follow(self, article: Article) -> Amended:
        """Return an article after all amendments that mean its input, in their order."""
        name = article.source.name
        files: list[tuple[str, str]] = []
        said = [(at, self._draft.project.articles[at]) for at in self._meanings.of(name)]
        for at, amendment in said:
            article = amended(article, amendment)
            made = illustrated(article, amendment.pictures)
            article, files = _recorded(made.article, made.changes), [*files, *made.files]
            faults = dict(made.faults)
            for number in range(len(amendment.pictures)):
                self._note(f"articles[{at}].pictures[{number}]", name, faults.get(number, ""), "Look at its pictures.")
            for number, change in enumerate(amendment.replace):
                article = self._corrected(article, change, f"articles[{at}].replace[{number}]")
        is_held, is_left_out = any(each.hold for _, each in said), any(each.leave_out for _, each in said)
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
    found = meant((entry for _, entry in (*in_order, *in_sections, *told)), names)
    idle = ((key, entry) for key, entry in (*in_order, *in_sections, *told) if not found[entry])
    yield from _called_so(idle, names, draft)
    for entries in (in_order, in_sections):
        yield from _idle(entries, found, draft)


def _called_so(idle: Iterator[tuple[str, str]], names: tuple[str, ...], draft: ProjectDraft) -> Iterator[Diagnostic]:
    """Yield a finding for each entry that means nothing, or for as many as anybody would read."""
    alike = tuple(dict.fromkeys(names))[:_MOST_LIKE]
    for key, entry in islice(idle, _MOST_UNFIT):
        like = nearest(entry, alike)
        hint = f"Did you mean {like}?" if like else "Name an input as findings do: by its name without its folder."
        message = f"{key} is {shown(entry)}, and no input is called so; it is not followed."
        yield Diagnostic(Code.SETTING_UNFIT, message, draft.origin(key) or Place(), hint)
    yield from _more(sum(1 for _ in idle), "mean no input, and are not followed", draft)


def _idle(entries: list[tuple[str, str]], found: dict[str, list[int]], draft: ProjectDraft) -> Iterator[Diagnostic]:
    """Yield a finding for each entry of an order all of whose articles stand where entries before it have them."""
    left = {number for _, entry in entries for number in found[entry]}
    seen: set[str] = set()
    idle: list[tuple[str, str]] = []
    for key, entry in entries:
        if found[entry] and (entry in seen or left.isdisjoint(found[entry])):
            idle.append((key, entry))
        if entry not in seen:
            left.difference_update(found[entry])
            seen.add(entry)
    for key, entry in idle[:_MOST_UNFIT]:
        message = f"{key} is {shown(entry)}, which entries before it have placed; it changes nothing."
        yield Diagnostic(Code.SETTING_UNFIT, message, draft.origin(key) or Place(), "Take it out.")
    yield from _more(len(idle[_MOST_UNFIT:]), "name what entries before them have placed", draft)


def _more(count: int, what: str, draft: ProjectDraft) -> Iterator[Diagnostic]:
    if count:
        place = next(iter(draft.origins.values()), Place())
        yield Diagnostic(Code.SETTING_UNFIT, f"{count:,} more entries {what}.", Place(place.source))


# Who has more entries that fit nothing has the file of another issue; an entry is held against so many names.
_MOST_UNFIT = 100
_MOST_LIKE = 2_000
