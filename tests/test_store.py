"""What is put into a store comes out of it, under the hash of what it is."""

import hashlib
import os
import threading
from pathlib import Path

import pytest

from newsbook.diagnostics import InputError, OutputError
from newsbook.store import Store


def test_content_is_named_by_its_hash_whichever_way_it_came(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    file = tmp_path / "page.txt"
    file.write_bytes("渡口".encode())
    with file.open("rb") as opened:
        digest = store.put(opened)
    assert digest == store.put("渡口".encode()) == hashlib.sha256("渡口".encode()).hexdigest()
    assert store.read(digest) == store.path(digest).read_bytes() == "渡口".encode()


def test_a_store_is_empty_until_something_is_put_into_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert store.kept("0" * 64) is None
    assert not store.folder.exists()


def test_what_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds nothing called 000000000000"):
        Store(tmp_path).read("0" * 64)


def test_a_file_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with Path("/proc/self/mem").open("rb") as unreadable, pytest.raises(InputError, match="mem cannot be read"):
        store.put(unreadable)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


def test_a_store_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "a\0b", tmp_path / ("a" * 300)):
        with pytest.raises(OutputError, match="cannot be kept"):
            Store(folder).put(b"a")


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"a" * 3_000_000,))
    writer.start()
    with pipe.open("rb") as opened:
        digest = Store(tmp_path / "store").put(opened)
    writer.join()
    assert digest == hashlib.sha256(b"a" * 3_000_000).hexdigest()


def test_a_finished_file_is_moved_into_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.draft() as file:
        file.write(b"book")
        digest = store.adopt(file)
    assert store.read(digest) == b"book"
    assert not Path(file.name).exists()


def test_results_are_kept_by_key(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("ab" * 32, b"first")
    assert Store(tmp_path).kept("ab" * 32) == b"first"


@pytest.mark.parametrize("damage", [b"", b"half", None])
def test_what_was_damaged_or_lost_is_found_out_and_mended_when_it_is_put_again(
    tmp_path: Path, damage: bytes | None
) -> None:
    store = Store(tmp_path)
    digest = store.put(b"half and half")
    assert store.holds(digest)
    if damage is None:
        store.path(digest).unlink()
    else:
        store.path(digest).write_bytes(damage)
    assert not store.holds(digest)
    store.put(b"half and half")
    assert store.holds(digest)
    assert store.read(digest) == b"half and half"


def test_a_result_that_was_damaged_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("0" * 64, b"\x93a result")
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-1] + b"T")
    assert store.kept("0" * 64) is None
