"""Kill, stop and starve the commands that write, and see that the old or the new files stand there, whole.

    PYTHONPATH=src:tests python tests/wrecks.py [SCENE…] [--every N] [--disks]

`crashes.py` is about one run in depth; this is about every command: a build with its log, a series, volumes, editions
to be kept and signed ones, booklets, corrections that `check --fix` writes, edits and decisions of the preview, `init`
and `diff`. Each is killed at every step by which it changes the disk (SIGKILL, in the middle of every write), ended
(SIGTERM, SIGINT), and let fail as on a full or a read-only disk. What was there before is an older state of the same
files; what the command comes to undisturbed is the newer one. Nothing else may ever be seen, and the next run comes to
the newer one, byte by byte, with nothing left. With `--disks` (root, Linux) folders are real full and read-only disks.
"""

import argparse
import ctypes
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias, cast

from msgspec import Struct

from crashes import Doom, apart
from newsbook.claims import scratch, sweep
from newsbook.cli import main as command
from newsbook.diagnostics import NewsbookError
from newsbook.publication import recover
from newsbook.store import Store

# Where a command may write without that it is an output.
SCRATCH, STORE = "scratch", "store"
PAGE = """{head}

2024-05-0{day} 08:30 來源：渡口街坊網

渡口老街的{head}換了新瓦，街坊說下雨天又有地方坐了，賣豆花的攤子也搬了過去。網(w渡口的早市。六點 開張，街坊都來了。

孩子們放學後在{head}底下寫作業，等著家裡人收攤，一直坐到天黑。
"""
PLAIN = """# The issue of the street.
inputs = ["pages"]  # all of them

[issue]
nameplate = "渡口街坊報"
"""

Files: TypeAlias = dict[str, bytes]
STEADY = {SCRATCH, STORE}


class Scene(Struct, frozen=True):
    """A command, the folder that it works in, and what is changed there between its first run and the next."""

    name: str
    make: Callable[[Path], object]
    change: Callable[[Path], object]
    act: Callable[[], int]
    runs_first: bool = True
    is_command: bool = True


def newsbook(*arguments: str) -> Callable[[], int]:
    """Return what runs a command, and returns its exit code."""

    def act() -> int:
        sys.argv = ["newsbook", *arguments]
        try:
            command()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 1
        return 0

    return act


BUILD = newsbook("build", "-j", "0", "--store", STORE, "--report", "out/report.json")


def pages(folder: Path, *outputs: str, settings: str = PLAIN) -> None:
    (folder / "pages").mkdir(parents=True)
    (folder / "out").mkdir()
    for day, head in enumerate(("涼亭", "碼頭"), 1):
        (folder / "pages" / f"{day}.txt").write_text(PAGE.format(head=head, day=day), "utf-8")
    tables = "".join(f"\n[[outputs]]\n{output}\n" for output in outputs)
    (folder / "newsbook.toml").write_text(settings + tables, "utf-8")


def reword(folder: Path) -> None:
    page = folder / "pages" / "1.txt"
    page.write_text(page.read_text("utf-8").replace("新瓦", "舊瓦"), "utf-8")


def bare(folder: Path) -> None:
    pages(folder)
    (folder / "newsbook.toml").unlink()


def scraped_twice(folder: Path) -> None:
    pages(folder)
    shutil.copytree(folder / "pages", folder / "old")


def series(folder: Path) -> None:
    for number in ("1", "2"):
        pages(folder / number, 'file = "out/a.json"', 'file = "out/a.epub"')


def kept(folder: Path) -> None:
    from newsbook.provenance.signing import known_key

    (folder / "key.pem").parent.mkdir(exist_ok=True)
    sealed = 'file = "out/{}"\nprofile = "archive"\nsign_with = "key.pem"'
    pages(folder, sealed.format("a.epub"), sealed.format("a.pdf"))
    (folder / "key.pem").write_bytes(known_key())


def volume(folder: Path) -> None:
    pages(
        folder,
        'file = "out/all.epub"\ncollection = "volume"',
        'file = "out/each"\nkind = "epub"\ncollection = "individual"',
    )
    (folder / "more").mkdir()
    (folder / "more" / "3.txt").write_text(PAGE.format(head="書房", day=3), "utf-8")
    toml = folder / "newsbook.toml"
    toml.write_text(toml.read_text("utf-8").replace('["pages"]', '["pages", "more"]'), "utf-8")


def edit() -> int:
    """Write a headline into newsbook.toml as the preview does."""
    from newsbook.model import Article, Source
    from newsbook.preview.edits import Editor, Headline

    article = Article("涼亭", source=Source(name="1.txt"))
    board = SimpleNamespace(snapshot=SimpleNamespace(aside=()))
    shop = SimpleNamespace(
        articles=(article,), board=board, settings=Path("newsbook.toml"), sources=None, touch=lambda _: None
    )
    try:
        Editor(cast("Any", shop)).edit(Headline("1.txt", "涼亭換新"))
    except NewsbookError as error:
        return error.exit.value
    return 0


def decide() -> int:
    """Write a decision beside a page as the preview does."""
    from newsbook.inputs import Input
    from newsbook.jobs import Serial
    from newsbook.preview.deciding import Decided, decide, galley_of
    from newsbook.project import Project

    item = Input("1.txt", Path("pages/1.txt").absolute())
    sources = SimpleNamespace(project=Project(), named=lambda _: item)
    try:
        sweep(Path(SCRATCH), "newsbook-", "")
        with scratch() as folder:
            store = Store(folder)
            shop = cast("Any", SimpleNamespace(sources=sources, store=store, quick=lambda: Serial(store)))
            change = galley_of("1.txt", shop).changes[0]
            said = "accept" if change.decision != "accept" else "reject"
            decide(Decided("1.txt", change.line, change.column, change.before, cast("Any", said)), shop)
    except NewsbookError as error:
        return error.exit.value
    except OSError:  # The folder for temporary files cannot be made.
        return 5
    return 0


def nothing(_: Path) -> None:
    """Change nothing."""


PDF = 'file = "out/a.pdf"\nbooklet = true'
SCENES = {
    each.name: each
    for each in (
        Scene("build", lambda at: pages(at, 'file = "out/a.json"', 'file = "out/a.epub"'), reword, BUILD),
        Scene("series", series, lambda at: reword(at / "2"), newsbook("build", "-j", "0", "--store", STORE)),
        Scene("archive", kept, reword, BUILD),
        Scene("booklet", lambda at: pages(at, PDF), reword, BUILD),
        Scene("volume", volume, reword, BUILD),
        Scene("fix", pages, nothing, newsbook("check", "--fix", "-j", "0"), runs_first=False),
        Scene("edit", pages, nothing, edit, runs_first=False, is_command=False),
        Scene("decide", pages, nothing, decide, runs_first=False, is_command=False),
        Scene("init", bare, nothing, newsbook("init"), runs_first=False),
        Scene(
            "diff",
            scraped_twice,
            reword,
            newsbook("diff", "old", "pages", "--html", "out/diff.html", "-q"),
        ),
    )
}  # fmt: skip


class Wreck:
    """One scene in one folder, which is laid out anew for every trial, since a store knows an issue by its place."""

    def __init__(self, scene: Scene, root: Path) -> None:
        self.scene, self.faults, self.seen = scene, Counter[str](), Counter[str]()
        self.folder, self._template = root / "work", root / "template"
        self.folder.mkdir(parents=True)
        scene.make(self.folder)
        for name in (SCRATCH, STORE):
            (self.folder / name).mkdir()
        if scene.runs_first:
            self.run()
        self.first = self.files()
        before = self.files()
        scene.change(self.folder)
        self.changed = {name for name, data in self.files().items() if data != before.get(name)}
        shutil.copytree(self.folder, self._template, symlinks=True)
        self.before = self.files()
        self.code = self.run()
        self.after = self.files()
        assert self.after != self.before, "the command writes something"
        assert not self.left(), self.left()

    def laid_out(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._template, self.folder, symlinks=True)

    def run(self, doom: Doom | None = None) -> int:
        """Run the command in a process of its own, and return how it ended."""

        def doomed() -> int:
            os.chdir(self.folder)
            tempfile.tempdir = str(self.folder / SCRATCH)
            said = os.open(self.folder.parent / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for descriptor in (1, 2):
                os.dup2(said, descriptor)
            if doom:
                doom.arm()
            try:
                code = self.scene.act()
            except BaseException:
                traceback.print_exc()
                raise
            if doom:
                (self.folder.parent / "count").write_text(f"{doom.count}")
            return code

        return apart(doomed)

    def steps(self) -> int:
        self.laid_out()
        self.run(Doom(0))
        return int((self.folder.parent / "count").read_text())

    def files(self) -> Files:
        """Return what the command has left, but for what it works with."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and not _is_draft(path, self.folder)]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}

    def left(self) -> list[str]:
        """Return what is there that no run should leave."""
        found = list((self.folder / SCRATCH).iterdir())
        found += [path for path in self.folder.rglob(".newsbook-*") if path.exists()]
        return [str(path.relative_to(self.folder)) for path in found]

    def kill(self, step: int) -> None:
        """Kill the command at a step. What stands there is old or new; the next run comes to the new."""
        what = f"{self.scene.name}: killed at {step}"
        self.laid_out()
        code = self.run(Doom(step))
        self._note(what, code in {-signal.SIGKILL, self.code}, f"ended with {code}")
        self._is_whole(what)
        if step % 3 == 0:
            recover(path for path in (self.folder, *self.folder.rglob("*")) if path.is_dir())
            self._is_one(what)
        if step % 3 == 1 and self.changed:
            # What was changed is changed back: then the first state is to come.
            for name in self.changed:
                (self.folder / name).write_bytes(self.first[name])
            self.run()
            self._note(
                what, self.files() == self.first, f"changed back, it is not as it was: {self._other(self.first)}"
            )
        else:
            self._next(what)
        self._note(what, not self.left(), f"left: {self.left()}")

    def stop(self, step: int, number: signal.Signals) -> None:
        """End the command at a step. What stands there is all old or all new, and nothing is left."""
        what = f"{self.scene.name}: {number.name} at {step}"
        self.laid_out()
        code = self.run(Doom(step, number=number))
        ended = {self.code, 128 + number, -number, 99}
        self._note(what, code in ended, f"ended with {code}: {self.said()}")
        self._is_one(what)
        self._note(what, not self.left(), f"left: {self.left()}")

    def starve(self, step: int, fault: int) -> None:
        """Let every write fail from a step on. What stands there is all old or all new, and is said."""
        what = f"{self.scene.name}: {errno.errorcode[fault]} at {step}"
        self.laid_out()
        code = self.run(Doom(step, fault))
        self._note(what, code in {self.code, 5}, f"ended with {code}: {self.said()}")
        is_new = self._is_one(what)
        self._note(what, code != self.code or is_new, f"said to be done and is not: {self.said()}")
        self._next(what)
        self._note(what, not self.left(), f"left: {self.left()}")

    def disk(self, place: str, size: int) -> None:
        """Have a folder be a disk of so many bytes, full to begin with but for them, or read-only where there are 0."""
        what = f"{self.scene.name}: {place} of {size} bytes"
        self.laid_out()

        known = self.faults.copy()

        def within() -> int:
            try:
                return on_disk()
            except BaseException:
                traceback.print_exc()
                raise

        def on_disk() -> int:
            if ctypes.CDLL(None, use_errno=True).unshare(0x20000):  # CLONE_NEWNS
                return 98
            at = str(self.folder / place)
            copied = self.folder.parent / "copied"
            shutil.copytree(at, copied, dirs_exist_ok=True)
            mount("--make-rprivate", "/")
            mount("-t", "tmpfs", "-o", f"size={size or 1 << 24}", "none", at)
            try:
                shutil.copytree(copied, at, dirs_exist_ok=True)
            except shutil.Error:
                return 97  # the old files have no room on it
            finally:
                shutil.rmtree(copied)
            if not size:
                mount("-o", "remount,ro", at)
            code = self.run()
            self._note(what, code in {self.code, 5}, f"ended with {code}: {self.said()}")
            is_new = self._is_one(what)
            self._note(what, code != self.code or is_new, "said to be done and is not")
            self._note(what, not self.left(), f"left: {self.left()}")
            return 1 if self.faults != known else 0

        code = apart(within)
        self.seen[{97: "a disk too small", 98: "no disk may be mounted"}.get(code, "disks")] += 1
        self._note(what, code in {0, 97, 98}, "see above")

    def said(self) -> str:
        return (self.folder.parent / "said").read_text("utf-8", "replace").strip()[-300:]

    def _is_whole(self, what: str) -> None:
        """Demand that each file is an old or a new one."""
        for name, data in self.files().items():
            is_whole = data in {self.before.get(name), self.after.get(name)}
            self._note(what, is_whole, f"{name} is damaged, {len(data)} bytes")

    def _is_one(self, what: str) -> bool:
        """Demand that all files are old, or all new; a series is published issue by issue."""
        found = self.files()
        parts = {name.split("/")[0] if self.scene.name == "series" else "" for name in self.after}
        is_new = True
        for part in sorted(parts):
            own, old, new = ({n: data for n, data in files.items() if n.startswith(part)}
                             for files in (found, self.before, self.after))  # fmt: skip
            # That of a failure is a report, too.
            bare = [{n: data for n, data in files.items() if n != "out/report.json"} for files in (own, old, new)]
            self._note(what, own in (old, new) or bare[0] == bare[1], f"neither old nor new: {self._other(self.after)}")
            is_new = is_new and bare[0] == bare[2]
        self.seen["new" if is_new else "old"] += 1
        return is_new

    def _next(self, what: str) -> None:
        code = self.run()
        self._note(
            what, code == self.code or self.scene.name == "init", f"the next run ended with {code}: {self.said()}"
        )
        is_new = self.files() == self.after
        self._note(what, is_new or self._is_again(), f"the next run left {self._other(self.after)}: {self.said()}")

    def _is_again(self) -> bool:
        """Tell whether the command was done twice, where that comes to something else: a decision is turned round."""
        return self.scene.name in {"decide", "fix"} and set(self.files()) == set(self.after)

    def _other(self, files: Files) -> list[str]:
        found = self.files()
        return sorted(name for name in {*files, *found} if files.get(name) != found.get(name))

    def _note(self, what: str, holds: object, fault: str) -> None:
        if not holds:
            self.faults[fault] += 1
            print(f"{what}: {fault}", flush=True)


def _is_draft(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return parts[0] in STEADY or any(part.startswith(".newsbook-") for part in parts)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def wrecked(scene: Scene, root: Path, every: int, rng: random.Random) -> Wreck:
    """Do everything to a scene at each `every`th step; it is ended and let fail at a third of these."""
    wreck, began = Wreck(scene, root), time.monotonic()
    count = wreck.steps()
    steps = range(1 + rng.randrange(every), count + 1, every)
    for step in steps:
        wreck.kill(step)
    for step in steps[::3]:
        if scene.is_command:
            wreck.stop(step, rng.choice((signal.SIGTERM, signal.SIGINT)))
        wreck.starve(step, rng.choice((errno.ENOSPC, errno.EROFS, errno.EDQUOT)))
    told = f"{scene.name}: {count} steps, {len(steps)} kills, {len(steps[::3])} signals and as many full disks"
    print(f"{told}, {dict(wreck.seen)}, {time.monotonic() - began:.0f} s", flush=True)
    return wreck


def main() -> None:
    """Run everything that is asked for, and print figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("scenes", nargs="*", metavar="SCENE", help=f"of {', '.join(SCENES)}; all by default")
    asked.add_argument("--every", type=int, default=1, help="at every nth step")
    asked.add_argument("--disks", action="store_true", help="with real disks that are full or read-only")
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    rng, faults = random.Random(options.seed), Counter[str]()
    for name in options.scenes or SCENES:
        with tempfile.TemporaryDirectory() as root:
            wreck = wrecked(SCENES[name], Path(root), options.every, rng)
            for place in ("out", STORE, SCRATCH) if options.disks else ():
                for size in (0, 1 << 12, 1 << 14, 1 << 16, 1 << 18):
                    wreck.disk(place, size)
            faults += wreck.faults
    print("faults:", dict(faults) or "none")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
