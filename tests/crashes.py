"""Kill runs, and see that what they leave belongs together, and that the next run clears up after them.

    PYTHONPATH=src:tests python tests/crashes.py [--warm] [--every N] [--random N] [--workers N] [--seed N]

A run writes an e-book, a PDF, a sheet of JSON, another in a second folder and a report, with a store that lasts and a
fetch cache. It is killed (SIGKILL) at every step by which it changes the disk: before a file is opened for writing,
renamed, linked or removed, before a folder is made or removed, before a flush, and in the middle of every write. Then
it is killed at random moments, with a process of the pool, and with another run at the same targets. Last, writes fail
as on a full disk, a used-up quota, a read-only disk, and under a limit of file size, at every one of these steps.
"""

import argparse
import errno
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from newsbook import Exit, Facts, Manner, NewsbookError, Output, Project, build
from newsbook.fetch.cache import Cache, CachedAnswer
from newsbook.model import Retrieval
from newsbook.publication import recover
from newsbook.store import Store

PAGE = (
    "渡口{number}號\n\n2024-05-0{number} 08:30 來源：渡口街坊網\n\n渡口老街的涼亭換了新瓦，街坊說下雨天又有地方坐了。\n"
)
OLD, NEW, OTHER = 1, 2, 3
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod"}


class Place(Struct, frozen=True):
    """Where runs write: folders for outputs, a store, a cache, and temporary files."""

    root: Path

    def made(self) -> "Place":
        for name in ("out", "beside", "scratch"):
            (self.root / name).mkdir(parents=True)
        return self

    @property
    def outputs(self) -> tuple[Path, ...]:
        out = self.root / "out"
        return out / "a.epub", out / "a.pdf", out / "a.json", self.root / "beside" / "b.json"

    @property
    def record(self) -> Path:
        return self.root / "out" / "report.json"


def run(place: Place, number: int, workers: int = 0, outputs: tuple[Output, ...] = ()) -> Exit:
    """Make the outputs of one version of a page, and keep an answer in the cache."""
    tempfile.tempdir = str(place.root / "scratch")
    page = place.root / f"{number}" / "page.txt"
    cover = place.root / "cover.jpg"
    body = b"answer %d" % number
    digest = hashlib.sha256(body).hexdigest()
    url = "https://news.example/page"
    Cache(place.root / "cache").keep(
        CachedAnswer(url, "text/html", Retrieval(url, "2024-05-01T08:00:00Z", digest, len(body))), body
    )
    book, print_, sheet, beside = map(str, place.outputs)
    project = Project(
        inputs=(str(page),),
        issue=Facts("渡口街坊報", f"{number}"),
        outputs=outputs or (Output(book, cover=str(cover)), Output(print_), Output(sheet), Output(beside)),
    )
    return build(project, manner=Manner(str(place.record), workers=workers, store=str(place.root / "store"))).exit


# --- steps


class Doom:
    """Counts the steps by which a process changes the disk, and sends it a signal, or lets it fail, at one of them."""

    def __init__(self, at: int, fault: int = 0, number: int = signal.SIGKILL) -> None:
        self.count, self._at, self._fault, self._number = 0, at, fault, number

    def step(self, torn: Callable[[], object] = lambda: None) -> None:
        """Count a step. `torn` does half of it."""
        self.count += 1
        if self._fault and self.count >= self._at:
            raise OSError(self._fault, os.strerror(self._fault))
        if self.count == self._at:
            if self._number == signal.SIGKILL:
                torn()
            os.kill(os.getpid(), self._number)

    def arm(self) -> None:
        """Watch this process from here on."""
        write, fsync = os.write, os.fsync

        def written(descriptor: int, data: Any) -> int:
            self.step(lambda: write(descriptor, data[: len(data) // 2]))
            return write(descriptor, data)

        def flushed(descriptor: int) -> None:
            self.step()
            fsync(descriptor)

        os.write, os.fsync = written, flushed  # type: ignore[assignment]
        draft = Store.draft

        @contextmanager
        def drafted(store: Store) -> Iterator[Any]:
            with draft(store) as file:
                yield Torn(file, self)

        Store.draft = drafted  # type: ignore[method-assign, assignment]
        if not self._fault:
            sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if opens or event in CHANGES:
            self.step()


class Torn:
    """A file of which every write is a step."""

    def __init__(self, file: BinaryIO, doom: Doom) -> None:
        self._file, self._doom = file, doom

    def write(self, data: Any) -> int:
        self._doom.step(lambda: (self._file.write(bytes(data)[: len(data) // 2]), self._file.flush()))
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._file)


def apart(work: Callable[[], int]) -> int:
    """Do something in a fork of this process, and return how that ended: its exit code, or minus its signal."""
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


# --- what is seen


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


class Look(Struct, frozen=True):
    """Hashes of the outputs, and those that the report tells, none where there is no report."""

    outputs: tuple[str, ...]
    told: tuple[str, ...] | None

    def fault(self, known: dict[tuple[str, ...], int]) -> str:
        """Return what is wrong with what stands there right after a run was killed."""
        whole = {each for outputs in known for each in outputs}
        if not set(self.outputs) <= whole:
            return "an output is damaged"
        return "" if self.told in {None, self.outputs} else "outputs and report are of different runs"


def look(place: Place) -> Look:
    outputs = tuple(digest_of(path) for path in place.outputs)
    if not place.record.exists():
        return Look(outputs, None)
    return Look(outputs, tuple(each["sha256"] for each in json.loads(place.record.read_bytes())["outputs"]))


def damage(place: Place) -> str:
    """Return what is damaged in the store or the cache."""
    for file in (place.root / "store" / "content").glob("*/*"):
        if digest_of(file) != file.parent.name + file.name:
            return f"the store holds {file.name} damaged"
    for file in (place.root / "store" / "results").glob("*/*"):
        if Store(place.root / "store").kept(file.parent.name + file.name) is None:
            return f"the store holds the result {file.name} damaged"
    bodies = (place.root / "cache" / "bodies").glob("*")
    return next((f"the cache holds {file.name} damaged" for file in bodies if digest_of(file) != file.name), "")


def leftovers(place: Place) -> list[str]:
    """Return what is there that no run should leave."""
    named = {*place.outputs, place.record}
    found = [path for folder in ("out", "beside") for path in (place.root / folder).iterdir() if path not in named]
    found += (place.root / "scratch").iterdir()
    found += [path for path in (place.root / "store").iterdir() if path.name not in {"content", "results", "lock"}]
    found += [path for path in (place.root / "cache").iterdir() if path.name not in {"entries", "bodies"}]
    return [str(path.relative_to(place.root)) for path in found]


class Trial:
    """Places as they were before a run, and what runs make of their versions, to hold others against."""

    def __init__(self, root: Path, *, is_warm: bool = False) -> None:
        self.root, self.faults = root, Counter[str]()
        self.states = Counter[str]()
        self._count = 0
        first = Place(root / "first").made()
        from PIL import Image

        Image.new("RGB", (300, 400), "#347").save(first.root / "cover.jpg")
        self.known: dict[tuple[str, ...], int] = {}
        for number in (NEW, OTHER, OLD):
            page = first.root / f"{number}" / "page.txt"
            page.parent.mkdir()
            page.write_text(PAGE.format(number=number), "utf-8")
            run(first, number)
            self.known[look(first).outputs] = number
        assert len(self.known) == 3
        if not is_warm:
            shutil.rmtree(first.root / "store")
        self._first = first

    @contextmanager
    def place(self, *, old: bool = True) -> Iterator[Place]:
        """Yield a place that has the files of a run before, or none."""
        self._count += 1
        place = Place(self.root / f"{self._count}")
        shutil.copytree(self._first.root, place.root)
        if not old:
            for path in (*place.outputs, place.record):
                path.unlink()
        yield place
        shutil.rmtree(place.root, ignore_errors=True)

    def steps(self, *, old: bool = True) -> int:
        """Return how many steps a run takes."""
        with self.place(old=old) as place:
            doom = Doom(0)

            def counted() -> int:
                doom.arm()
                run(place, NEW)
                (place.root / "count").write_text(str(doom.count))
                return 0

            apart(counted)
            return int((place.root / "count").read_text())

    def kill_at(self, step: int, *, old: bool = True) -> None:
        """Kill a run at a step, and look at what it has left, by itself and after the next."""
        with self.place(old=old) as place:

            def doomed() -> int:
                Doom(step).arm()
                return run(place, NEW)

            code = apart(doomed)
            self._note(f"step {step}", code in {-signal.SIGKILL, 0}, f"ended with {code}")
            self.inspect(f"step {step} of {'old' if old else 'new'}", place, {OLD if old else 0, NEW})

    def inspect(self, what: str, place: Place, versions: set[int]) -> None:
        """Look at what runs that were killed have left."""
        known = {**self.known, ("",) * len(place.outputs): 0}
        seen = look(place)
        self._note(what, not (fault := seen.fault(known)), fault)
        before = "none before" if 0 in versions else "one before"
        self.states[f"{'no report' if seen.told is None else 'a report'}, {before}"] += 1
        self._note(what, not (fault := damage(place)), fault)
        recover((place.root / "out", place.root / "beside"))
        after = look(place)
        version = known.get(after.outputs)
        self._note(what, version in versions, "outputs of different runs after recovery")
        self._note(what, after.told == (after.outputs if version else None), "no report after recovery")
        code = apart(lambda: run(place, NEW))
        self._note(what, code == 0, f"the next run ended with {code}")
        self._note(what, self.known.get(look(place).outputs) == NEW, "the next run made something else")
        self._note(what, look(place).told == look(place).outputs, "the next report is of another run")
        self._note(what, not (left := leftovers(place)), f"left: {left}")
        self._note(what, not (fault := damage(place)), fault)

    def fail_at(self, step: int, fault: int) -> None:
        """Let every write fail from a step on. The old files stay, or all new ones are there."""
        with self.place() as place:

            def failing() -> int:
                try:
                    Doom(step, fault).arm()
                    return run(place, NEW)
                except NewsbookError as error:
                    return error.exit.value

            code = apart(failing)
            what = f"{errno.errorcode[fault]} at {step}"
            self._note(what, code in {Exit.OK, Exit.OUTPUT}, f"ended with {code}")
            seen = look(place)
            self._note(what, self.known.get(seen.outputs) in {OLD, NEW}, "outputs are of different runs")
            own = seen.told in {(), None, seen.outputs}
            self._note(what, own, "outputs and report are of different runs")
            self._note(what, code == Exit.OUTPUT or self.known.get(seen.outputs) == NEW, "nothing was written, unsaid")
            self.inspect_next(what, place)

    def inspect_next(self, what: str, place: Place) -> None:
        code = apart(lambda: run(place, NEW))
        self._note(what, code == 0, f"the next run ended with {code}")
        self._note(what, not (left := leftovers(place)), f"left: {left}")
        self._note(what, not (fault := damage(place)), fault)

    def kill_two(self, rng: random.Random, *, workers: int, most: float) -> None:
        """Have two runs at the same targets, and kill one or both at random moments."""
        with self.place(old=rng.random() < 0.7) as place:
            old = {OLD} if place.record.exists() else {0}
            started = []
            for number in (NEW, OTHER):
                sys.stdout.flush()
                pid = os.fork()
                if not pid:
                    code = 99
                    try:
                        os.setpgid(0, 0)
                        code = run(place, number, workers)
                    finally:
                        os._exit(code)
                started.append(pid)
            codes = []
            for pid in started:
                if rng.random() < 0.8:
                    time.sleep(rng.random() * most)
                    os.kill(pid, signal.SIGKILL)
                codes.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            what = f"two runs, {codes}"
            self._note(what, set(codes) <= {0, -signal.SIGKILL}, "ended with something else")
            self.states["both done" if not any(codes) else "killed"] += 1
            self.inspect(what, place, {*old, NEW, OTHER})

    def _note(self, what: str, holds: bool, fault: str) -> None:  # noqa: FBT001 - a fact, and what is said of it.
        if not holds:
            self.faults[fault] += 1
            print(f"{what}: {fault}", flush=True)


def limit_size(trial: Trial, size: int) -> None:
    """Run under a limit of file size."""
    with trial.place() as place:

        def limited() -> int:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            try:
                return run(place, NEW)
            except NewsbookError as error:
                return error.exit.value

        code = apart(limited)
        seen = look(place)
        holds = code == Exit.OUTPUT and trial.known.get(seen.outputs) == OLD
        trial._note(f"file size {size}", holds, f"ended with {code}")  # noqa: SLF001 - a function of the trial's.
        trial.inspect_next(f"file size {size}", place)


def main() -> None:
    """Run everything, and print figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--warm", action="store_true", help="find the pages set already in the store, which is quicker")
    asked.add_argument("--every", type=int, default=1, help="kill at every nth step")
    asked.add_argument("--random", type=int, default=200, help="pairs of runs that are killed at random moments")
    asked.add_argument("--workers", type=int, default=1, help="processes of the pool in these")
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), is_warm=options.warm)
        for old in (True, False):
            count, began = trial.steps(old=old), time.monotonic()
            for step in range(1, count + 1, options.every):
                trial.kill_at(step, old=old)
            print(f"{count} steps, {'over old files' if old else 'new'}: {time.monotonic() - began:.0f} s", flush=True)
        rng = random.Random(options.seed)
        for _ in range(options.random):
            trial.kill_two(rng, workers=options.workers, most=1.5)
        print(f"{options.random} pairs at random, seed {options.seed}", flush=True)
        faults = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
        count = trial.steps()
        for fault in faults:
            for step in range(1, count + 1, 4 * options.every):
                trial.fail_at(step, fault)
        for size in (0, 100, 2000, 5000):
            limit_size(trial, size)
        print("full disk, quota, read-only disk, limit of file size")
        print("states seen:", dict(trial.states))
        print("faults:", dict(trial.faults) or "none")
        sys.exit(bool(trial.faults))


if __name__ == "__main__":
    main()
