"""Where the house's own matter stands: the foreword first, an editorial behind the lead, the rest at the back."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.arrangement.matter import HouseMatter, matter_of
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.intake import Intake
from newsbook.languagetags import canonical
from newsbook.model import Genre, Rank, Space
from newsbook.project import Project, ProjectDraft, meant
from newsbook.stories import Story
from newsbook.workplace import Workplace


class Stand(Struct, frozen=True):
    """Where a piece stands: behind the story of this number, from 0, -1 before the first; and in which section.

    What `opens` a section stands behind all that ends the one before.
    """

    behind: int
    section: str = ""
    opens: bool = False


def with_matter(takings: tuple[Intake, ...], draft: ProjectDraft, work: Workplace) -> tuple[Intake, ...]:
    """Return what was taken in with the matter of the issue among it: of several issues, in the first of them."""
    first, *others = takings
    pieces = tuple(matter_of(draft.project, _language(first, draft.project), work))
    if not pieces:
        return takings
    _report_unfit(first.stories, pieces, draft, work)
    spread, standing = iter(_ends(first.stories)), _Standing(first.stories, pieces)
    keyed = [((number, False, 0), story) for number, story in enumerate(first.stories)]
    for order, piece in enumerate(pieces, 1):
        stand = standing.said(piece) or _usual(piece, first.stories, spread)
        story = replace(piece.story, article=replace(piece.story.article, section=stand.section))
        keyed.append(((stand.behind, stand.opens, order), story))
    stories = tuple(story for _, story in sorted(keyed, key=lambda one: one[0]))
    raws = tuple(raw for piece in pieces for raw in piece.raws)
    files = tuple(file for piece in pieces for file in piece.files)
    made = replace(first, stories=stories, raws=(*first.raws, *raws), pictures=(*first.pictures, *files))
    return (made, *others)


def _language(taken: Intake, project: Project) -> str:
    """Return the language of an issue as binding will find it."""
    from newsbook.desk import language_of

    told = canonical(project.issue.language) or canonical(taken.frame.language)
    articles = [story.article for story in taken.stories]
    counts = Counter(canonical(article.language) or language_of(article) or "zh-Hans" for article in articles)
    return told or max(counts, key=lambda language: counts[language])


class _Standing:
    """Where stories stand, by what pieces may say of it: an entry that means them, or a section."""

    def __init__(self, stories: tuple[Story, ...], pieces: tuple[HouseMatter, ...]) -> None:
        self._sections = [story.article.section for story in stories]
        self._within: dict[str, list[int]] = {}
        for number, section in enumerate(self._sections):
            self._within.setdefault(section, []).append(number)
        named = (piece.after for piece in pieces if piece.after)
        self._behind = meant(named, (story.article.source.name for story in stories))

    def said(self, piece: HouseMatter) -> Stand | None:
        """Return the place that is said of a piece; None where none is, or where nothing is there."""
        behind = self._behind[piece.after] if piece.after else []
        found = behind or (self._within.get(piece.section, []) if piece.section else [])
        if not found:
            return None
        opens = piece.story.article.genre is Genre.EDITORIAL and not behind
        return Stand(found[0] - 1 if opens else found[-1], self._sections[found[-1]], opens)


def _usual(piece: HouseMatter, stories: tuple[Story, ...], spread: Iterator[Stand]) -> Stand:
    """Return where a piece of its genre stands; advertisements stand at the ends of sections, one at each."""
    article = piece.story.article
    if article.genre is Genre.FOREWORD:
        return Stand(-1)
    if article.genre is Genre.EDITORIAL:
        leads = (number for number, story in enumerate(stories) if story.article.rank is Rank.LEAD)
        lead = next(leads, 0)
        return Stand(lead, stories[lead].article.section)
    end = Stand(len(stories) - 1)
    is_spread = article.genre is Genre.ADVERTISEMENT and article.space is not Space.FULL
    return next(spread, end) if is_spread else end


def _ends(stories: tuple[Story, ...]) -> list[Stand]:
    """Return where the sections end."""
    sections = [story.article.section for story in stories]
    ends = [at for at, name in enumerate(sections) if at + 1 == len(sections) or sections[at + 1] != name]
    return [Stand(at, sections[at]) for at in ends]


def _report_unfit(
    stories: tuple[Story, ...], pieces: tuple[HouseMatter, ...], draft: ProjectDraft, work: Workplace
) -> None:
    """Report sections that are named for a piece, and in which nothing stands."""
    known = {story.article.section for story in stories}
    for piece in pieces:
        if piece.section and piece.section not in known and not draft.is_part:
            name = piece.story.article.source.name
            message = f"nothing stands in the section “{piece.section}”, where it is to stand; it has its usual place."
            work.report(Diagnostic(Code.SETTING_UNFIT, message, Place(name), "Name a section of [[sections]]."))
