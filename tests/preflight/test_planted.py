"""What `newsbook check` finds in an issue with a fault planted in it: that one, where it is, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from issues import picture
from making import bound, pdf_of
from newsbook.diagnostics import Code, Diagnostic, Severity
from newsbook.model import (
    Article,
    Block,
    Credit,
    Crosshead,
    Figure,
    Footnote,
    Items,
    Paragraph,
    Role,
    Source,
    Span,
)
from newsbook.native import dump
from newsbook.preflight import Fault, Impression, ListedWord, asks, inspect
from newsbook.project import Allowance, Facts, Inspection, Project, Section
from newsbook.writers.pdf import placed_pictures

ROOT = Path(__file__).parent.parent.parent


def said(words: str, href: str = "", note: str = "") -> Paragraph:
    return Paragraph((Span(words, href=href, note=note),))


# An issue with nothing wrong in it, though much that only looks so.
FERRY = Article(
    headline="頭班船提早二十分鐘",
    byline="林小舟",
    published="2024-07-01",
    language="zh-Hant",
    section="街坊",
    credits=(Credit(Role.AUTHOR, "林小舟"),),
    source=Source(name="ferry.json", outlet="渡口街坊網", url="https://ferry.example/news/1.html"),
    body=(
        said("從今天起，渡口到對岸的頭班渡船提早二十分鐘，清晨六點十分開船。碼頭上第一個搭船的是做豆腐的周師傅。"),
        said("「早起不是問題，」高船長說，「問題是有沒有人等你。」他在7月5日（星期五）以前還要練習三次。"),
        Crosshead((Span("碼頭的燈"),)),
        said("渡口街坊會說，碼頭的燈共有十二盞（六盞在石階上），詳見 https://ferry.example/lamps?no=12 的公告。"),
        said("記者林小舟在碼頭看到，候船室的書架上放著三十本書，孩子們等船的時候都可以拿下來看。", note="1"),
        Items(((Span("綠旗：照常開船。"),), (Span("紅旗：停航。"),))),
        Footnote((Span("候船室每天五點半開門。"),), "1", "[1]"),
    ),
)
BRIDGE = Article(
    headline="青嶺步行橋明年動工",
    byline="周柏安",
    published="2024-06-30",
    language="zh-Hant",
    section="要聞",
    credits=(Credit(Role.AUTHOR, "周柏安"),),
    source=Source(name="bridge.json", outlet="渡口街坊網", url="https://ferry.example/news/2.html"),
    body=(
        said("青嶺的步行橋明年三月動工，橋長一百二十米，工期十個月，由街坊和商戶分期出錢，帳目貼在東門的公告欄上。"),
        said("設計師弗拉基米爾·斯捷潘諾夫說，橋面要讓推輪椅的人也走得過去。他用 WeChat 和街坊商量了七次。"),
        said("「橋好不好，走過的人知道，」街坊會的何主任說。熱線電話：0571-8800123，信箱 bridge@ferry.example。"),
    ),
)
PROJECT = Project(issue=Facts(date="2024-07-05"), sections=(Section("街坊"), Section("要聞")))

Change = Callable[[Article], Article]


class Plant(Struct, frozen=True):
    """A fault: what is done to the ferry's article, or the bridge's, the code that tells it, and the paragraph."""

    kind: str
    change: Change
    code: Code
    paragraph: int = 0
    in_bridge: bool = False


def at(number: int, old: str, new: str) -> Change:
    """Return a change of words in one block."""

    def change(article: Article) -> Article:
        body = list(article.body)
        before = msgspec.json.encode(body[number - 1]).decode()
        assert old in before
        escaped = msgspec.json.encode(new).decode()[1:-1]
        body[number - 1] = msgspec.json.decode(before.replace(old, escaped, 1).encode(), type=Block)
        return replace(article, body=tuple(body))

    return change


def behind(number: int, *blocks: Block) -> Change:
    """Return a change that puts blocks behind one."""
    return lambda article: replace(article, body=(*article.body[:number], *blocks, *article.body[number:]))


def field(**said_of: object) -> Change:
    return lambda article: replace(article, **said_of)


def of_source(**said_of: object) -> Change:
    return lambda article: replace(article, source=replace(article.source, **said_of))


FIRST = "從今天起，渡口到對岸的頭班渡船提早二十分鐘，清晨六點十分開船。"

ADVERT = "新茶限時優惠，訂購專線二十四小時有人接聽。"


def in_headline_and_text(article: Article) -> Article:
    return at(4, "十二盞", "十二盞，21個燈泡")(replace(article, headline="碼頭換上15個燈泡"))


PLANTS = (
    Plant("bracket", at(4, "（六盞在石階上）", "（六盞在石階上"), Code.MARKS_UNPAIRED, 4),
    Plant("bracket", at(4, "（六盞在石階上）", "六盞在石階上）"), Code.MARKS_UNPAIRED, 4),
    Plant("quotation mark", at(2, "「早起", "早起"), Code.MARKS_UNPAIRED, 2),
    Plant("quotation mark", at(2, "等你。」", "等你。"), Code.MARKS_UNPAIRED, 2),
    Plant("doubled stop", at(1, "清晨六點", "，清晨六點"), Code.MARK_DOUBLED, 1),
    Plant("doubled stop", at(1, "開船。", "開船。。"), Code.MARK_DOUBLED, 1),
    Plant("doubled stop", at(4, "盞（", "、，（"), Code.MARK_DOUBLED, 4),
    Plant("half-width comma", at(1, "起，渡口", "起,渡口"), Code.MARK_WIDTH_MIXED, 1),
    Plant("half-width bracket", at(4, "（六盞在石階上）", "(六盞在石階上)"), Code.MARK_WIDTH_MIXED, 4),
    Plant("half-width colon", at(6, "綠旗：", "綠旗:"), Code.MARK_WIDTH_MIXED, 6),
    Plant("blank", at(1, "碼頭上", "碼頭 上"), Code.BLANK_IN_TEXT, 1),
    Plant("blank", at(1, "開船。碼頭", "開船。 碼頭"), Code.BLANK_IN_TEXT, 1),
    Plant("straight quotes", at(1, "豆腐", '"豆腐"'), Code.QUOTE_STRAIGHT, 1),
    Plant("straight quotes", at(1, "周師傅", "'周師傅'"), Code.QUOTE_STRAIGHT, 1),
    Plant("lost character", at(1, "碼頭", "碼\ufffd"), Code.CHARACTER_LOST, 1),
    Plant("lost character", at(1, "碼頭", "〓頭"), Code.CHARACTER_LOST, 1),
    Plant("lost character", at(1, "豆腐的", "豆□的"), Code.CHARACTER_LOST, 1),
    Plant("simplified in traditional", at(1, "碼頭", "码頭"), Code.SCRIPT_STRANGE, 1),
    Plant("simplified in traditional", field(headline="头班船提早二十分鐘"), Code.SCRIPT_STRANGE),
    Plant("kana in Chinese", at(1, "搭船的是", "搭船のは是"), Code.SCRIPT_STRANGE, 1),
    Plant("doubled paragraph", lambda a: behind(4, a.body[0])(a), Code.PARAGRAPH_DOUBLED, 5),
    Plant("doubled paragraph across articles", behind(3, FERRY.body[3]), Code.PARAGRAPH_DOUBLED, 4, in_bridge=True),
    Plant("doubled sentence", at(4, "渡口街坊會說", FIRST + "渡口街坊會說"), Code.SENTENCE_DOUBLED, 4),
    Plant(
        "doubled sentence across articles", at(3, "「橋好", FIRST + "「橋好"), Code.SENTENCE_DOUBLED, 3, in_bridge=True
    ),
    Plant("share bar", behind(2, said("分享到：微信 微博 QQ空間")), Code.CHROME_LEFT, 3),
    Plant("menu", behind(7, said("首頁 > 要聞 > 渡口")), Code.CHROME_LEFT, 8),
    Plant("comment form", behind(7, said("請登錄後評論")), Code.CHROME_LEFT, 8),
    Plant("related link", behind(7, said("延伸閱讀：青嶺的早市")), Code.CHROME_LEFT, 8),
    Plant("next page", behind(7, said("上一篇：水車又轉了")), Code.CHROME_LEFT, 8),
    Plant("copyright", behind(7, said("版權所有")), Code.CHROME_LEFT, 8),
    Plant("name that sounds alike", at(5, "記者林小舟", "記者林曉舟"), Code.NAME_VARIES, 5),
    Plant("name that sounds alike", at(3, "何主任說", "記者周伯安說"), Code.NAME_VARIES, 3, in_bridge=True),
    Plant("variant of a name", at(5, "記者林小舟在", "記者周邊安和記者周辺安在"), Code.NAME_VARIES, 5),
    Plant("transliteration", at(3, "何主任說", "斯捷帕諾夫說"), Code.NAME_VARIES, 3, in_bridge=True),
    Plant("brand", at(3, "信箱", "Wechat 或信箱"), Code.NAME_VARIES, 3, in_bridge=True),
    Plant("no such day", at(2, "7月5日（星期五）", "2月30日"), Code.DATE_IMPOSSIBLE, 2),
    Plant("no such day", at(2, "7月5日（星期五）", "2023年2月29日"), Code.DATE_IMPOSSIBLE, 2),
    Plant("no such month", at(2, "7月5日（星期五）", "13月5日"), Code.DATE_IMPOSSIBLE, 2),
    Plant("no such time", at(1, "清晨六點十分", "上午8:75"), Code.DATE_IMPOSSIBLE, 1),
    Plant("weekday", at(2, "星期五", "星期三"), Code.WEEKDAY_WRONG, 2),
    Plant("weekday", at(2, "7月5日（星期五）", "2024年7月5日週四"), Code.WEEKDAY_WRONG, 2),
    Plant("changed before it was published", field(updated="2024-06-01"), Code.DATES_DISAGREE),
    Plant("retrieved before it was published", of_source(retrieved="2024-06-01"), Code.DATES_DISAGREE),
    Plant("published after the issue", field(published="2024-08-01"), Code.DATES_DISAGREE),
    Plant("headline of another", field(headline="青嶺步行橋明年動工"), Code.HEADLINE_REPEATED),
    Plant("headline again", behind(0, said("頭班船提早二十分鐘")), Code.HEADLINE_REPEATED, 1),
    Plant("long headline", field(headline="頭班船提早" * 9), Code.HEADLINE_LONG),
    Plant("no headline", field(headline=""), Code.HEADLINE_MISSING),
    Plant("no byline", field(byline="", credits=()), Code.BYLINE_MISSING),
    Plant("no outlet", of_source(outlet=""), Code.OUTLET_MISSING),
    Plant("no date", field(published=""), Code.DATE_MISSING),
    Plant("crosshead over nothing", behind(7, Crosshead((Span("下一步"),))), Code.CROSSHEAD_EMPTY, 8),
    Plant("advertisement", behind(7, said(ADVERT)), Code.ADVERTISEMENT_UNLABELLED, 8),
    Plant("number", in_headline_and_text, Code.NUMBER_DIFFERS),
    Plant("dead link", behind(7, said("請看這一頁。", href="page-2.html")), Code.LINK_DEAD, 8),
    Plant("dead footnote", behind(7, said("請看註。", note="9")), Code.LINK_DEAD, 8),
    Plant("footnote without its mark", behind(7, Footnote((Span("沒有人問起的註。"),), "7", "[7]")), Code.LINK_DEAD, 8),
    Plant("broken address", at(4, "/lamps?no=12", "/lamps/ 2024/no12.html"), Code.ADDRESS_MALFORMED, 4),
    Plant("malformed address", at(4, "https://ferry.example", "http:/ferry.example"), Code.ADDRESS_MALFORMED, 4),
    Plant("malformed address", of_source(url="https://ferry"), Code.ADDRESS_MALFORMED),
    Plant("malformed mail", at(3, "bridge@ferry.example", "bridge@ferry"), Code.ADDRESS_MALFORMED, 3, in_bridge=True),
    Plant("malformed telephone", at(3, "0571-8800123", "057-1"), Code.ADDRESS_MALFORMED, 3, in_bridge=True),
    Plant("listed word", at(1, "渡船", "搖櫓船"), Code.WORD_LISTED, 1),
    Plant("embargo", of_source(embargo="2024-07-09"), Code.EMBARGOED),
    Plant("withdrawn", of_source(status="withheld"), Code.WITHDRAWN),
)  # fmt: skip

WORDS = (ListedWord("搖櫓船", "渡船"), ListedWord("石階", "", ("在石階上",)))


def found(
    folder: Path, *articles: Article, project: Project = PROJECT, prints: tuple[Impression, ...] = ()
) -> list[Fault]:
    """Return what the check says of articles that asks for a decision."""
    paths = tuple(folder / article.source.name for article in articles)
    for path, article in zip(paths, articles, strict=True):
        path.write_bytes(dump(article))
    findings: list[Diagnostic] = []
    free = replace(project, release=replace(project.release, allow=("embargoed", "withdrawn")))
    made = bound(paths, free, findings.append)
    (issue,) = made.issues
    return [each for each in inspect(issue, made.stories, project, prints, findings, WORDS) if asks(each)]


def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    assert found(tmp_path, FERRY, BRIDGE) == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.kind}-{PLANTS.index(plant)}")
def test_a_planted_fault_is_found_and_nothing_else(tmp_path: Path, plant: Plant) -> None:
    ferry, bridge = (FERRY, plant.change(BRIDGE)) if plant.in_bridge else (plant.change(FERRY), BRIDGE)
    told = found(tmp_path, ferry, bridge)
    is_told_there = plant.in_bridge or plant.kind == "headline of another"
    name = "bridge.json" if is_told_there else "ferry.json"
    assert [(each.finding.code, each.finding.where.source, each.paragraph) for each in told] == [
        (plant.code, name, plant.paragraph)
    ]
    assert told[0].finding.message


def with_pictures(*figures: Figure) -> Article:
    return replace(FERRY, body=(*FERRY.body, *figures))


def test_pictures_are_looked_at_where_they_stand(tmp_path: Path) -> None:
    """One is too coarse on the page, one is shown twice, and nothing says what one shows."""
    picture(tmp_path / "coarse.jpg", (250, 200))
    picture(tmp_path / "fine.jpg", (2000, 1600), "#446688")
    caption = (Span("碼頭的清晨。"),)
    article = with_pictures(
        Figure(caption, image="coarse.jpg", alt="碼頭"),
        Figure(caption, image="fine.jpg", alt="碼頭"),
        Figure((Span("傍晚的碼頭。"),), image="fine.jpg"),
    )
    (tmp_path / "ferry.json").write_bytes(dump(article))
    (issue,) = bound((tmp_path / "ferry.json",)).issues
    prints = (Impression("bulletin", placed_pictures(pdf_of(issue))),)
    told = found(tmp_path, article, BRIDGE, prints=prints)
    assert {(each.finding.code, each.paragraph) for each in told} == {
        (Code.PICTURE_COARSE, 8),
        (Code.PICTURE_REPEATED, 10),
        (Code.ALT_TEXT_UNKNOWN, 0),
    }
    coarse = next(each.finding for each in told if each.finding.code is Code.PICTURE_COARSE)
    assert "250 × 200 pixels" in coarse.message


def test_what_is_allowed_has_its_reason_and_what_allows_nothing_is_told(tmp_path: Path) -> None:
    allow = (
        Allowance("mark-doubled", of="ferry*", reason="照原稿"),
        Allowance("mark-doubled", of="bridge.json", reason="照原稿"),
        Allowance("blank-in-text", quoting="沒有這句", reason="照原稿"),
    )
    project = replace(PROJECT, check=Inspection(allow=allow))
    first, second, told = found(tmp_path, at(1, "開船。", "開船。。")(FERRY), BRIDGE, project=project)
    assert (told.finding.code, told.allowed) == (Code.MARK_DOUBLED, "照原稿")
    assert [first.finding.code, second.finding.code] == [Code.ALLOWANCE_UNUSED] * 2
    assert first.finding.severity is Severity.NOTE


def test_there_are_forty_kinds_of_them() -> None:
    assert len(PLANTS) >= 60
    assert len({plant.kind for plant in PLANTS}) >= 40
