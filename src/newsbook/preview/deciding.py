"""A person's decisions on an article, taken in the preview and kept as the proof sheet keeps them, beside the page."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from newsbook.diagnostics import InputError, printable
from newsbook.gate import is_inside
from newsbook.inputs import OVERRIDES_SUFFIX
from newsbook.intake import Wish, take_in
from newsbook.overrides import Decision, Keep, Overrides, Ruling
from newsbook.preview.workshop import Workshop
from newsbook.proof import Galley, pull_galley
from newsbook.proof.changes import Change
from newsbook.stories import Story
from newsbook.targets import write
from newsbook.workplace import Workplace

Said: TypeAlias = Literal["", "accept", "reject", "replace", "keep"]


class Decided(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says of a place of an article; an empty `decision` takes back what was said."""

    article: str
    line: int
    column: int
    before: str
    decision: Said
    after: str = ""


class UndecidableError(InputError):
    """There is nothing to decide on where somebody does."""


def galley_of(name: str, workshop: Workshop) -> Galley:
    """Return the galley of an article as its page stands on disk now. Raises `InputError` where there is none."""
    sources = workshop.sources
    item = sources.named(name) if sources else None
    if sources is None or item is None or item.path is None or item.url:
        raise UndecidableError("this article did not come as a file; put right what is wrong where it is from.")
    work = Workplace(workshop.store, workshop.quick(), lambda _finding: None)
    taken = take_in((item,), sources.project, work, wish=Wish(pictures=False, pulls=True))
    stories = [part for story in taken.stories for part in (story.parts or (story,))]
    found: Story | None = next((story for story in stories if story.article.source.name == name), None)
    if found is None or found.pull is None:
        raise UndecidableError("this article did not come as a page; put right what is wrong in the file itself.")
    return pull_galley("a1", found.article, found.pull, {}, ())


def decide(said: Decided, workshop: Workshop) -> Path:
    """Write a decision beside the page of its article, among those that were taken before; return the file."""
    galley = galley_of(said.article, workshop)
    sources = workshop.sources
    item = sources.named(said.article) if sources else None
    if item is None or item.path is None or not galley.decisions:
        raise UndecidableError("no file of decisions can lie beside this article.")
    source = galley.article.source
    overrides = Overrides(
        page=source.name,
        sha256=source.sha256,
        repairs=tuple(_rulings(galley, said)),
        omissions=tuple(_keeps(galley, said)),
    )
    place = item.path.with_name(item.path.name + OVERRIDES_SUFFIX)
    if not is_inside(place, (os.path.realpath(place.parent),)):
        raise UndecidableError(f"{printable(place.name)} is a link that leads out of its folder; take it away.")
    write(place, msgspec.json.format(msgspec.json.encode(overrides), indent=2) + b"\n")
    return place


def _rulings(galley: Galley, said: Decided) -> Iterator[Ruling]:
    """Yield all decisions on changes, the new one among them. Raises `UndecidableError` where its place has gone."""
    is_there = said.decision == "keep"
    for change in galley.changes:
        is_meant = (change.line, change.column, change.before) == (said.line, said.column, said.before)
        is_there = is_there or is_meant
        decision = said.decision if is_meant and said.decision != "keep" else change.decision
        if decision:
            yield _ruling(change, Decision(decision), said.after if is_meant else change.now)
    is_left_out = any(
        (each.omission.line, each.omission.column) == (said.line, said.column) for each in galley.left_out
    )
    if not is_there and not (said.decision == "" and is_left_out):
        raise UndecidableError("the page has changed, and this does not stand there any more.")


def _ruling(change: Change, decision: Decision, written: str) -> Ruling:
    after = {Decision.ACCEPT: change.after, Decision.REJECT: None, Decision.REPLACE: written}[decision]
    return Ruling(change.line, change.column, change.before, decision, after)


def _keeps(galley: Galley, said: Decided) -> Iterator[Keep]:
    """Yield what is kept of what was left out, with what is to be kept now."""
    is_there = said.decision != "keep"
    for each in galley.left_out:
        place = (each.omission.line, each.omission.column, each.before)
        is_meant = place == (said.line, said.column, said.before)
        is_there = is_there or (is_meant and bool(each.before))
        if (each.kept or (is_meant and said.decision == "keep")) and not (is_meant and said.decision == ""):
            yield Keep(*place, each.omission.kind)
    if not is_there:
        raise UndecidableError("the page has changed, and this line does not stand there any more.")
