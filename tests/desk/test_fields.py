# ruff: noqa: E501  tables of cases, a line each
"""Headline, date, outlet and people, in the forms of sites and papers that nobody has seen: lines, and small pages."""

import pytest

from newsbook import desk, readers, repairs
from newsbook.dates import find_dates
from newsbook.desk.labels import Field
from newsbook.desk.metaline import parse
from newsbook.desk.people import people
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy
from newsbook.model.walk import plain, texts

# A line, and what it says: fields with their values. Nothing where it is no meta line.
LINES = [
    ("鷗傳媒╱記者許一帆／鷗島報導 2013-10-11 13:11", "outlet 鷗傳媒, author 許一帆, published 2013-10-11T13:11, staff 鷗島報導"),
    ("鷗島時報／記者許一帆、林小滿／綜合報導", "outlet 鷗島時報, author 許一帆、林小滿"),
    ("〔記者許一帆∕鷗島報導〕", "author 許一帆"),
    ("鷗島社記者許一帆鷗島6日電", "employer 鷗島社, author 許一帆"),
    ("地方中心／林小滿報導", "author 林小滿"),
    ("地方中心／高雄報導", "signature 地方中心／高雄報導"),
    ("〔即時新聞／綜合報導〕", "signature 即時新聞／綜合報導"),
    ("特派記者許一帆／華盛頓報導", "author 許一帆"),
    ("113/05/06 08:36 記者林小滿", "published 2024-05-06T08:36, author 林小滿"),
    ("記者許一帆翻攝", ""),
    ("媒體聯合報導", ""),
    ("記者許一帆說，這是第一次報導。", ""),
    ("编辑|周远责编|林小满", "editor 周远, editor 林小满"),
    ("今日编辑：周远 值班主编：林小满", "editor 周远, editor 林小满"),
    ("責任編輯｜周遠　核稿編輯｜林小滿", "editor 周遠, editor 林小滿"),
    ("http://ferry.example 2013-02-14 15:21 来源：渡口晚报", "published 2013-02-14T15:21, outlet 渡口晚报, url http://ferry.example"),
    ("发布时间：19-04-12 来源：渡口网", "published 2019-04-12, outlet 渡口网"),
    ("來源：街報 https://ferry.example/2024/05/11/1.html", "outlet 街報, url https://ferry.example/2024/05/11/1.html"),
    ("원문 링크: https://ferry.example/1", "url 원문 링크: https://ferry.example/1"),
    ("民國三十八年五月六日 星期五 第三版", "published 1949-05-06"),
    ("2013/10/11 11:45打印本文章", "published 2013-10-11T11:45"),
    ("2013/10/11 11:45 友善列印", "published 2013-10-11T11:45"),
    ("2013/10/11 11:45 地方新聞", "published 2013-10-11T11:45, section 地方新聞"),
    ("2013/10/11 11:45 灯下说书人", "published 2013-10-11T11:45, outlet 灯下说书人"),
    ("[강변신문 = 한가람·노을빛 기자] 등록 : 2024년 5월 6일 (월) 09시 15분", "employer 강변신문, author 한가람, author 노을빛, published 2024-05-06T09:15"),
    ("/ 한가람 기자 garam@example.com", "author 한가람"),
    ("한가람 사진기자", "photographer 한가람"),
    ("정치부 기자", ""),
    ("2024年5月6日 9時15分　【柳浜支局・森下一郎】", "published 2024-05-06T09:15, author 森下一郎"),
    ("2023年4月3日 記者 沢渡小春", "published 2023-04-03, author 沢渡小春"),
    ("2023年4月3日 記者 周大河", "published 2023-04-03, author 周大河"),
    ("【記者林小滿／渡口報導】2011-06-04", "author 林小滿, signature 記者林小滿／渡口報導, staff 渡口報導, published 2011-06-04"),
    ("文・写真＝森下一郎", "author-and-photographer 森下一郎"),
    ("（聞き手・森下一郎）", "author 森下一郎"),
]  # fmt: skip

# What stands beside a date without a label: a person's name, or a place, a column, a desk or a paper.
UNLABELLED = [
    ("林小舟　2026年11月25日", "author 林小舟, published 2026-11-25"),
    ("2026-11-25 林小舟", "author 林小舟, published 2026-11-25"),
    ("林小舟，2026年11月25日", "author 林小舟, published 2026-11-25"),
    ("林小舟 周远　2026年11月25日", "author 林小舟, author 周远, published 2026-11-25"),
    ("作者林小舟　2026年11月25日", "author 林小舟, published 2026-11-25"),
    ("林小舟 于上海 2026年11月25日", "author 林小舟, published 2026-11-25, staff 于上海"),
    ("林小舟　民國115年11月25日", "author 林小舟, published 2026-11-25"),
    ("林小舟 發自上海 11月25日", "author 林小舟"),
    ("文／林小舟　11月25日", "author 林小舟"),
    ("山田花子記者　2026年11月25日", "author 山田花子, published 2026-11-25"),
    ("홍길동　2026.11.25", "author 홍길동, published 2026-11-25"),
    ("홍길동 서울 2026.11.25", "author 홍길동, published 2026-11-25"),
    ("周远 2026年11月25日", "published 2026-11-25"),
    ("石家庄 2026年11月25日", "published 2026-11-25"),
    ("上海　2026年11月25日", "published 2026-11-25"),
    ("編輯部 2026年11月25日", "published 2026-11-25"),
    ("金融界 2026年11月25日", "published 2026-11-25"),
    ("地域経済　2026年11月25日", "section 地域経済, published 2026-11-25"),
    ("名古屋　2026年11月25日", "published 2026-11-25"),
    ("정치부 2026.11.25", "published 2026-11-25"),
    ("남양주 2026.11.25", "published 2026-11-25"),
    ("한겨레 2026.11.25", "published 2026-11-25"),
    ("The Ferry Times 2026-11-25", "outlet The Ferry Times, published 2026-11-25"),
    ("Lin Xiaozhou 2026-11-25", "published 2026-11-25"),
]  # fmt: skip

# The lines between a headline and the story: who is credited, and whether it is said that somebody may be.
SIGNED = [
    ("渡口新桥今日通车", "林小舟", ("林小舟",), 0),
    ("渡口新橋今日通車", "林小舟、周遠", ("林小舟", "周遠"), 0),
    ("渡口新桥今日通车", "林小舟\n2026年11月25日", ("林小舟",), 0),
    ("渡口新桥今日通车", "周远", (), 1),
    ("渡口新桥今日通车", "周远 2026年11月25日", (), 1),
    ("渡口新桥今日通车", "高雄 2026年11月25日", (), 0),
    ("渡口新桥今日通车", "Lin Xiaozhou 2026-11-25", (), 1),
    ("渡し場の新しい橋が開通した", "山田花子", ("山田花子",), 0),
    ("渡し場の新しい橋が開通した", "山田 花子　2026年11月25日", ("山田花子",), 0),
    ("渡し場の新しい橋が開通した", "スミス・ジョン　2026年11月25日", (), 1),
    ("渡し場の新しい橋が開通した", "名古屋　2026年11月25日", (), 0),
    ("나루터의 새 다리가 개통됐다", "홍길동", ("홍길동",), 0),
    ("나루터의 새 다리가 개통됐다", "김구 2026.11.25", (), 1),
]

DATES = {
    "民國一百一十三年五月六日": "2024-05-06",
    "中華民國一百零三年十二月卅一日": "2014-12-31",
    "民國一一三年五月六日": "2024-05-06",
    "民國0年5月6日": "",
    "令和〇年五月六日": "",
    "民國000年5月": "",
    "113年5月6日": "2024-05-06",
    "令和六年五月六日 午後1時2分": "2024-05-06T13:02",
    "R6.5.6": "2024-05-06",
    "2024년 5월 6일 (월) 9시 5분": "2024-05-06T09:05",
    "24-05-06": "2024-05-06",
    "（24.5.6）": "2024-05-06",
    "更新：24/5/6 8:05": "2024-05-06T08:05",
    "24年5月6日": "2024-05-06",
    "25/03/2024": "2024-03-25",
    "06/05/2024": "",
    "編號 24-05-06 的文件": "",
    "版本 2.05.06": "",
    "第113年5月6日": "",
}

PEOPLE = {
    "林小滿渡口師範學院歷史系教授": ("林小滿",),
    "林小滿，渡口大學教授": ("林小滿",),
    "渡口大學教授 林小滿": ("林小滿",),
    "林小滿（本報記者）、周遠": ("林小滿", "周遠"),
    "周林中國社會科學院研究員": ("周林",),
    "本報首席記者林小滿": ("林小滿",),
    "系渡口大學教授": (),
    "한가람·노을빛 기자": ("한가람", "노을빛"),
    "渡口閒人": ("渡口閒人",),
}

_STORY = "<p>渡口鎮的擺渡船上個月停航，鎮上的人要繞四十公里才能到對岸的集市，菜農們為此叫苦不迭。</p>" * 2
_LD = '<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "渡船停航了三天", "author": {}}}]}}</script>'
_NAMED = '{"@type": "Person", "name": "記者許一帆╱鷗島碼頭報導"}'

# What a page's head and body hold, and what its article has.
PAGES = [
    ("<title>鷗島電子報 - 大霧再停3班船 今天復航</title>", f"<div>大霧再停3班船 今天復航</div>{_STORY}", "headline 大霧再停3班船 今天復航, outlet 鷗島電子報"),
    ('<meta property="og:title" content="鷗島新聞網"><meta content="渡船停航 菜農繞四十公里">', _STORY, "headline 渡船停航 菜農繞四十公里"),
    ("<title>渡船停航 菜農叫苦 | 鷗島時報</title>", f"<h1>鷗島時報</h1><table><tr><td>渡船停航 菜農叫苦</td></tr></table>{_STORY}", "headline 渡船停航 菜農叫苦, outlet 鷗島時報"),
    ("<title>鷗島廣播電台</title>", "<table><tr><td>渡口水位 3.6公尺創新高</td></tr></table>", "headline 渡口水位 3.6公尺創新高"),
    ("", f"<h2><em>獨家</em>渡船停航了三天</h2><div>{_STORY}</div>", "headline 渡船停航了三天"),
    ("", "<div class='title_box'><h2>三把竹椅兩盞茶，理髮攤收攤了</h2><div><p>燈下說書人</p></div></div>", "headline 三把竹椅兩盞茶，理髮攤收攤了, outlet 燈下說書人"),
    (_LD.format(_NAMED), _STORY, "headline 渡船停航了三天, author 許一帆"),
    (_LD.format('{"@type": "Organization", "name": "鷗島時報"}'), _STORY, "author none"),
    ('<meta name="author" content="雲網校園林小滿">', f"<h1>渡船停航了三天</h1>{_STORY}<p>責任編輯：林小滿</p>", "author none, editor 林小滿"),
    ('<meta name="author" content="國際新聞中心">', f"<h1>渡船停航了三天</h1>{_STORY}", "author none"),
    ("", f"<h1>渡船停航了三天</h1>{_STORY}<p>碼頭照常開放。（林小滿／鷗島報導）霧天行船，安全第一。</p>", "author 林小滿, lacks 報導）"),
    ("", f'<h1>渡船停航了三天</h1><div class="author">林小滿 2024-05-06 09:15</div>{_STORY}', "author 林小滿, published 2024-05-06T09:15"),
    ("", f"<h1>渡船停航了三天</h1><p>社會中心／綜合報導</p>{_STORY}", "author none, lacks 社會中心"),
    ("", f"<h1>渡船停航了三天</h1>{_STORY}<p>快來看看！！！编辑|林小满责编|周远<br>校对|许一帆</p>", "editor 林小满, editor 周远, lacks 校对"),
    ("", "<h1>港町の貸本屋、帳簿を寄贈</h1><p>港町で百年続いた貸本屋が閉店し、帳簿を図書館に寄贈した。</p><p>帳簿は来春から公開される予定で、三月に説明会が開かれる。</p><p>（森下一郎）</p>", "author 森下一郎"),
    ("", f"<h1>渡船停航了三天</h1>{_STORY}<script>var createTime = '2025-11-05 18:30'; var ct = '1762338600';</script>", "published 2025-11-05T18:30"),
    ("", f'<h1>渡船停航了三天</h1>{_STORY}<script>window.ct = "1762338600" * 1;</script>', "published 2025-11-05T18:30"),
    ("", f"<h1>渡船停航了三天</h1>{_STORY}<script>a={{pubTime:'2025-11-05'}};b={{pubTime:'2024-01-02'}}</script>", "published none"),
]  # fmt: skip


_BESIDE = frozenset({Field.STAFF, Field.SIGNATURE})


@pytest.mark.parametrize(("line", "wanted"), UNLABELLED)
def test_a_name_beside_a_date_is_a_persons_or_is_not(line: str, wanted: str) -> None:
    meta = parse(line)
    assert meta
    assert {f"{value.field.value} {value.text}" for value in meta.values if value.field not in _BESIDE} == {
        each for each in wanted.split(", ") if not each.startswith("staff")
    }


@pytest.mark.parametrize(("headline", "head", "names", "doubts"), SIGNED)
def test_a_story_is_its_authors_or_it_is_said_that_it_may_be(
    headline: str, head: str, names: tuple[str, ...], doubts: int
) -> None:
    story = {
        "渡": "渡口的渡船停航了三天，街坊只好繞路過橋。",
        "나": "나루터의 배가 사흘 동안 멈춰 주민들이 다리를 건넜다.",
    }
    body = f"{headline}。" if "の" in headline else story[headline[0]]
    found: list[Diagnostic] = []
    copy = readers.read("page.txt", f"{headline}\n{head}\n\n{body}\n".encode(), (), "utf-8", found.append)
    assert isinstance(copy, Copy)
    article = desk.edit(copy, found.append)
    assert tuple(credit.name for credit in article.credits) == names
    assert [each.code for each in found].count(Code.BYLINE_DOUBTFUL) == doubts
    assert not article.source.outlet


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_a_line_says_what_it_says(line: str, wanted: str) -> None:
    meta = parse(line)
    said = [f"{value.field.value} {value.text}" for value in meta.values] if meta else []
    assert set(filter(None, wanted.split(", "))) <= set(said)
    assert bool(meta) == bool(wanted)


@pytest.mark.parametrize(("text", "iso"), DATES.items())
def test_a_date_is_found_where_it_is_one(text: str, iso: str) -> None:
    assert [moment.iso for moment in find_dates(text)] == ([iso] if iso else [])


@pytest.mark.parametrize(("text", "names"), PEOPLE.items())
def test_people_are_named_without_titles_and_posts(text: str, names: tuple[str, ...]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(("head", "body", "wanted"), PAGES)
def test_a_page_says_what_it_says(head: str, body: str, wanted: str) -> None:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    copy = readers.read("page.html", page.encode(), (), "utf-8", lambda _finding: None)
    assert isinstance(copy, Copy)
    article = desk.edit(repairs.repair(copy, lambda _finding: None), lambda _finding: None)
    for each in wanted.split(", "):
        field, _, value = each.partition(" ")
        if field == "lacks":
            assert value not in "".join(map(plain, texts(article)))
        else:
            assert value in (_values(article, field) or ["none"])


@pytest.mark.parametrize(
    ("head", "foot", "url"),
    [
        ("https://ferry.example/20240511/1.html", "", "https://ferry.example/20240511/1.html"),
        ("網址：https://ferry.example/2024/05/11/1.html", "", "https://ferry.example/2024/05/11/1.html"),
        ("（https://ferry.example/1.html）", "", "https://ferry.example/1.html"),
        ("", "原文網址：https://ferry.example/20240511/1.html", "https://ferry.example/20240511/1.html"),
        ("", "元記事：https://ferry.example/1", "https://ferry.example/1"),
        ("來源：街報 https://ferry.example/20240511/1.html", "", "https://ferry.example/20240511/1.html"),
        ("", "官網：https://ferry.example/shop", ""),
    ],
)
def test_a_text_says_where_it_was_published(head: str, foot: str, url: str) -> None:
    story = "渡口的渡船停航了三天，街坊只好繞路過橋。\n\n船公司說，機件已經換好，星期六早上復航。"
    page = f"渡船停航了三天\n渡口報　2024-05-10\n{head}\n\n{story}\n\n{foot}\n"
    copy = readers.read("page.txt", page.encode(), (), "utf-8", lambda _finding: None)
    assert isinstance(copy, Copy)
    article = desk.edit(repairs.repair(copy, lambda _finding: None), lambda _finding: None)
    assert (article.source.url, article.published) == (url, "2024-05-10")
    assert ("http" in "".join(map(plain, texts(article)))) == (not url)


def _values(article: Article, field: str) -> list[str]:
    told = {"headline": article.headline, "published": article.published, "outlet": article.source.outlet}
    people_ = [credit.name for credit in article.credits if credit.role.value == field]
    return list(filter(None, [told[field]])) if field in told else people_


SIGNATURES = [
    ("（記者林小滿／雲溪報導）", "記者林小滿／雲溪報導", "", ("林小滿",)),
    ("【記者林小滿、周遠／雲溪、高雄連線報導】", "記者林小滿、周遠／雲溪、高雄連線報導", "", ("林小滿", "周遠")),
    ("渡口報／記者林小滿／高雄報導", "記者林小滿／高雄報導", "渡口報", ("林小滿",)),
    ("2024-07-05 10:00 記者林小滿／高雄報導", "記者林小滿／高雄報導", "", ("林小滿",)),
    ("記者林小滿／高雄報導\n\n文／周遠", "記者林小滿／高雄報導 周遠", "", ("林小滿", "周遠")),
    ("社會中心／綜合報導\n\n文／周遠", "社會中心／綜合報導 周遠", "", ("周遠",)),
    ("文／周遠\n\n社會中心／綜合報導", "周遠 社會中心／綜合報導", "", ("周遠",)),
    ("【本報訊】", "本報訊", "", ()),
    ("2024-07-05 本刊訊", "本刊訊", "", ()),
    ("本社綜合報導", "本社綜合報導", "", ()),
    ("來源：本報", "", "", ()),
    ("2024-07-05 本報", "", "", ()),
]


@pytest.mark.parametrize(("line", "byline", "outlet", "names"), SIGNATURES)
def test_nothing_of_a_signature_is_lost_and_this_paper_is_no_name(
    line: str, byline: str, outlet: str, names: tuple[str, ...]
) -> None:
    page = f"渡口的早市開張了\n\n{line}\n\n對岸的攤商聯名半年，終於等到第一班船在清晨六點十分開船。\n船來回十二分鐘。\n"
    copy = readers.read("page.txt", page.encode(), (), "utf-8", lambda _: None)
    assert isinstance(copy, Copy)
    article = desk.edit(copy, lambda _: None)
    assert (article.byline, article.source.outlet) == (byline, outlet)
    assert tuple(credit.name for credit in article.credits) == names
    assert article.deck == ""
    assert ("本報" in line and not byline) == ("本報" in "".join(each.text for each in article.source.omissions))
