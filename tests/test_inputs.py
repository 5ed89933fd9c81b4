"""What a name on the command line stands for, and files written whole or not at all."""

import os
from pathlib import Path

import pytest

from newsbook.diagnostics import Code, Diagnostic, InputError, OutputError
from newsbook.inputs import expand
from newsbook.targets import check_target, write


def test_a_folder_is_read_by_name_as_people_number_files(tmp_path: Path) -> None:
    for name in ("page10.txt", "page2.txt", "page1.json", "page2.1.jpg", ".hidden", "notes.odt"):
        (tmp_path / name).touch()
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == ["page1.json", "page2.txt", "page10.txt"]
    assert [(finding.code, finding.where.source) for finding in found] == [(Code.INPUT_IGNORED, "notes.odt")]


def test_a_proof_sheet_is_passed_over_in_a_folder_and_read_where_it_is_named(tmp_path: Path) -> None:
    for name in ("page.html", "page.proof.html", "newsbook.proof.html"):
        (tmp_path / name).touch()
    found: list[Diagnostic] = []
    assert [item.name for item in expand((str(tmp_path),), found.append)] == ["page.html"]
    assert not found
    assert [item.name for item in expand((str(tmp_path / "page.proof.html"),), found.append)] == ["page.proof.html"]


def test_given_order_is_kept() -> None:
    assert [item.name for item in expand(("b.txt", "-", "a.txt"), print)] == ["b.txt", "<stdin>", "a.txt"]


def test_pictures_beside_a_page_are_found_by_number(tmp_path: Path) -> None:
    for name in ("page.txt", "page.1.jpg", "page.3.PNG", "page.x.jpg", "other.2.jpg", "page.0.jpg"):
        (tmp_path / name).touch()
    (item,) = expand((str(tmp_path / "page.txt"),), print)
    assert item.pictures() == ("page.1.jpg", "", "page.3.PNG")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (item,) = expand((str(tmp_path / "gone.txt"),), print)
    with pytest.raises(InputError, match=r"gone\.txt does not exist"):
        item.read()


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
    with pytest.raises(OutputError, match="No space left"):
        write(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_targets_are_checked_before_work_is_done(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        check_target(tmp_path)
    with pytest.raises(OutputError, match="does not exist"):
        check_target(tmp_path / "nowhere" / "out.pdf")
