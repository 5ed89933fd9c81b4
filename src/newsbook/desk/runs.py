"""Carry the formatting of a line over its repairs, by replaying the record of them."""

from msgspec.structs import replace

from newsbook.model import Repair, Run


def mended_runs(runs: tuple[Run, ...], repairs: list[Repair]) -> tuple[Run, ...]:
    """Return the ranges that `runs` of a line as received have in the line as repaired."""
    made = sorted((repair for repair in repairs if not repair.doubtful), key=lambda repair: repair.column)
    if not made:
        return runs
    moved = (replace(run, start=_moved(run.start, made, 0), end=_moved(run.end, made, 1)) for run in runs)
    return tuple(run for run in moved if run.start < run.end)


def _moved(at: int, repairs: list[Repair], side: int) -> int:
    """Return where the place `at` has gone; within a repair, to its start or, at `side` 1, its end."""
    shift = 0
    for repair in repairs:
        start = repair.column - 1
        end = start + len(repair.before)
        if at >= end:
            shift += len(repair.after) - len(repair.before)
        elif at > start:
            return start + shift + side * len(repair.after)
        else:
            break
    return at + shift
