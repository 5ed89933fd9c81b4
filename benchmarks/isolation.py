"""Measure what a clean issue pays for the gate and for being read and set in limited processes.

    PYTHONPATH=src python benchmarks/isolation.py [FOLDER] [--runs N]

makes a PDF of FOLDER (examples/bulletin) in this process (`-j 0`) and in a process of its own, one after the other, and
prints the median seconds of processor time of both, children counted, and what the second costs more; then the share of
a run in this process that is spent in the gate. Both shares together stay below a tenth; else the exit code is 1.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from newsbook import Manner, Output, Project, build, gate

ROOT = Path(__file__).parent.parent
MOST = 0.10
# What of the gate is called from where stories are read and bound, with the modules that hold it under its name.
CALLS = ("admit_article", "admit_copy", "admit_stories", "demand_few_elements", "demand_size", "parse_json", "short")


def run(folder: Path, workers: int) -> float:
    """Return the seconds of processor time that one edition takes, in a fork, its children counted."""
    with TemporaryDirectory() as scratch:
        pid = os.fork()
        if not pid:
            project = Project((str(folder),), outputs=(Output(f"{scratch}/x.pdf"),))
            build(project, manner=Manner("", workers=workers))
            os._exit(0)
        _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit(f"a run ended with {status}")
    return used.ru_utime + used.ru_stime


def timed(spent: list[float], function: Callable[..., object]) -> Callable[..., object]:
    """Return a function that adds what it takes to `spent`; what it yields is taken within."""

    def wrapped(*arguments: object, **named: object) -> object:
        began = time.process_time()
        try:
            made = function(*arguments, **named)
            return iter(list(made)) if function.__name__ == "admit_stories" else made  # type: ignore[call-overload]
        finally:
            spent.append(time.process_time() - began)

    return wrapped


def share_of_gate(folder: Path) -> float:
    """Return the share of a run in this process that the gate takes."""
    spent: list[float] = []
    for name in CALLS:
        plain = getattr(gate, name)
        for module in [each for each in sys.modules.values() if getattr(each, name, None) is plain]:
            setattr(module, name, timed(spent, plain))
    with TemporaryDirectory() as scratch:
        began = time.process_time()
        build(Project((str(folder),), outputs=(Output(f"{scratch}/x.pdf"),)), manner=Manner("", workers=0))
        return sum(spent) / (time.process_time() - began)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples" / "bulletin")
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    here, apart = [], []
    for _ in range(told.runs):
        here.append(run(told.folder, 0))
        apart.append(run(told.folder, 1))
    cost = median(apart) / median(here) - 1
    gated = share_of_gate(told.folder)
    print(f"in this process {median(here):.2f} s, in one of its own {median(apart):.2f} s: {cost:+.1%}")
    print(f"the gate: {gated:.2%}")
    return cost + gated > MOST


if __name__ == "__main__":
    sys.exit(main())
