"""Outputs: files whole or not at all, devices and FIFOs left what they are, and nothing over what is read."""

import errno
import os
import resource
import socket
import stat
import threading
from pathlib import Path
from typing import NoReturn

import pytest

from newsbook.diagnostics import OutputError, UsageError
from newsbook.targets import check_folder, check_target, make_folder, no_room, rewrite, spare, write, write_new
from nodes import device


def test_writing_replaces_whole_and_keeps_the_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space is left; make room"):
        write(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_targets_are_checked_before_work_is_done(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        check_target(tmp_path)
    with pytest.raises(OutputError, match="does not exist"):
        check_target(tmp_path / "nowhere" / "out.pdf")


def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(tmp_path / "out.pdf", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "out.pdf").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_and_stays_a_device(tmp_path: Path) -> None:
    null, link = device(tmp_path / "null", 3), tmp_path / "link"
    link.symlink_to(null)
    for target in (null, link):
        check_target(target)
        write(target, b"new" * 100_000)
    assert stat.S_ISCHR(null.stat().st_mode)
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "null"]


def test_what_a_killed_run_has_left_is_in_nobodys_way_and_goes(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f".newsbook-{os.getpid()}-{number}.part").write_bytes(b"left")
    half = tmp_path / f".newsbook-{os.getpid()}-7.part"
    half.mkdir()  # may hold a journal
    write(tmp_path / "out", b"new")
    assert (tmp_path / "out").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == [half.name, "out"]


def test_a_new_file_is_whole_or_not_there_and_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_new(tmp_path / "new", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "new", b"second")
    monkeypatch.setattr(os, "link", _refused)
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "new", b"third")
    write_new(tmp_path / "other", b"fourth")
    monkeypatch.setattr(os, "write", _refused)
    with pytest.raises(OSError, match="not permitted"):
        write_new(tmp_path / "half", b"fifth")
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {"new": b"first", "other": b"fourth"}


def _refused(*_: object) -> NoReturn:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_a_file_is_changed_as_it_stands_and_by_one_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "newsbook.toml"
    rewrite(file, lambda raw: b"" if raw is None else b"there")
    tries = iter(range(9))

    def change(raw: bytes | None) -> bytes:
        assert raw is not None
        if next(tries) == 0:
            file.write_bytes(b"saved by an editor\n")
        return raw + b"changed\n"

    rewrite(file, change)
    assert file.read_bytes() == b"saved by an editor\nchanged\n"
    many = [threading.Thread(target=rewrite, args=(file, lambda raw: raw + b"x")) for _ in range(20)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    assert file.read_bytes().count(b"x") == 20

    def restless(raw: bytes | None) -> bytes:
        file.write_bytes(raw or b"" + b"again")
        file.write_bytes(f"{next(tries)}".encode())
        return b"lost"

    with pytest.raises(OutputError, match="changes all the time"):
        rewrite(file, restless)
    assert [path.name for path in tmp_path.iterdir()] == ["newsbook.toml"]


def test_a_full_device_is_a_failure(tmp_path: Path) -> None:
    full = device(tmp_path / "full", 7)
    with pytest.raises(OutputError, match="full cannot be written: no space is left"):
        write(full, b"new")
    assert stat.S_ISCHR(full.stat().st_mode)


def test_whoever_reads_a_fifo_gets_everything(tmp_path: Path) -> None:
    fifo, data, got = tmp_path / "fifo", bytes(range(256)) * 2_000, list[bytes]()
    os.mkfifo(fifo)
    reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
    reader.start()
    check_target(fifo)
    write(fifo, data)
    reader.join(10)
    assert got == [data]
    assert fifo.is_fifo()


def test_a_fifo_that_nobody_reads_is_a_failure_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbook.targets._ATTEMPTS", 2)
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(OutputError, match="nobody reads it; start what reads it first"):
        write(tmp_path / "fifo", b"new")
    assert (tmp_path / "fifo").is_fifo()


def test_a_fifo_whose_reader_stops_is_a_failure(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    def read_little() -> None:
        with fifo.open("rb", buffering=0) as file:
            file.read(1)

    reader = threading.Thread(target=read_little)
    reader.start()
    with pytest.raises(OutputError, match="whoever read it stopped"):
        write(fifo, bytes(10_000_000))
    reader.join(10)


def test_a_descriptor_is_written_where_it_stands(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before ")
    with log.open("ab", buffering=0) as file:
        (tmp_path / "link").symlink_to(f"/dev/fd/{file.fileno()}")
        for name in (f"/dev/fd/{file.fileno()}", f"/proc/self/fd/{file.fileno()}", f"{tmp_path}/link"):
            check_target(name)
            write(Path(name), b"new ")
    assert log.read_bytes() == b"before new new new "
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "log"]


def test_a_descriptor_that_is_not_open_for_writing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").touch()
    with (tmp_path / "in").open("rb") as file, pytest.raises(OutputError, match="it is closed"):
        check_target(f"/dev/fd/{file.fileno()}")
    with pytest.raises(OutputError, match="it is closed"):
        check_target("/dev/fd/987654")


def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        with pytest.raises(OutputError, match="is a socket"):
            check_target(tmp_path / "s")


def test_a_disk_is_refused(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    try:
        os.mknod(disk, stat.S_IFBLK | 0o600, os.makedev(240, 0))
    except PermissionError:
        pytest.skip("only root makes device nodes")
    with pytest.raises(OutputError, match="is a disk"):
        check_target(disk)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "the name of an output is empty"),
        (".", r"\. is a folder"),
        ("..", r"\.\. is a folder"),
        ("new/", "new/ is a folder"),
        ("new/.", r"new/\. is a folder"),
        ("file/", "file/ is a folder"),
        ("file/new", "file/new cannot be written: Not a directory"),
        ("a\0b", r"a\\x00b cannot be written: no file can have this name"),
        ("\ud800", "no file can have this name"),
        ("n" * 256, "its name is too long; name a shorter one"),
        ("loop", "its links lead round in a circle"),
        ("dangling", "the folder .*nowhere does not exist"),
        ("gone\n/new", r"the folder gone\\x0a does not exist"),
    ],
)
def test_a_name_that_no_file_can_have_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere/new")
    with pytest.raises(OutputError, match=sentence):
        check_target(name)
    if name and "/" not in name[-2:] and not name.startswith("."):
        with pytest.raises(OutputError):
            write(Path(name), b"new")


def test_a_link_to_a_file_that_is_not_there_yet_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("new")
    check_target(tmp_path / "link")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["n" * 255, "報" * 85, "-o", "a\nb", b"\xff\xfe".decode("utf-8", "surrogateescape")])
def test_any_name_that_the_disk_takes_is_written(tmp_path: Path, name: str) -> None:
    check_target(tmp_path / name)
    write(tmp_path / name, b"new")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_vanishes_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        write(tmp_path / "gone" / "out.pdf", b"new")


def test_more_than_files_may_hold_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(OutputError, match="files may not be so large there"):
            write(tmp_path / "out", bytes(2_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_full_disk_under_temporary_files_is_a_failure_and_no_bug() -> None:
    failure = no_room(OSError(28, "No space left on device"))
    assert "make room, or name a folder in TMPDIR" in str(failure)
    assert no_room(OSError(2, "No such file or directory")) is None
    assert no_room(ValueError()) is None


def test_a_folder_for_outputs_can_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    for name, sentence in (("file", "is a file"), ("link", "a link to nothing"), ("loop", "in a circle")):
        with pytest.raises(OutputError, match=sentence):
            check_folder(tmp_path / name)
        with pytest.raises(OutputError):
            make_folder(tmp_path / name)
    check_folder(tmp_path / "new")
    make_folder(tmp_path / "new")
    make_folder(tmp_path / "new")


def test_an_output_is_an_input_by_whatever_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.txt"
    page.touch()
    (tmp_path / "hard").hardlink_to(page)
    (tmp_path / "soft").symlink_to(page)
    (tmp_path / "folder").symlink_to(tmp_path)
    for name in ("page.txt", "hard", "soft", "folder/page.txt", f"../{tmp_path.name}/page.txt"):
        with pytest.raises(UsageError, match="is an input or another output; name a file of its own"):
            spare((page,), (Path("new"), Path(name)))
        with pytest.raises(UsageError):
            spare((), (page, Path(name)))
    with pytest.raises(UsageError):
        spare((), (Path("new"), Path("folder/new")))
    with pytest.raises(UsageError):
        spare((Path("folder/new"),), (Path("new"),))
    spare((page,), (Path("new"), Path("folder/other")))


def test_outputs_may_share_a_device_and_not_a_stream(tmp_path: Path) -> None:
    null = device(tmp_path / "null", 3)
    spare((null,), (null, null))
    reader, writer = os.pipe()
    with pytest.raises(UsageError, match="is an input or another output"):
        spare((), (Path(f"/dev/fd/{writer}"), Path(f"/dev/fd/{writer}")))
    os.close(reader)
    os.close(writer)
