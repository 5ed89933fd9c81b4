"""A person's decisions on a page, which come last: repairs accepted, rejected or replaced, and what is to be kept.

They lie beside the page in a file of JSON, `page.txt.overrides.json`. They name every place by its line and column in
the raw page, and by what stands there. So it shows when the page is no longer the one that was decided on.
"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, Place, Report
from newsbook.model import FORBIDDEN, OVERRIDE, Copy, Omission, Repair
from newsbook.places import Finder, in_text
from newsbook.replay import by_line, in_order, replay


class Decision(StrEnum):
    """What a person can say about a repair."""

    ACCEPT = "accept"
    REJECT = "reject"
    REPLACE = "replace"


class Ruling(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A decision on the place where `before` stands in the raw page.

    `after` is what shall stand there: what was accepted, or what a person wrote instead. Where it is left out, an
    accepted repair puts its own text there. A rejected repair has none.
    """

    line: int
    column: int
    before: str
    decision: Decision
    after: str | None = None


class Keep(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was left out as `kind` and is to be kept: the raw text from the column to the end of the line."""

    line: int
    column: int
    before: str
    kind: str = ""
    decision: Literal["keep"] = "keep"


Decided = TypeVar("Decided", Ruling, Keep)


class Overrides(Struct, frozen=True, forbid_unknown_fields=True, tag="overrides"):
    """The decisions on the page whose bytes have this `sha256`; `page` is its name."""

    page: str
    sha256: str
    repairs: tuple[Ruling, ...] = ()
    omissions: tuple[Keep, ...] = ()


def load(raw: bytes, name: str) -> Overrides:
    """Read a file of decisions. Raises `InputError`, which names the faulty field, where it cannot be read."""
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{name} holds no decisions on a page: {error}") from error


def override(received: Copy, mended: Copy, overrides: Overrides, report: Report) -> Copy:
    """Return `mended` with the decisions on `received`, the raw page, followed. The record says `override` for each.

    A decision that does not fit its place is reported, and not followed.
    """
    name = received.source.name
    if overrides.sha256 != received.source.sha256:
        message = f"{name} has changed since a person decided on it; only what still fits its place was followed."
        hint = "Go through the proof sheet again, and save the decisions anew."
        report(Diagnostic(Code.OVERRIDE_UNFIT, message, Place(name), hint))
    lines = {line.number: line.text for line in received.lines}
    page = _DecidedPage(lines, by_line(mended.source.repairs), in_text(received), name, report)
    ruled = tuple(page.followed(overrides.repairs))
    kept = tuple(page.kept(overrides.omissions))
    _say_how_many(overrides, len(ruled) + len(kept), name, report)
    return replace(_ruled(received, mended, ruled), kept=kept)


def is_settled(finding: Diagnostic, ruled: Copy) -> bool:
    """Tell whether `finding` is a doubt that a decision on `ruled` has ended."""
    where = finding.where
    return finding.code is Code.REPAIR_DOUBTFUL and any(
        repair.line == where.line and repair.column <= where.column < repair.column + len(repair.before)
        for repair in ruled.source.repairs
        if repair.kind == OVERRIDE
    )


class _DecidedPage(Struct, frozen=True):
    """A page that decisions were made on: the raw lines by number, and the repairs that the program made, by line.

    `find` brings places in the raw page to places in its lines. These differ where the page has markup.
    """

    lines: dict[int, str]
    repairs: dict[int, list[Repair]]
    find: Finder
    name: str
    report: Report

    def followed(self, rulings: tuple[Ruling, ...]) -> Iterator[Repair]:
        """Yield the rulings that fit as entries of the record; report the others."""
        taken: dict[int, list[Repair]] = {}
        for ruling in rulings:
            placed = self._in_text(ruling)
            others = taken.setdefault(placed.line, [])
            why = self._misfit(placed, others)
            if why:
                self._refuse(ruling, why)
            else:
                entry = Repair(OVERRIDE, placed.line, placed.column, placed.before, self._after(placed) or "")
                others.append(entry)
                yield entry

    def kept(self, keeps: tuple[Keep, ...]) -> Iterator[Omission]:
        """Yield what is to be kept; report what is no longer there."""
        for keep in keeps:
            placed = self._in_text(keep)
            if keep.before and self._stands(placed) and not self._behind(placed).strip():
                yield Omission(keep.kind, placed.line, keep.before, placed.column)
            else:
                self._refuse(keep, "the page does not have this line there")

    def _in_text(self, entry: Decided) -> Decided:
        position = self.find(entry.line, entry.column)
        return replace(entry, line=position.line, column=position.column)

    def _misfit(self, ruling: Ruling, taken: list[Repair]) -> str:
        """Return why a ruling cannot be followed, or nothing where it can."""
        touched = [repair for repair in self.repairs.get(ruling.line, ()) if _overlap(repair, ruling)]
        after = self._after(ruling)
        if not ruling.before or not self._stands(ruling):
            return "this does not stand there"
        if any(_overlap(repair, ruling) for repair in taken):
            return "another decision has been made on the same place"
        if any(not _covers(ruling, repair) for repair in touched):
            return "the repair there now reaches farther"
        if after is None:
            return "there is no repair there that could be accepted, and no text that could replace it"
        if FORBIDDEN.search(after) or len(after.splitlines()) > 1:
            return "what shall stand there holds a line end or a control character"
        return ""

    def _after(self, ruling: Ruling) -> str | None:
        """Return what a ruling puts into its place, or None where nothing says it."""
        if ruling.decision is Decision.REJECT:
            return ruling.before
        made = (repair.after for repair in self.repairs.get(ruling.line, ()) if _same_place(repair, ruling))
        return next(made, None) if ruling.decision is Decision.ACCEPT and ruling.after is None else ruling.after

    def _stands(self, entry: Ruling | Keep) -> bool:
        return entry.column >= 1 and self.lines.get(entry.line, "").startswith(entry.before, entry.column - 1)

    def _behind(self, keep: Keep) -> str:
        return self.lines[keep.line][keep.column - 1 + len(keep.before) :]

    def _refuse(self, entry: Ruling | Keep, why: str) -> None:
        message = f"the decision to {entry.decision} “{entry.before}” was not followed: {why}."
        hint = "Decide on it anew on the proof sheet; what is saved there leaves this out."
        self.report(Diagnostic(Code.OVERRIDE_UNFIT, message, Place(self.name, entry.line, entry.column), hint))


def _ruled(received: Copy, mended: Copy, ruled: tuple[Repair, ...]) -> Copy:
    """Return `mended` with its record and lines as the rulings have them; the same object where there are none."""
    if not ruled:
        return mended
    touched = by_line(ruled)
    made = mended.source.repairs
    left = (repair for repair in made if not any(_overlap(repair, entry) for entry in touched.get(repair.line, ())))
    record = tuple(in_order((*left, *ruled)))
    entries = by_line(record)
    lines = tuple(
        replay(raw, entries[raw.number]) if raw.number in touched else line
        for raw, line in zip(received.lines, mended.lines, strict=True)
    )
    return replace(mended, lines=lines, source=replace(mended.source, repairs=record))


def _overlap(repair: Repair, entry: Ruling | Repair) -> bool:
    """Tell whether two entries of one line touch."""
    return repair.column < entry.column + len(entry.before) and entry.column < repair.column + len(repair.before)


def _covers(ruling: Ruling, repair: Repair) -> bool:
    return ruling.column <= repair.column and repair.column + len(repair.before) <= ruling.column + len(ruling.before)


def _same_place(repair: Repair, ruling: Ruling) -> bool:
    return (repair.line, repair.column, repair.before) == (ruling.line, ruling.column, ruling.before)


def _say_how_many(overrides: Overrides, followed: int, name: str, report: Report) -> None:
    counts = Counter([str(ruling.decision) for ruling in overrides.repairs])
    counts.update(keep.decision for keep in overrides.omissions)
    if counts:
        said = ", ".join(f"{count} × {decision}" for decision, count in counts.items())
        message = f"{followed} of {counts.total()} decisions of a person were followed ({said})."
        report(Diagnostic(Code.OVERRIDDEN, message, Place(name)))


_decoder: msgspec.json.Decoder[Overrides] = msgspec.json.Decoder(Overrides)
