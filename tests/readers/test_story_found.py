"""The story is found where a site's own words are longer than it, and wherever the page's tags leave it."""

from pathlib import Path

import pytest

from newsbook import desk, readers
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy, Crosshead, Figure, Paragraph
from newsbook.model.walk import plain

NOTICES = Path(__file__).with_name("notices.txt")
"""A line each: the language of the story beside it, and what a site says for itself, in our own words."""

SHORT = {
    "zh": ("山口鎮停電兩小時 住戶點起油燈", "山口鎮五日傍晚停電兩小時，住戶點起油燈吃飯，電力公司派人換了變壓器。"),
    "ja": ("山口町で二時間の停電", "山口町で五日夕方、二時間にわたって停電があり、住民は灯油ランプで夕食をとった。"),
    "ko": ("산마을 두 시간 정전", "산마을에서 5일 저녁 두 시간 동안 전기가 끊겨, 주민들은 등잔을 켜고 저녁을 먹었다."),
}


def article_of(page: str) -> tuple[Article, list[Diagnostic]]:
    found: list[Diagnostic] = []
    copy = readers.read("page.html", page.encode(), (), "", found.append)
    assert isinstance(copy, Copy)
    return desk.edit(copy, found.append), found


def paragraphs(article: Article) -> list[str]:
    return [plain(block.text) for block in article.body if isinstance(block, Paragraph)]


def captions(article: Article) -> list[str]:
    return [plain(block.caption) for block in article.body if isinstance(block, Figure) and block.caption]


def crossheads(article: Article) -> list[str]:
    return [plain(block.text) for block in article.body if isinstance(block, Crosshead)]


@pytest.mark.parametrize(
    ("language", "notice"),
    [line.split(" ", 1) for line in NOTICES.read_text("utf-8").splitlines()],
)
@pytest.mark.parametrize("order", ["above", "below"])
def test_a_short_story_is_found_beside_a_longer_notice(language: str, notice: str, order: str) -> None:
    headline, text = SHORT[language]
    story = f"<article><div><h1>{headline}</h1><div><div><p>{text}</p></div></div></div></article>"
    inner = f"{notice}<div>{story}</div>" if order == "above" else f"<div>{story}{notice}</div>"
    article, _ = article_of(f"<html><body><div>{inner}</div></body></html>")
    assert (article.headline, paragraphs(article)) == (headline, [text])


STORY = f"<h1>{SHORT['zh'][0]}</h1><p>{SHORT['zh'][1]}</p><p>鎮長說，油燈是祖母那一輩留下的，每年都會擦一次。</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>{0}</title></head><body><a href='/'>首頁</a></body></html>\n<div>{1}</div>",
        "<html><head><title>{0}</title></head><body><a href='/'>首頁</a></body></html><script>var a=1</script>{1}",
        "<html><head><title>{0}</title></head></html>{1}",
        "<html><head><title>{0}</title></head>{1}</html>",
        "<html><body></body></html><html><head><title>{0}</title></head><body>{1}</body></html>",
        "<title>{0}</title>{1}",
        "<html><head><title>{0}</title><div>{1}</div></head></html>",
        "<html><title>{0}</title><frameset></frameset>{1}</html>",
        "<html><title>{0}</title><body><a href='/'>首頁</a></body><center>{1}</center></html>\n<!-- end -->",
    ],
)
def test_a_story_is_found_wherever_the_tags_of_the_page_leave_it(page: str) -> None:
    article, _ = article_of(page.format(SHORT["zh"][0], STORY))
    assert article.headline == SHORT["zh"][0]
    assert len(paragraphs(article)) == 2


MESSAGE = (
    "<html><head><title></title><meta property='og:title' content='山口鎮的冬天'>"
    "<meta name='description' content='{0}'></head><body><div class='wx_follow_nickname'>山口街坊</div>"
    "<script>window.d = {{ {1} }};</script></body></html>"
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (r"'停電那晚很靜。\x0a\x0a油燈亮了，\x3cbr\x3e孩子睡了。'", ["停電那晚很靜。", "油燈亮了，", "孩子睡了。"]),
        (r'JsDecode("停電那晚很靜。\n油燈\x26amp;\u7206\u7af9")', ["停電那晚很靜。", "油燈&爆竹"]),
        (r"html_decode('\x26lt;p\x26gt;停電那晚，\'靜\'得很。\x26lt;/p\x26gt;')", ["停電那晚，'靜'得很。"]),
    ],
)
def test_a_message_of_text_is_read_from_its_script(content: str, told: list[str]) -> None:
    article, _ = article_of(MESSAGE.format("", f"text_page_info: {{ is_x: 1, content: {content}, }}, other: 2"))
    assert (article.headline, paragraphs(article)) == ("山口鎮的冬天", told)


def test_a_message_of_pictures_is_its_pictures_and_its_description() -> None:
    picture = "{{ cdn_url: '{0}', share_cover: {{ cdn_url: 'https://a.example/cover/{1}' }}, watermark: [ 1 ] }}"
    listed = ", ".join(picture.format(f"https://a.example/{n}.jpg?a=1\\x26amp;b=2", n) for n in range(3))
    article, _ = article_of(
        MESSAGE.format("停電那晚，鎮上很靜。", f"picture_page_info_list: [ {listed} ], cdn_url: 'x'")
    )
    assert paragraphs(article) == ["停電那晚，鎮上很靜。"]
    assert captions(article) == [f"第{n}张图片，共3张" for n in (1, 2, 3)]


STOPS = "風大時停駛。"
BRIEF = [
    ("page.md", "# 渡口停電\n\n今晚停電一小時。\n", 0),
    ("page.html", "<h1>渡口停電</h1><p>今晚停電一小時。</p>", 0),
    ("page.html", "<nav><a href=/>首頁</a></nav><h1>나루터</h1><p>아침 6시에 열린다.</p><footer><p>나루일보</p></footer>", 0),  # noqa: E501
    ("page.html", f"<h1>渡口早市</h1>{'<p>早市開張了。</p>' * 2}<p>{STOPS}</p><p>{STOPS}</p><p>地點：渡口碼頭</p>", 0),
    ("page.txt", f"渡口早市開張\n\n早市開張，攤商有二十家。\n冬天也開。\n來回十二分鐘。\n{STOPS}\n請告訴大家。\n渡口街坊會 啟\n", 0),  # noqa: E501
    ("page.html", "<h1>請稍候</h1><p>正在驗證您的瀏覽器。</p>", 1),
    ("page.html", "<h1>渡口早市</h1><p>本網站使用 Cookie。</p>", 1),
    ("page.html", "<h1>渡口早市</h1><p>渡口 早市 停電</p>", 1),
    ("page.html", "<p>今晚停電一小時。</p>", 1),
    ("page.txt", f"渡口早市開張\n\n早市開張，攤商有二十家。\n冬天也開。\n來回十二分鐘。\n{STOPS}\n請告訴大家。\n一起來逛早市\n", 1),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("name", "page", "doubts"), BRIEF)
def test_a_short_page_is_doubtful_only_where_it_may_be_none(name: str, page: str, doubts: int) -> None:
    found: list[Diagnostic] = []
    copy = readers.read(name, page.encode(), (), "", found.append)
    assert isinstance(copy, Copy)
    desk.edit(copy, found.append)
    assert [each.code for each in found].count(Code.STORY_DOUBTFUL) == doubts, found
