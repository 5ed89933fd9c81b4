"""The log of a build: what it read and what it wrote, by which the next one knows whether anything has changed.

It lies in the store, under the key of everything that was said of the build. What a file holds decides, and not when
it was written: a file whose times and size are still those in the log is taken for the same, and every other is read.
Where a file was written so shortly before that its times may be those of another change, too, it is always read (git's
Documentation/technical/racy-git.txt).
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import gettempdir

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import root, style_files
from newsbook.claims import SCRATCH, left_in
from newsbook.diagnostics import Diagnostic, Exit, Place, printable
from newsbook.fontconfig import font_folders
from newsbook.inputs import expansions, is_file, mode_of
from newsbook.model import Article
from newsbook.project import Project, ProjectDraft, files_named, located, pinned
from newsbook.store import Store

# Two seconds are the coarsest times that a file system has (FAT).
_GRAIN = 2_500_000_000


class Stamp(Struct, frozen=True):
    """A file as it was: times in nanoseconds, bytes, number, and its hash; empty where there was none.

    `is_settled` says that any later change would have given it other times.
    """

    path: str
    sha256: str = ""
    modified: int = 0
    changed: int = 0
    size: int = 0
    number: int = 0
    is_settled: bool = False


class MadeFile(Struct, frozen=True):
    """A file that a build has made: its path, its kind and hash, its bytes and pages, 0 where it has none.

    `is_written` is false where it lay there already, byte by byte. `is_one` tells that it holds one article of several.
    """

    file: str
    kind: str
    sha256: str
    size: int
    pages: int = 0
    is_written: bool = True
    is_one: bool = False


class Counts(Struct, frozen=True):
    """How many articles a build has set, and how many repairs and doubts are in them."""

    articles: int = 0
    repairs: int = 0
    doubtful: int = 0


def counts_of(articles: tuple[Article, ...]) -> Counts:
    """Return the counts of articles."""
    repairs = [repair for article in articles for repair in article.source.repairs]
    doubtful = sum(repair.doubtful for repair in repairs)
    return Counts(len(articles), len(repairs) - doubtful, doubtful)


class Log(Struct, frozen=True):
    """What a build has left behind for the next.

    `plan` is the digest of what its inputs stood for, `setting` that of newsbook and its libraries; `fonts` are the
    folders of fonts, each with its time, and `read` and `written` its files. `lines` is the digest of the lines in
    which newsbook.toml says things, where findings name any. The rest is what the build said when it was done.
    """

    plan: str
    setting: str
    fonts: tuple[tuple[str, int], ...]
    read: tuple[Stamp, ...]
    written: tuple[Stamp, ...]
    made: tuple[MadeFile, ...]
    exit: Exit
    findings: tuple[Diagnostic, ...]
    counts: Counts = Counts()
    lines: str = ""


def key_of_log(project: Project, record: str) -> str:
    """Return the key of the log of a build, by everything that was said of it: a located project, and its record."""
    return _digest((b"build log 1", _ENCODER.encode(pinned(project, Path())), os.path.realpath(record).encode()))


def last(store: Store, key: str) -> Log | None:
    """Return the log of the last build under a key, or None where there is none."""
    data = store.kept(key)
    try:
        return msgspec.msgpack.decode(data, type=Log) if data else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def unchanged(draft: ProjectDraft, project: Project, record: str, store: Store) -> Log | None:
    """Return the log of the last build, where one now would come to the same; else None.

    `project` is the one that `draft` was checked to be, and `record` the file for the record, empty for none. What was
    fetched counts as unchanged, unless it is to be fetched anew. Where a run that was killed has left anything, a build
    comes to more: it finishes what was begun, and takes the rest away.
    """
    there = located(project, draft.folder)
    log = last(store, key_of_log(there, record)) if not project.fetching.refresh else None
    if (
        not log
        or not is_loggable(there)
        or not _is_tidy(there, record, store)
        or not _is_current(log, there, lines_of_findings(draft.origins.items()))
    ):
        return None
    return log


def _is_tidy(project: Project, record: str, store: Store) -> bool:
    """Tell whether no run that was killed has left anything where files are written."""
    files = [output.file for output in project.outputs] + ([record] if record else [])
    folders = {Path(place) for file in files for place in (file, os.path.dirname(os.path.realpath(file)))}  # noqa: PTH120
    left = (left_in(folder) for folder in (*folders, store.folder))
    return not any(chain(chain.from_iterable(left), left_in(Path(gettempdir()), SCRATCH, "")))


def _is_current(log: Log, project: Project, lines: str) -> bool:
    """Tell whether a build would read what the last one read, and what that one wrote lies there still."""
    if (log.lines and log.lines != lines) or log.setting != setting_of() or log.plan != plan_of(project):
        return False
    if any(_time(folder) != time for folder, time in log.fonts):
        return False
    return all(map(_is_same, (*log.read, *log.written)))


def is_loggable(project: Project) -> bool:
    """Tell whether a build can be told from the last one at all: nothing of it is a stream."""
    named = (part for one in expansions(project.inputs, files_named(project)) for part in one.inputs)
    reads_files = all(item.url or (item.path and is_file(item.path)) for item in named)
    writes_files = all(output.file != "-" and _takes_a_file(Path(output.file)) for output in project.outputs)
    return reads_files and writes_files and not project.fetching.refresh


def _takes_a_file(path: Path) -> bool:
    return not mode_of(path) or is_file(path) or path.is_dir()


def plan_of(project: Project) -> str:
    """Return the digest of what inputs stand for: every file with what lies beside it, in order, and every style's.

    That outputs lie among the inputs by now, and are passed over, is no change.
    """
    own = {printable(Path(output.file).name) for output in project.outputs}

    def parts() -> Iterator[bytes]:
        for one in expansions(project.inputs, files_named(project)):
            findings = [each for each in one.findings if each.where.source not in own]
            yield _text((one.list, findings, one.failure))
            for item in one.inputs:
                yield _text((item.name, item.path, item.url, item.pictures(), item.album(), bool(item.overrides())))
        for style in dict.fromkeys(output.style for output in project.outputs):
            yield _text(style_files(style))

    return _digest(parts())


def lines_of_findings(origins: Iterable[tuple[str, object]]) -> str:
    """Return the digest of where each value was stated."""
    return _digest(_text(each) for each in sorted(origins, key=str))


def _text(value: object) -> bytes:
    return repr(value).encode("utf-8", "surrogatepass")


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d\n" % len(part) + part)
    return digest.hexdigest()


# --- stamps


def stamped(path: Path, now: int) -> Stamp:
    """Return the stamp of a file at the moment `now`, by the disk. What is no file has an empty one."""
    try:
        before = os.stat(path)  # noqa: PTH116 - a Path would tidy the name up.
        sha256 = hash_of(path) if is_file(path) else ""
    except (OSError, ValueError):
        return Stamp(os.path.abspath(path))  # noqa: PTH100 - links stay: one may lead elsewhere tomorrow.
    latest = max(before.st_mtime_ns, before.st_ctime_ns)
    return Stamp(
        os.path.abspath(path),  # noqa: PTH100 - as above.
        sha256,
        before.st_mtime_ns,
        before.st_ctime_ns,
        before.st_size,
        before.st_ino,
        is_settled=latest + _GRAIN < now,
    )


def stamped_as(path: Path, sha256: str, now: int) -> Stamp:
    """Return the stamp of a file that was read when it had this hash; one that is another by now is not trusted."""
    found = stamped(path, now)
    return found if found.sha256 == sha256 else Stamp(found.path, sha256)


def _is_same(stamp: Stamp) -> bool:
    """Tell whether a file still holds what it did; it is read where its times do not tell."""
    try:
        found = os.stat(stamp.path)  # noqa: PTH116 - a name, as it was stamped.
    except (OSError, ValueError):
        return not stamp.sha256
    times = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    if stamp.is_settled and times == (stamp.modified, stamp.changed, stamp.size, stamp.number):
        return True
    path = Path(stamp.path)
    try:
        return (hash_of(path) if is_file(path) else "") == stamp.sha256
    except OSError:
        return False


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, in lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class LogWriter:
    """Writes the log of one build while that goes on: stamps are taken before what they stamp is read."""

    def __init__(self, store: Store, project: Project, record: str, origins: Mapping[str, Place]) -> None:
        self._store, self._lines = store, lines_of_findings(origins.items())
        self._named = {place.source for place in origins.values() if place.line}
        self._key, self._record = key_of_log(project, record), record
        self._plan, self._setting, self._fonts = plan_of(project), setting_of(), fonts_of()
        self._read: dict[Path, Stamp] = {}
        self._now = store.moment()
        self.note(map(Path, files_named(project)))

    def note(self, paths: Iterable[Path]) -> None:
        """Stamp what will be read."""
        for path in paths:
            if path not in self._read:
                self._read[path] = stamped(path, self._now)

    def note_read(self, read: Iterable[tuple[Path, str]]) -> None:
        """Stamp what was read, each with its hash as it was read; empty where there was nothing to read."""
        now = self._store.moment()
        for path, sha256 in read:
            if path not in self._read:
                self._read[path] = stamped_as(path, sha256, now)

    def keep(self, made: tuple[MadeFile, ...], code: Exit, found: tuple[Diagnostic, ...], counts: Counts) -> None:
        """Keep the log of a build that is done. What the store cannot take is not kept, and the next build is whole."""
        now = self._store.moment()
        own = {os.path.realpath(each.file) for each in made}
        read = tuple(stamp for stamp in self._read.values() if os.path.realpath(stamp.path) not in own)
        written = [stamped_as(Path(each.file), each.sha256, now) for each in made]
        written += [stamped(Path(self._record), now)] if self._record else []
        tells_lines = any(finding.where.line and finding.where.source in self._named for finding in found)
        log = Log(
            self._plan,
            self._setting,
            self._fonts,
            read,
            tuple(written),
            tuple(replace(each, is_written=False) for each in made),
            code,
            found,
            counts,
            self._lines if tells_lines else "",
        )
        self._store.keep(self._key, _ENCODER.encode(log))


# --- newsbook, its libraries, and fonts

# Whatever is installed on the system, one of these is written: the linker's cache, and where Homebrew links libraries.
_SYSTEM = ("/etc/ld.so.cache", "/opt/homebrew/lib", "/usr/local/lib")


def setting_of() -> str:
    """Return the digest of what builds stand on: newsbook's own files, and the installed libraries."""

    def parts() -> Iterator[bytes]:
        yield sys.version.encode()
        package, whole = Path(__file__).parent, root()
        for folder in dict.fromkeys((package, whole / "templates", whole / "styles")):
            yield from _tree(folder)
        for place in dict.fromkeys(sys.path):
            yield from (_text(name) for name in _names(place) if name.endswith((".dist-info", ".egg-info")))
        yield from (_text((name, _time(name))) for name in _SYSTEM)

    return _digest(parts())


def _tree(folder: Path) -> Iterator[bytes]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = os.path.join(place, name)  # noqa: PTH118 - a few hundred names, each time.
            yield _text((path, _time(path)))


def _time(path: str) -> int:
    """Return when a file or folder was changed, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - as above.
    except OSError:
        return 0


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder or "."))  # noqa: PTH208 - names are wanted.
    except OSError:
        return []


def fonts_of() -> tuple[tuple[str, int], ...]:
    """Return the folders that fonts are looked for in, each with its time, which an installation changes."""
    return tuple((folder, _time(folder)) for folder in font_folders())


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
