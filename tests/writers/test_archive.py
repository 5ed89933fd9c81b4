"""The zip of an e-book: the same bytes by the short way, past `zipfile`, and by the library's own."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from newsbook.writers.epub import entries
from newsbook.writers.epub.archive import Archive

FILES = {
    "mimetype": b"application/epub+zip",
    "EPUB/報.xhtml": "渡口老街".encode() * 400,
    "EPUB/a.jpg": bytes(range(256)),
}


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Have the library tried out again."""
    entries.is_known.cache_clear()
    yield
    entries.is_known.cache_clear()


def archived() -> bytes:
    target = io.BytesIO()
    with Archive(target, datetime(2024, 5, 7, 8, 30, tzinfo=UTC)) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_this_library_is_known() -> None:
    """If this fails, e-books are still right, but take longer: look at what the new Python changed in `zipfile`."""
    assert entries.is_known()


def test_what_is_laid_down_can_be_read() -> None:
    with zipfile.ZipFile(io.BytesIO(archived())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert [entry.compress_type for entry in archive.infolist()] == [0, 8, 0]


def test_a_library_that_changed_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = archived()
    plain = zipfile.ZipInfo.FileHeader

    def needs_more(self: zipfile.ZipInfo, zip64: bool | None) -> bytes:  # noqa: FBT001 - as the library has it.
        return plain(self, zip64)

    monkeypatch.setattr(zipfile.ZipInfo, "FileHeader", needs_more)
    entries.is_known.cache_clear()
    assert not entries.is_known()
    assert archived() == expected


def test_a_library_that_writes_something_else_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = zipfile.ZipFile.writestr

    def with_comment(self: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes, compresslevel: int) -> None:
        entry.comment = b"new"
        plain(self, entry, data, compresslevel=compresslevel)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", with_comment)
    assert not entries.is_known()
    with zipfile.ZipFile(io.BytesIO(archived())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert {entry.comment for entry in archive.infolist()} == {b"new"}
