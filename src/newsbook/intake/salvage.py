"""Salvage: what can be read of an input on which a process died, or went beyond its limits."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.intake.job import Read, ReadInput
from newsbook.jobs import Done, Failed, Outcome, culprits
from newsbook.workplace import Workplace


class Lost(Struct, frozen=True):
    """A document that cannot be read: what findings call it, and why."""

    name: str
    why: str


def pieces_of(job: ReadInput, lost: Failed, work: Workplace) -> tuple[Read | Lost, ...]:
    """Return what can be read of an input whose job was lost, in its order, and what cannot; findings are reported.

    The documents at fault are found by bisection. Where it is the input itself that cannot be taken apart, or all of
    it together is too much, the whole is lost.
    """
    whole = Lost(job.name, lost.message)
    (counted,) = work.runner.map((replace(job, part=(0, 0)),))
    if isinstance(counted, Failed) or counted.value.count <= 1:
        return (whole,)
    count = counted.value.count
    tries: dict[tuple[int, int], Outcome[Read]] = {}

    def fails(numbers: tuple[int, ...]) -> bool:
        part = numbers[0], numbers[-1] + 1
        (outcome,) = work.runner.map((replace(job, part=part, weight=len(numbers) / count),))
        tries[part] = outcome
        return isinstance(outcome, Failed) and outcome.is_lost

    found = culprits(tuple(range(count)), fails)
    good = [part for part, outcome in tries.items() if isinstance(outcome, Done)]
    return tuple(_in_order(job, tries, good, found, work)) if found or good else (whole,)


def _in_order(
    job: ReadInput,
    tries: dict[tuple[int, int], Outcome[Read]],
    good: list[tuple[int, int]],
    found: tuple[int, ...],
    work: Workplace,
) -> Iterator[Read | Lost]:
    for part in sorted((*good, *((number, number + 1) for number in found))):
        outcome = tries[part]
        for finding in outcome.findings:
            work.report(finding)
        if isinstance(outcome, Done):
            yield outcome.value
        else:
            why = f"{job.name}#{part[1]} {outcome.message.removeprefix(job.name).lstrip()}"
            yield Lost(f"{job.name}#{part[1]}", why)
