"""E-books within a size: their pictures brought down step by step, what came of it said, and the book sound."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from issues import LONG, issue, text
from making import epub_of
from newsbook.diagnostics import Code, Diagnostic, LimitError
from newsbook.layout.metadata import issue_metadata, lone_metadata
from newsbook.model import Article, Block, Credit, Figure, Issue, Media, Paragraph, Role
from newsbook.pictures import reduced
from newsbook.project import Output, bytes_of
from stores import STORE


def noise(size: tuple[int, int], form: str) -> bytes:
    """Return a picture that compresses badly."""
    width, height = size
    image = Image.frombytes("RGB", size, hashlib.shake_256(b"ferry").digest(width * height * 3))
    image.save(buffer := io.BytesIO(), form, quality=95)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def illustrated() -> Issue:
    pictures = {
        f"a001-{at}.{suffix}": noise((1500, 1000), form)
        for at, (suffix, form) in enumerate((("jpg", "JPEG"), ("png", "PNG")), 1)
    }
    media = tuple(
        Media(name, "image/jpeg" if name.endswith("jpg") else "image/png", 1500, 1000, STORE.put(data))
        for name, data in pictures.items()
    )
    body: tuple[Block, ...] = (
        Paragraph(text(LONG)),
        *(Figure(text("渡口。"), image=name, alt="渡口") for name in pictures),
    )
    return replace(issue(Article("渡口", body, language="zh-Hant")), media=media)


def sides(book: bytes) -> dict[str, int]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if "/images/" in name}
    return {name.rpartition("/")[2]: max(Image.open(io.BytesIO(data)).size) for name, data in held.items()}


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cover") / "cover.png"
    Image.new("RGB", (300, 480), "white").save(path)
    return str(path)


def test_pictures_have_no_more_pixels_than_asked(illustrated: Issue, cover: str) -> None:
    assert set(sides(epub_of(illustrated, Output(cover=cover, picture_size=600))).values()) == {600}
    assert set(sides(epub_of(illustrated, Output(cover=cover, picture_size=5000))).values()) == {1500}


@pytest.mark.parametrize("limit", ["3MB", "1MB", "400KB"])
def test_a_book_keeps_to_its_limit_and_says_how(illustrated: Issue, cover: str, limit: str) -> None:
    found: list[Diagnostic] = []
    book = epub_of(illustrated, Output(cover=cover, size_limit=limit), found.append)
    assert len(book) <= bytes_of(limit)
    assert [finding.code for finding in found] == [Code.PICTURES_REDUCED]
    assert f"{len(book) / 1e6:.1f} MB" in found[0].message
    assert set(sides(book)) == {media.name for media in illustrated.media}


def test_a_book_within_its_limit_is_the_same_book(illustrated: Issue, cover: str) -> None:
    found: list[Diagnostic] = []
    book = epub_of(illustrated, Output(cover=cover, size_limit="25MB"), found.append)
    assert book == epub_of(illustrated, Output(cover=cover))
    assert found == []


def test_what_no_picture_can_mend_is_a_limit(illustrated: Issue, cover: str) -> None:
    with pytest.raises(LimitError, match="even with the smallest pictures"):
        epub_of(illustrated, Output(cover=cover, size_limit="10KB"))


def test_a_picture_keeps_its_form_and_what_shines_through() -> None:
    Image.new("RGBA", (400, 300), (200, 10, 10, 120)).save(raw := io.BytesIO(), "PNG")
    made = reduced(raw.getvalue(), 100, 50)
    assert (made.type, made.width, made.height) == ("image/png", 100, 75)
    assert Image.open(io.BytesIO(made.data)).has_transparency_data
    assert reduced(noise((90, 60), "JPEG"), 45, 50).type == "image/jpeg"


@pytest.mark.parametrize("size", ["", "25", "25XB", "-3MB", "9KB", "99999GB", "MB"])
def test_what_is_no_size(size: str) -> None:
    with pytest.raises(ValueError, match="write"):
        bytes_of(size)


def signed(name: str, *authors: str) -> Article:
    credits_ = tuple(Credit(Role.AUTHOR, author) for author in authors)
    return Article(name, (Paragraph(text(LONG)),), deck=f"{name}的摘要", credits=credits_, language="zh-Hant")


def test_a_book_is_filed_under_one_name_or_three() -> None:
    stories = (signed("甲", "林", "周"), signed("乙", "陳", "何"))
    whole = Issue("渡口報", stories, "zh-Hant", publisher="渡口街坊會")
    assert [each.name for each in issue_metadata(whole).creators] == ["渡口街坊會"]
    assert [each.name for each in issue_metadata(whole).contributors] == ["林", "周", "陳", "何"]
    assert issue_metadata(replace(whole, publisher="")).creators == ()
    assert lone_metadata(whole, 1).creators == ()
    assert [each.name for each in lone_metadata(replace(whole, articles=(signed("甲"),)), 1).creators] == ["渡口街坊會"]


def test_authors_beyond_the_third_are_contributors(cover: str, tmp_path: Path) -> None:
    book = epub_of(Issue("渡口報", (signed("甲", "林", "周", "陳", "何"),), "zh-Hant"), Output(cover=cover))
    (tmp_path / "a.epub").write_bytes(book)
    with zipfile.ZipFile(tmp_path / "a.epub") as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert package.count("<dc:creator") == 3
    assert package.count("<dc:contributor") == 1


def test_a_description_says_what_is_in_it() -> None:
    whole = Issue("渡口報", tuple(signed(name) for name in "甲乙丙丁戊己"), "zh-Hant")
    assert issue_metadata(whole).description == "甲 · 甲的摘要 · 乙 · 丙 · 丁 · 戊"
    bare = replace(whole.articles[0], deck="")
    assert issue_metadata(replace(whole, articles=(bare,))).description == f"甲 · {LONG}"[:124] + (
        "…" if len(LONG) > 120 else ""
    )
    assert lone_metadata(replace(whole, articles=(bare,)), 1).description == LONG[:120] + (
        "…" if len(LONG) > 120 else ""
    )
