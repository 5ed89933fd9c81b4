"""Stores and fetch caches that somebody has spoilt: a build goes on right, says so once, and reaches for nothing."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from hostile.conftest import SECRET, Watch
from hostile.folders import GOOD, PAGE
from newsbook.cli import main
from newsbook.diagnostics import Exit
from newsbook.fetch.cache import Cache, CachedAnswer
from newsbook.model import Retrieval
from newsbook.store import Store

OUTPUTS = ("out.json", "out.epub")
DEEP = b"\x91" * 100_000 + b"\xc0"
HUGE = 20 << 30

Spoil = Callable[[Path, Path], object]
"""Spoils a store; the second path is a folder outside of it, which holds what no run may read or write."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue that was built with a store in its folder."""
    folder = tmp_path_factory.mktemp("made") / "issue"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "a.txt").write_text(PAGE, "utf-8")
    (folder / "pages" / "good.txt").write_text(GOOD, "utf-8")
    outputs = "".join(f'[[outputs]]\nfile = "{name}"\n' for name in OUTPUTS)
    (folder / "newsbook.toml").write_text(f'inputs = ["pages"]\n{outputs}', "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        assert newsbook(patch, folder, *BUILD) == Exit.OK
    return folder


BUILD = ("build", "-j", "0", "-v", "--store", "store")


def newsbook(patch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> object:
    patch.chdir(folder)
    patch.setattr(sys, "argv", ["newsbook", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def entries(store: Path) -> list[Path]:
    return sorted(path for part in ("content", "results") for path in (store / part).glob("*/*"))


def each(spoil: Callable[[Path, Path], object], part: str = "*") -> Spoil:
    """Return what spoils every entry of a part of a store, which is gone before."""

    def spoilt(store: Path, outside: Path) -> None:
        for path in sorted(store.glob(f"{part}/*/*")):
            path.unlink()
            spoil(path, outside)

    return spoilt


def with_bytes(change: Callable[[bytes], bytes]) -> Spoil:
    def spoilt(store: Path, _: Path) -> None:
        for path in entries(store):
            path.write_bytes(change(path.read_bytes()))

    return spoilt


def sealed(value: bytes) -> Spoil:
    """Return what puts a value under every key, as the store itself would."""

    def spoilt(store: Path, _: Path) -> None:
        for path in sorted(store.glob("results/*/*")):
            Store(store).keep(path.parent.name + path.name, value)

    return spoilt


def exchange(store: Path, _: Path) -> None:
    """Have every result stand under the key of another."""
    results = sorted(store.glob("results/*/*"))
    data = [path.read_bytes() for path in results]
    for path, other in zip(results, [*data[1:], data[0]], strict=True):
        path.write_bytes(other)


def folder_elsewhere(name: str) -> Spoil:
    """Return what moves a folder of a store out of it, and has a link lead there."""

    def spoilt(store: Path, outside: Path) -> None:
        folder = next(iter(sorted(store.glob(name))))
        shutil.move(folder, outside / "moved")
        folder.symlink_to(outside / "moved")

    return spoilt


def lock_as(make: Callable[[Path, Path], object]) -> Spoil:
    def spoilt(store: Path, outside: Path) -> None:
        (store / "lock").unlink()
        make(store / "lock", outside)

    return spoilt


def no_folder(store: Path, _: Path) -> None:
    for folder in store.glob("*/*"):
        shutil.rmtree(folder)
        folder.write_bytes(b"a file")


def of_nobody(store: Path, _: Path) -> None:
    for name in ("content/zz", "content/00/short", "strange"):
        (store / name).mkdir(parents=True, exist_ok=True)
        (store / name / "file").write_bytes(b"kept")


def link_out(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "secret")


def sparse(path: Path, _: Path) -> None:
    path.touch()
    os.truncate(path, HUGE)


# Each with whether the build says that the store cannot be used.
SPOILT: dict[str, tuple[Spoil, bool]] = {
    "a-bit-in-all": (with_bytes(lambda data: data[:-1] + bytes([data[-1] ^ 1]) if data else b"x"), False),
    "a-bit-of-the-seals": (with_bytes(lambda data: bytes([data[0] ^ 1]) + data[1:] if data else b"x"), False),
    "cut-short": (with_bytes(lambda data: data[: len(data) // 2]), False),
    "empty": (with_bytes(lambda _: b""), False),
    "longer": (with_bytes(lambda data: data + b"\0"), False),
    "results-exchanged": (exchange, False),
    "another-type": (sealed(msgspec.msgpack.encode([1, "done", None])), False),
    "another-version": (sealed(msgspec.msgpack.encode({"type": "done", "value": 5, "new": True})), False),
    "no-utf-8": (sealed(b"\xa4\xff\xfe\xff\xfe"), False),
    "deep": (sealed(DEEP), False),
    "links": (each(link_out), False),
    "links-to-nothing": (each(lambda path, outside: path.symlink_to(outside / "new")), False),
    "fifos": (each(lambda path, _: os.mkfifo(path)), False),
    "devices": (each(lambda path, _: path.symlink_to("/dev/zero")), False),
    "folders": (each(lambda path, _: (path / "full").mkdir(parents=True)), False),
    "without-end": (each(sparse, "results"), False),
    "files-for-folders": (no_folder, True),
    "content-elsewhere": (folder_elsewhere("content"), True),
    "results-elsewhere": (folder_elsewhere("results"), True),
    "a-folder-elsewhere": (folder_elsewhere("content/*"), True),
    "lock-to-nothing": (lock_as(lambda path, outside: path.symlink_to(outside / "new")), True),
    "lock-elsewhere": (lock_as(link_out), True),
    "lock-a-fifo": (lock_as(lambda path, _: os.mkfifo(path)), False),
    "lock-a-folder": (lock_as(lambda path, _: path.mkdir()), True),
    "of-nobody": (of_nobody, False),
}


def _seen(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("spoil", "is_told"), SPOILT.values(), ids=SPOILT)
def test_a_store_that_was_spoilt_changes_nothing_of_what_is_made(  # noqa: PLR0913, PLR0917 - fixtures.
    spoil: Spoil,
    made: Path,
    tmp_path: Path,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    is_told: bool,
) -> None:
    folder, outside = tmp_path / "issue", tmp_path / "outside"
    watch.is_on = False
    shutil.copytree(made, folder)
    outside.mkdir()
    (outside / "secret").symlink_to(watch.secret)
    # The store knows the issue by the place that it lies at.
    assert newsbook(monkeypatch, folder, *BUILD) == Exit.OK
    spoil(folder / "store", outside)
    before = _seen(outside)
    (folder / "out.json").unlink()
    capsys.readouterr()
    watch.is_on = True
    code = newsbook(monkeypatch, folder, *BUILD)
    watch.is_on = False
    said = capsys.readouterr().err
    assert code == Exit.OK, said
    assert watch.seen == []
    assert said.count("store-unusable") == is_told, said
    assert SECRET not in said
    assert [(folder / name).read_bytes() for name in OUTPUTS] == [(made / name).read_bytes() for name in OUTPUTS]
    assert _seen(outside) == before
    again = newsbook(monkeypatch, folder, *BUILD)
    assert again == Exit.OK
    assert ("nothing has changed" in capsys.readouterr().err) or is_told


@pytest.mark.parametrize("name", ["content-elsewhere", "a-folder-elsewhere", "of-nobody"])
def test_what_is_cleared_is_what_a_store_has_put_there(
    name: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, outside = tmp_path / "store", tmp_path / "outside"
    shutil.copytree(made / "store", store)
    outside.mkdir()
    SPOILT[name][0](store, outside)
    strange = [path for path in store.rglob("file") if path.is_file()]
    before = _seen(outside)
    assert newsbook(monkeypatch, tmp_path, "cache", "--store", "store", "--clear") == Exit.OK
    assert _seen(outside) == before
    assert all(path.read_bytes() == b"kept" for path in strange)
    assert not [path for path in store.rglob("*") if path.is_file() and len(path.name) == 62]


# --- the cache of what was fetched

URL, BODY = "https://news.example/page", b"<p>a page</p>"
DIGEST = hashlib.sha256(BODY).hexdigest()
ANSWER = CachedAnswer(URL, "text/html", Retrieval(URL, "2024-05-01T08:00:00Z", DIGEST, len(BODY)))


def _entry(cache: Path) -> Path:
    (path,) = (cache / "entries").iterdir()
    return path


def _said(**facts: object) -> Spoil:
    """Return what has an entry say something else."""

    def spoilt(cache: Path, _: Path) -> None:
        whole = json.loads(_entry(cache).read_bytes())
        whole["retrieval"] |= facts
        _entry(cache).write_text(json.dumps(whole))

    return spoilt


def _in_place_of(path_of: Callable[[Path], Path], make: Callable[[Path, Path], object]) -> Spoil:
    def spoilt(cache: Path, outside: Path) -> None:
        path = path_of(cache)
        path.unlink()
        make(path, outside)

    return spoilt


def _body(cache: Path) -> Path:
    return cache / "bodies" / DIGEST


BAD_CACHES: dict[str, Spoil] = {
    "body-changed": lambda cache, _: _body(cache).write_bytes(b"another"),
    "body-elsewhere": _in_place_of(_body, link_out),
    "body-a-fifo": _in_place_of(_body, lambda path, _: os.mkfifo(path)),
    "body-a-folder": _in_place_of(_body, lambda path, _: path.mkdir()),
    "entry-no-json": lambda cache, _: _entry(cache).write_bytes(b"\xff{"),
    "entry-deep": lambda cache, _: _entry(cache).write_bytes(b"[" * 200_000),
    "entry-another-type": lambda cache, _: _entry(cache).write_bytes(b'{"asked": 5}'),
    "entry-elsewhere": _in_place_of(_entry, link_out),
    "entry-a-fifo": _in_place_of(_entry, lambda path, _: os.mkfifo(path)),
    "entry-a-folder": _in_place_of(_entry, lambda path, _: path.mkdir()),
    "entry-without-end": _in_place_of(_entry, sparse),
    "hash-up": lambda cache, outside: _said(sha256=f"../../{outside.name}/secret")(cache, outside),
    "hash-absolute": lambda cache, outside: _said(sha256=str(outside / "secret"))(cache, outside),
    "hash-nul": _said(sha256="a\0b"),
    "hash-empty": _said(sha256=""),
}


@pytest.mark.parametrize("spoil", BAD_CACHES.values(), ids=BAD_CACHES)
def test_what_was_spoilt_in_a_cache_is_fetched_anew(spoil: Spoil, tmp_path: Path, watch: Watch) -> None:
    outside, cache = tmp_path / "outside", tmp_path / "cache"
    outside.mkdir()
    (outside / "secret").symlink_to(watch.secret)
    Cache(cache).keep(ANSWER, BODY)
    assert Cache(cache).find(URL) == ANSWER
    spoil(cache, outside)
    assert Cache(cache).find(URL) is None
    Cache(cache).keep(ANSWER, BODY)
    assert Cache(cache).find(URL) == ANSWER
    assert Cache(cache).body(ANSWER).read_bytes() == BODY
    assert watch.seen == []
    watch.is_on = False
    assert watch.secret.read_text("utf-8") == SECRET


def test_a_cache_that_leads_elsewhere_is_not_written_through(tmp_path: Path) -> None:
    from newsbook.diagnostics import OutputError

    (tmp_path / "outside").mkdir()
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "bodies").symlink_to("../outside")
    with pytest.raises(OutputError, match="bodies is a link"):
        Cache(tmp_path / "cache").keep(ANSWER, BODY)
    assert not list((tmp_path / "outside").iterdir())
