"""Editions that are to be kept are made again of what they hold alone, whatever a project names, and byte by byte."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from fetch.site import Site
from issues import picture
from newsbook import Code, Diagnostic, Manner, Output, build
from newsbook.assets import root
from newsbook.cli import cli
from newsbook.outputs.archive import for_edition, named_in
from newsbook.project import (
    Advertisement,
    Amendment,
    Design,
    Facts,
    Fetching,
    HousePiece,
    Indexing,
    Inspection,
    PictureAmendment,
    Project,
    Reading,
    Section,
    Staff,
    StaffRole,
    load,
)
from newsbook.project.fields import SettingField, fields_of, walked
from test_following import TERMS, A, B, page, pages, saved, site
from test_provenance import held, kind_of, manifest_of

WEEKLY = root() / "examples" / "weekly"
STORY = (
    "# {name}\n\n" + "渡口老街的涼亭換了新瓦，街坊說下雨天又有地方坐了，{name}那邊的木匠帶著徒弟做了四十天。\n\n" * 3
)

__all__ = ["site"]

Verified: TypeAlias = Callable[[Path], str]

# Of every path that newsbook.toml may name, what is no part of an edition, and why that is.
NOT_ENCLOSED = MappingProxyType(
    {
        "inputs": "what was read of them is, file by file",
        "fetching.cache": "what was fetched is, answer by answer",
        "check.word_lists": "the check makes nothing",
        "outputs.file": "it is written",
        "outputs.sign_with": "it is secret",
    }
)


@pytest.fixture
def verified(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Verified:
    """Return what says of an edition how it is when it is made again where nothing of its sources lies."""

    def verified(file: Path) -> str:
        (tmp_path / "empty").mkdir(exist_ok=True)
        with chdir(tmp_path / "empty"):
            CliRunner().invoke(cli, ["verify", str(file), "--rebuild"])
        said, faults = capfd.readouterr()
        return said.rpartition("; ")[0].rpartition(", ")[2] + faults

    return verified


def made(asked: Project, folder: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    build(asked, folder, report=found.append, manner=Manner(workers=0))
    return found


def whole(tmp_path: Path) -> Project:
    """Return a project that names a file under every key that can name one, each of its own."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("a", "b", "text"):
        (folder / f"{name}.md").write_text(STORY.format(name=name), "utf-8")
    for name in ("in", "of", "logo", "ad", "cover"):
        picture(folder / f"{name}.png")
    (folder / "beside").mkdir()
    picture(folder / "beside" / "own.png")
    for name in ("foreword", "editorial", "notice", "box", "advert"):
        text = f"{name}：船停一日。\n\n![船](./beside/../beside/own.png)\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    (folder / "words.txt").write_text("不可印\n", "utf-8")
    (folder / "names.txt").write_text("林小舟\n", "utf-8")
    (folder / "style").mkdir()
    (folder / "style" / "print.css").write_text("p { color: #111 }\n", "utf-8")
    put_in = PictureAmendment(file="in.png", caption="船", alt="船")
    return Project(
        inputs=("a.md", "b.md"),
        style="style",
        issue=Facts("渡口報", "12", "2024-05-12"),
        reading=Reading(lexicon=("names.txt",)),
        design=Design(logo="logo.png"),
        index=Indexing(make=True, names=("老街",)),
        check=Inspection(word_lists=("words.txt",)),
        sections=(Section("街坊", ("a.md", "b.md")),),
        articles=(Amendment("a.md", headline="新瓦", pictures=(put_in, PictureAmendment(of="1", file="of.png"))),),
        foreword=HousePiece(file="foreword.md", byline="總編輯"),
        editorial=HousePiece(file="editorial.md"),
        notices=(HousePiece(file="notice.md"),),
        advertisements=(Advertisement(headline="酒坊", picture="ad.png", alt="酒"), Advertisement(file="advert.md")),
        boxes=(HousePiece(file="box.md"),),
        staff=Staff(roles=(StaffRole("編輯", ("林小舟",)),)),
        outputs=(Output("x.pdf", profile="archive"), Output("x.epub", profile="archive", cover="cover.png")),
    )


def paths_in(project: Project) -> dict[str, str]:
    """Return what a project names as a path, by its key without numbers."""
    found: dict[str, str] = {}

    def note(key: str, field: SettingField, value: object) -> object:
        if field.form in {"path", "style"}:
            parts = value if isinstance(value, tuple) else (value,)
            found.update({f"{part}": "".join(c for c in key if c not in "[]0123456789") for part in parts if part})
        return value

    walked(project, note)
    return found


def keys_of(kind: type, at: str = "") -> Iterator[str]:
    """Yield every key of a struct that names a path."""
    for name, field in fields_of(kind).items():
        if inner := field.table or field.entry:
            yield from keys_of(inner, f"{at}{name}.")
        elif field.form in {"path", "style"}:
            yield at + name


def test_every_key_that_names_a_file_is_enclosed_or_is_no_part_of_an_edition(tmp_path: Path) -> None:
    project = whole(tmp_path)
    named = set(paths_in(project).values()) | {"fetching.cache", "outputs.sign_with", "outputs.pages"}
    assert set(keys_of(Project)) - named == {"outputs.style"}, "the project of this test names no such file"
    for kind in ("pdf", "epub"):
        output = Output(f"x.{kind}", kind, "style", "archive", sign_with="key.pem")
        output = replace(output, cover="cover.png", pages="x.pdf") if kind == "epub" else output
        asked = replace(project, fetching=Fetching("cache"), outputs=(output, Output("y.epub", cover="other.png")))
        inside = named_in(for_edition(asked, output, ("a.md", "b.md")))
        of_it = paths_in(replace(asked, outputs=(output,)))
        assert {path for path, key in of_it.items() if key not in NOT_ENCLOSED} == inside.keys()
        assert len(set(inside.values())) == len(inside)


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_an_edition_with_everything_a_project_can_name_is_made_again(
    tmp_path: Path, verified: Verified, kind: str
) -> None:
    folder = tmp_path / "desk"
    asked = whole(tmp_path)
    asked = replace(asked, outputs=tuple(each for each in asked.outputs if each.file.endswith(kind)))
    made(asked, folder)
    kept = (folder / f"x.{kind}").read_bytes()
    manifest, files = manifest_of(kept), held(kept)
    for source in manifest.sources:
        name = Path(source.path).name
        assert files[source.file] == next(folder.rglob(name)).read_bytes(), source.path
    assert b"desk" not in files["manifest.json"]
    assert "words.txt" not in {Path(source.path).name for source in manifest.sources}
    shutil.copy(folder / f"x.{kind}", tmp_path)
    shutil.rmtree(folder)
    assert verified(tmp_path / f"x.{kind}") == "the same when rebuilt"


def test_the_weekly_is_made_again_in_an_empty_folder(tmp_path: Path, verified: Verified) -> None:
    project = load(WEEKLY / "newsbook.toml").project
    made(replace(project, outputs=(Output(str(tmp_path / "x.epub"), profile="archive"),)), WEEKLY)
    assert verified(tmp_path / "x.epub") == "the same when rebuilt"


def test_a_held_article_is_not_enclosed(tmp_path: Path, verified: Verified) -> None:
    """Neither its page, nor what stands beside it, nor what is said of it."""
    for name in ("kept", "held"):
        (tmp_path / f"{name}.txt").write_text(STORY.format(name=name), "utf-8")
    picture(tmp_path / "held.1.png")
    picture(tmp_path / "scoop.png")
    scoop = Amendment("held.txt", headline="獨家", hold=True, pictures=(PictureAmendment(file="scoop.png"),))
    made(Project(("kept.txt", "held.txt"), articles=(scoop,), outputs=(Output("x.epub", profile="archive"),)), tmp_path)
    files = held((tmp_path / "x.epub").read_bytes())
    assert sorted(name for name in files if name[0].isdigit()) == ["001-kept.txt"]
    assert "獨家" not in files["manifest.json"].decode()
    assert verified(tmp_path / "x.epub") == "the same when rebuilt"


def test_a_held_article_in_a_file_with_others_is_told(tmp_path: Path, verified: Verified) -> None:
    line = '{{"headline": "{0}", "body": [{{"type": "paragraph", "text": "{0}的渡船今日停開，請走石橋。"}}]}}\n'
    lines = (line.format(one) for one in "甲乙")
    (tmp_path / "day.jsonl").write_text("".join(lines), "utf-8")
    asked = Project(("day.jsonl",), outputs=(Output("x.epub", profile="archive"),))
    names = [story.source.name for story in build(replace(asked, outputs=(Output("x.json"),)), tmp_path).articles]
    found = made(replace(asked, articles=(Amendment(names[1], hold=True),)), tmp_path)
    assert [(each.where.source, each.code) for each in found if each.code is Code.SOURCE_SHARED] == [
        (names[1], Code.SOURCE_SHARED)
    ]
    assert verified(tmp_path / "x.epub") == "the same when rebuilt"


def test_volumes_and_months_are_made_again(tmp_path: Path, verified: Verified) -> None:
    for number, folder in enumerate(("春", "夏")):
        (tmp_path / folder).mkdir()
        for name in ("one", "two"):
            text = f"{folder}天的{name}\n\n2024-0{number + 3}-0{len(name)}\n\n{A}{folder}{name}\n"
            (tmp_path / folder / f"{name}.txt").write_text(text, "utf-8")
    outputs = tuple(Output(f"{name}.epub", profile="archive", collection=name) for name in ("volume", "months"))
    made(Project(("春", "夏"), outputs=outputs, foreword=HousePiece(text="合訂本。", headline="前言")), tmp_path)
    for output in outputs:
        kept = (tmp_path / output.file).read_bytes()
        assert len(manifest_of(kept).stories) == 5
        assert kind_of(kept) == "epub"
        assert verified(tmp_path / output.file) == "the same when rebuilt"


@pytest.mark.parametrize("names", [("mill.html", "other.html"), (".",)])
def test_a_story_of_several_saved_pages_is_put_together_again(
    tmp_path: Path, verified: Verified, names: tuple[str, ...]
) -> None:
    (tmp_path / "in").mkdir()
    saved(tmp_path / "in", {**pages(), "other.html": page("另一篇", B)})
    inputs = tuple(f"in/{name}" for name in names)
    made(Project(inputs, outputs=(Output("x.epub", profile="archive"),)), tmp_path)
    assert len(manifest_of((tmp_path / "x.epub").read_bytes()).stories) == 2
    assert verified(tmp_path / "x.epub") == "the same when rebuilt"


@pytest.mark.parametrize("path", ["/map.xml", "/rss", "/mill.html"])
def test_what_was_followed_on_the_network_is_followed_again_offline(
    tmp_path: Path,
    verified: Verified,
    site: Site,
    path: str,
) -> None:
    terms = replace(TERMS, follow=True, cache=str(tmp_path / "cache"))
    made(Project((site.url + path,), fetching=terms, outputs=(Output("x.epub", profile="archive"),)), tmp_path)
    asked = len(site.asked)
    shutil.rmtree(tmp_path / "cache")
    assert verified(tmp_path / "x.epub") == "the same when rebuilt"
    assert len(site.asked) == asked
