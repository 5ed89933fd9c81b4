"""`newsbook diff`: articles matched by their content, and what changed in them, word by word."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from issues import article, picture, text
from newsbook.cli import cli
from newsbook.comparison import Strand, StrandKind, as_html, compare, compared
from newsbook.diagnostics import Exit
from newsbook.model import Article, Credit, Crosshead, Figure, Paragraph, Repair, Role, Source, Span
from newsbook.native import dump
from newsbook.stories import Attached, Story

OLD, NEW, SAME = StrandKind.OLD, StrandKind.NEW, StrandKind.SAME


def told(article: Article, *pictures: Attached) -> Story:
    return Story(article, pictures)


def story(name: str, *paragraphs: str) -> Article:
    body = tuple(Paragraph(text(paragraph)) for paragraph in paragraphs)
    return Article(f"{name}的標題", body, language="zh-Hant", source=Source(name=f"{name}.txt"))


FERRY = story("渡船", "從今天起，頭班渡船提早二十分鐘開船。", "高船長說，問題是有沒有人等你。", "碼頭的燈共有十二盞。")
BRIDGE = story("步行橋", "青嶺的步行橋明年三月動工，橋長一百二十米。", "街坊和商戶分期出錢，帳目貼在公告欄上。")
LIBRARY = story("圖書室", "孩子們等船的時候都可以到候船室讀書。", "書架上放著三十本書，都是鄰鎮送來的。")


def fates(*sides: tuple[Article, ...]) -> list[tuple[str, str, bool]]:
    old, new = (tuple(map(told, side)) for side in sides)
    return [(each.headline, each.fate, each.is_moved) for each in compare(old, new, ("old", "new")).articles]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("碼頭有二十盞燈。", "碼頭有三十盞燈。", [(OLD, "二十"), (NEW, "三十")]),
        ("借出1,200本書。", "借出1,250本書。", [(OLD, "1,200"), (NEW, "1,250")]),
        ("他搭渡船上班。", "他每天搭渡船上班。", [(NEW, "每天")]),
        ("他每天搭渡船上班。", "他搭渡船上班。", [(OLD, "每天")]),
        ("渡し船に乗る。", "渡し船が出る。", [(OLD, "に乗"), (NEW, "が出")]),
        ("나루터 장날이다.", "나루터 휴일이다.", [(OLD, "장날이다"), (NEW, "휴일이다")]),
        ("The ferry left early.", "The ferry left late.", [(OLD, "early"), (NEW, "late")]),
        ("", "新的一句。", [(NEW, "新的一句。")]),
        ("一樣。", "一樣。", []),
    ],
)
def test_changes_are_told_word_by_word(old: str, new: str, changes: list[tuple[StrandKind, str]]) -> None:
    strands = compared(old, new)
    assert [(each.kind, each.text) for each in strands if each.kind is not SAME] == changes
    assert "".join(each.text for each in strands if each.kind is not NEW) == old
    assert "".join(each.text for each in strands if each.kind is not OLD) == new


def test_articles_are_matched_by_what_they_say() -> None:
    """Names of files and headlines may be others; what is moved is as little as can be."""
    renamed = replace(FERRY, headline="渡船提早了", source=Source(name="0099.html"))
    assert fates((FERRY, BRIDGE, LIBRARY), (LIBRARY, renamed, BRIDGE)) == [
        ("圖書室的標題", "same", True),
        ("渡船提早了", "changed", False),
        ("步行橋的標題", "same", False),
    ]


def test_articles_come_and_go() -> None:
    assert fates((FERRY, BRIDGE), (FERRY, LIBRARY)) == [
        ("渡船的標題", "same", False),
        ("步行橋的標題", "removed", False),
        ("圖書室的標題", "added", False),
    ]
    assert fates((), (FERRY,)) == [("渡船的標題", "added", False)]


def test_facts_and_blocks_are_told_with_their_places() -> None:
    new = replace(
        FERRY,
        headline="頭班船提早",
        published="2024-07-01",
        credits=(Credit(Role.AUTHOR, "林小舟"),),
        body=(
            Crosshead(text("碼頭的燈")),
            FERRY.body[2],
            FERRY.body[0],
            Paragraph(text("高船長說，問題是沒有人等你。")),
        ),
    )
    (found,) = compare((told(FERRY),), (told(new),), ("old", "new")).articles
    assert [each.what for each in found.facts] == ["headline", "published", "author"]
    assert [(each.what, each.old, each.new, each.note) for each in found.blocks] == [
        ("crosshead", 0, 1, ""),
        ("paragraph", 3, 2, "it was moved"),
        ("paragraph", 2, 4, ""),
    ]
    assert Strand(OLD, "有") in found.blocks[2].strands


def test_a_picture_is_compared_by_its_bytes() -> None:
    shown = replace(FERRY, body=(Figure(text("清晨的碼頭。"), image="a.jpg"),))
    renamed = replace(FERRY, body=(Figure(text("清晨的碼頭。"), image="b.jpg"),))
    same = compare((told(shown, Attached("a.jpg", "1")),), (told(renamed, Attached("b.jpg", "1")),), ("old", "new"))
    assert same.changed == ()
    other = compare((told(shown, Attached("a.jpg", "1")),), (told(shown, Attached("a.jpg", "2")),), ("old", "new"))
    assert [each.note for each in other.articles[0].blocks] == ["the picture is another"]


def test_repairs_are_on_record_and_no_change() -> None:
    mended = replace(FERRY, source=replace(FERRY.source, repairs=(Repair("x", 1, 1, "a", "b"),)))
    (found,) = compare((told(FERRY),), (told(mended),), ("old", "new")).articles
    assert (found.fate, found.repairs) == ("same", (0, 1))


def test_an_article_with_every_block_is_the_same_as_itself() -> None:
    assert fates((article(),), (article(),)) == [(article().headline, "same", False)]


def test_much_text_takes_little_time() -> None:
    """Five hundred articles, all shuffled, and one of half a million characters."""
    many = tuple(story(f"{n}", *(f"{n}號碼頭第{k}天有{n * k}個人搭船過江。" for k in range(20))) for n in range(500))
    long = story("長", *(f"第{n}段說的是渡口第{n * 7 % 1000}天的事，一共有{n}個人。" for n in range(20_000)))
    changed = replace(long, body=tuple(Paragraph(text(f"{block.text[0].text}又")) for block in long.body[::-1]))  # type: ignore[union-attr]
    began = time.process_time()
    compare(tuple(map(told, many)), tuple(map(told, reversed(many))), ("old", "new"))
    compare((told(long),), (told(changed),), ("old", "new"))
    assert time.process_time() - began < 20


def test_the_page_escapes_what_articles_say() -> None:
    old, new = story("甲", "<script>一</script>"), story("甲", "<script>二</script>")
    page = as_html(compare((told(old),), (told(new),), ("old", "<new>"))).decode()
    assert "<script" not in page
    assert "<del>" in page
    assert "<ins>" in page


Diff = Callable[..., tuple[int, str]]


@pytest.fixture
def diff(capfd: pytest.CaptureFixture[str]) -> Diff:
    """Return what runs the command, and returns its exit code and what it has printed."""

    def run(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["diff", *map(str, arguments)], prog_name="newsbook")
        out, err = capfd.readouterr()
        return done.exit_code, out + err + (done.output if done.exit_code else "")

    return run


def test_the_command_reads_pages_folders_and_settings(tmp_path: Path, diff: Diff) -> None:
    monday, tuesday = tmp_path / "monday", tmp_path / "tuesday"
    for folder, count in ((monday, "十二"), (tuesday, "十四")):
        folder.mkdir()
        body = (*FERRY.body[:2], Paragraph((Span(f"碼頭的燈共有{count}盞。"),)), Figure(text("碼頭。"), image="a.png"))
        (folder / "ferry.json").write_bytes(dump(replace(FERRY, body=body)))
        picture(folder / "a.png")
    (tuesday / "newsbook.toml").write_text('[[articles]]\nof = "渡船.txt"\nbyline = "林小舟"\n', "utf-8")
    code, out = diff(monday, tuesday, "--exit-code", "--html", tmp_path / "out.html")
    assert code == Exit.VALIDATION
    assert "  byline: {+林小舟+}\n  paragraph 3: 碼頭的燈共有[-十二-]{+十四+}盞。\n1 changed.\n" in out
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert diff(monday, monday, "--exit-code") == (Exit.OK, "nothing changed.\n")
    code, out = diff(monday / "ferry.json", tuesday / "ferry.json", "--json")
    assert code == Exit.OK
    assert json.loads(out)["articles"][0]["fate"] == "changed"


def test_what_cannot_be_compared_is_told_in_a_sentence(tmp_path: Path, diff: Diff) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    page = tmp_path / "page.txt"
    page.write_text("渡口開市\n\n  今天開市。\n", "utf-8")
    for one, other in ((page, tmp_path / "none.txt"), (tmp_path / "a.pdf", page)):
        code, out = diff(one, other)
        assert (code, out.count("newsbook:")) == (Exit.INPUT, 1), out
    assert diff("-", "-")[0] == Exit.USAGE
    assert diff(page, page, "--html", page)[0] == Exit.USAGE
    assert page.read_text("utf-8").startswith("渡口開市")
