"""Stories as the issue file has them: in its order, under its sections, in its words, without what it leaves out."""

from pathlib import Path

from msgspec.structs import replace

from newsbook.arrangement.places import with_matter
from newsbook.diagnostics import Code, Diagnostic, InputError, Place, Report
from newsbook.gate import Caps, admit_article, demand_settable
from newsbook.intake import Intake, attached
from newsbook.project import Amending, ProjectDraft, arranged, meant, unfit
from newsbook.stories import Story
from newsbook.workplace import Workplace


def arrange(takings: tuple[Intake, ...], draft: ProjectDraft, work: Workplace) -> tuple[Intake, ...]:
    """Return what was taken in, of which every part is an issue, as a project has it; what does not fit is reported.

    Paths of the project are seen from the working folder. Raises `InputError` where nothing is left, `LimitError` where
    a person says more than pages are made of.
    """
    names = tuple(story.article.source.name for taken in takings for story in taken.stories)
    for finding in unfit(names, draft):
        work.report(finding)
    amending = Amending(draft, work.report)
    made = tuple(_arranged(taken, draft, amending, work) for taken in takings)
    if not draft.is_part:
        amending.finish()
        _report_empty(made, names, draft, work)
    if not any(taken.stories for taken in made):
        raise InputError("every article is left out of the issue or held; take leave_out or hold from one of them.")
    whole = with_matter(tuple(taken for taken in made if taken.stories), draft, work)
    read = frozenset(id(story.article) for taken in takings for story in taken.stories)
    return tuple(_admitted(taken, read, draft.project.gate, work.report) for taken in whole)


def _admitted(taken: Intake, read: frozenset[int], caps: Caps, report: Report) -> Intake:
    """Return one part with what a person says of it through the gate; what is as it was `read` has passed it."""

    def admitted(story: Story) -> Story:
        if id(story.article) in read:
            return story
        article = admit_article(story.article, caps, report)
        demand_settable(article, caps)
        return story if article is story.article else replace(story, article=article)

    return replace(taken, stories=tuple(map(admitted, taken.stories)))


def _arranged(taken: Intake, draft: ProjectDraft, amending: Amending, work: Workplace) -> Intake:
    """Return one part as the project has it, with the pictures that were put in among its own."""
    names = tuple(story.article.source.name for story in taken.stories)
    stories: list[Story] = []
    pictures: list[Path] = []
    left_out: set[str] = set()
    for place in arranged(names, draft.project.sections, draft.project.order):
        story = taken.stories[place.number]
        article = replace(story.article, section=place.section) if place.section else story.article
        made = amending.follow(article)
        if made.is_left_out:
            source = article.source
            left_out |= {source.name, *(each.name for each in source.pages), *(each.name for each in source.reprints)}
            continue
        put_in = [(name, Path(file), attached(name, Path(file), work.store)) for name, file in made.files]
        pictures += [path for _, path, _ in put_in]
        own = tuple(each for _, _, each in put_in)
        stories.append(replace(story, article=made.article, pictures=(*story.pictures, *own)))
    # What nothing but such articles was read of is not part of the issue.
    raws = tuple(raw for raw in taken.raws if not raw.names or not left_out.issuperset(raw.names))
    return replace(taken, stories=tuple(stories), pictures=(*taken.pictures, *pictures), raws=raws)


def _report_empty(made: tuple[Intake, ...], names: tuple[str, ...], draft: ProjectDraft, work: Workplace) -> None:
    """Report sections that articles were named for, and of which none is left."""
    held = {story.article.section for taken in made for story in taken.stories}
    found = meant((entry for section in draft.project.sections for entry in section.articles), names)
    for number, section in enumerate(draft.project.sections):
        if section.name not in held and any(found[entry] for entry in section.articles):
            message = f"the section “{section.name}” has no article left, and is not printed."
            where = draft.origin(f"sections[{number}]") or Place()
            work.report(Diagnostic(Code.SECTION_EMPTY, message, where))
