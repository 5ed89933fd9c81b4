"""What a site has put among the words of a story is cut out with a warning; the story's own words stay."""

import re

import pytest
from msgspec.structs import replace

from newsbook import desk, readers
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy, Mark, Paragraph
from newsbook.model.walk import plain

BEFORE = "七十三歲的祝南枝守了水車二十六年。"
AFTER = "她說：“木葉泡過三遍桐油。”"
PAGE = "柳灣老水車又轉了\n2023-04-03 09:12 雲嶺晚報\n\n　　鎮上的孩子圍著看了。\n\n　　{}\n\n　　修車花了五個月。\n"


def edited(text: str, name: str = "page.txt") -> tuple[Article, list[Diagnostic]]:
    found: list[Diagnostic] = []
    copy = readers.read(name, text.encode(), (), "", found.append)
    assert isinstance(copy, Copy)
    return desk.edit(copy, found.append), found


def paragraphs(article: Article) -> list[str]:
    return [plain(block.text) for block in article.body if isinstance(block, Paragraph)]


ADVERTS = re.findall(
    r"\S[^\n]*",
    """欢迎关注柳湾发布微信公众号（liuwanfb）。
    【更多新闻请扫码下载“云岭新闻”客户端】
    更多新聞請追蹤白鷺新聞網粉絲專頁。
    加入《白鷺時報》LINE好友，新聞不漏接！
    看更多白鷺洲新聞，請下載鷺新聞APP。
    （點我加入白鷺新聞LINE官方帳號）
    快來追蹤我們的IG，精彩新聞不漏接。
    喜歡本文嗎？歡迎按讚分享，並追蹤白鷺週刊粉絲團。
    觀看更多影片，請訂閱白鷺新聞YouTube頻道！
    本文首发于柳湾在线公众号，欢迎关注。
    搜索微信公众号“柳湾在线”，获取更多资讯。
    最新ニュースは柳浜新聞アプリで。
    続きは公式LINEを友だち追加してください。
    더 많은 소식은 버들일보 앱에서 확인하세요.
    카카오톡에서 버들일보 채널을 추가해 주세요.
    用微信扫描二维码，关注柳湾日报。
    想了解更多？请加微信liuwan77。
    手机用户请访问m.liuwan77.example阅读。
    【www.liuwan77.example】""",
)
TOLD = re.findall(
    r"\S[^\n]*",
    """市民可關注「白鷺公車」微信公眾號查詢。
    請下載「渡口通」APP完成登記。
    民眾可加入縣府LINE官方帳號掌握最新訊息。
    更多人關注這條河。
    他在臉書寫道，歡迎大家關注他的頻道。
    更多資訊可上縣府網站查詢。
    報名者請登入www.liuwan.gov.example填寫表格。
    網址為www.liuwan.gov.example，歡迎查詢。
    柳灣在線（www.liuwan.example）去年上線。
    鎮公所呼籲民眾請勿分享不實訊息。
    請關注天氣變化，注意防範。
    公司表示，將推出更多精彩內容。
    這款APP推出後，更多店家要求下載。
    環保局請民眾下載環境即時通APP，隨時掌握空品資訊。
    更多活動資訊請上觀光局網站。
    在分享中我們看到微博、微信等客戶端都有漏洞。
    他關注公眾號三年，從沒留過言。
    他說要返回柳灣鎮。
    유튜브 채널을 구독해 달라고 했다.
    アプリのダウンロードは百万回に上った。""",
)


@pytest.mark.parametrize(
    "advert",
    ADVERTS,
)
def test_an_advertisement_is_cut_out_of_a_paragraph_and_told(advert: str) -> None:
    article, found = edited(PAGE.format(f"{BEFORE}{advert} {AFTER}"))
    assert "".join(paragraphs(article)[1].split()) == BEFORE + AFTER
    warned = [finding for finding in found if finding.code is Code.WORDS_LEFT_OUT]
    assert warned
    assert {finding.where.line for finding in warned} == {6}
    assert "".join(omission.text for omission in article.source.omissions) == advert
    alone, _ = edited(PAGE.format(advert))
    assert len(paragraphs(alone)) == 2


@pytest.mark.parametrize(
    "told",
    TOLD,
)
def test_a_story_about_apps_and_addresses_is_whole(told: str) -> None:
    article, found = edited(PAGE.format(f"{BEFORE}{told} {AFTER}"))
    assert paragraphs(article)[1] == f"{BEFORE}{told} {AFTER}"
    assert [finding for finding in found if finding.code is Code.WORDS_LEFT_OUT] == []


@pytest.mark.parametrize(
    "tail",
    ["返回柳湾网首页>>", "（看全文）", "更多>>", "トップへ戻る", "[返回列表]", ">>>查看专题"],
)
def test_a_way_out_at_the_end_of_a_paragraph_is_cut_off(tail: str) -> None:
    article, _ = edited(f"<h1>柳湾老水车又转了</h1><p>{BEFORE}</p><p>{AFTER}<a href='/'>{tail}</a></p>", "page.html")
    assert paragraphs(article) == [BEFORE, AFTER]
    assert tail in [omission.text for omission in article.source.omissions]


def test_an_address_is_cut_out_of_a_word_and_marks_stay_in_place() -> None:
    body = "她说，木叶泡过www.liuwan77.example三遍<b>桐油</b>，再用二十年。"
    article, _ = edited(f"<h1>柳湾老水车又转了</h1><p>{BEFORE}</p><p>{body}</p>", "page.html")
    (strong,) = (span for span in article.body[1].text if span.marks)  # type: ignore[union-attr]
    assert (strong.text, strong.marks) == ("桐油", (Mark.STRONG,))
    assert paragraphs(article)[1] == "她说，木叶泡过三遍桐油，再用二十年。"


def test_what_a_person_keeps_of_a_paragraph_stays() -> None:
    page = PAGE.format(f"{BEFORE}更多新聞請追蹤白鷺新聞網粉絲專頁。{AFTER}")
    copy = readers.read("page.txt", page.encode(), (), "", lambda _: None)
    assert isinstance(copy, Copy)
    kept = desk.edit(copy, lambda _: None).source.omissions
    found: list[Diagnostic] = []
    article = desk.edit(replace(copy, kept=kept), found.append)
    assert paragraphs(article)[1] == page.split("\n")[5].strip("　")
    assert {finding.code for finding in found} & {Code.OVERRIDE_UNFIT, Code.WORDS_LEFT_OUT} == set()


LONG = "柳灣鎮的老水車上週重新轉了起來，鎮上的孩子圍著看了一整個下午，直到天黑才散。"


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([LONG, BEFORE, LONG], [LONG, BEFORE]),
        ([LONG, BEFORE, LONG, AFTER], [LONG, BEFORE, AFTER]),
        ([BEFORE + BEFORE + AFTER], [BEFORE + AFTER]),
        ([LONG + AFTER + LONG], [LONG + AFTER]),
        (["水車は二十六年間、村の南枝さんが守ってきた。水車は二十六年間、村の南枝さんが守ってきた。油を塗った。"],
         ["水車は二十六年間、村の南枝さんが守ってきた。油を塗った。"]),
        # What comes again on purpose: refrains, answers, what somebody cries.
        (["風從河上來。", BEFORE, "風從河上來。"], ["風從河上來。", BEFORE, "風從河上來。"]),
        ([BEFORE, *["風從河上來，吹過九十級石階和老碼頭的燈，又吹過山那邊的墟。", "船過去了，"] * 2],) * 2,
        (["他在等。他在等。他還在等。"], ["他在等。他在等。他還在等。"]),
        (["她喊：“船來了，快把燈點起來。船來了，快把燈點起來。”"],) * 2,
    ],
)  # fmt: skip
def test_what_was_doubled_by_mistake_is_taken_out_once(lines: list[str], left: list[str]) -> None:
    page = "柳灣老水車又轉了\n2023-04-03 09:12 雲嶺晚報\n\n"
    article, found = edited(page + "\n\n".join(f"　　{line}" for line in (*lines, "修車花了五個月。")))
    assert paragraphs(article) == [*left, "修車花了五個月。"]
    assert any(finding.code is Code.WORDS_LEFT_OUT for finding in found) == (lines != left)


@pytest.mark.parametrize(
    "line", ["延伸閱讀：渡口的早市", "（未經授權，不得轉載）", "掃描二維碼關注我們", "【延伸閱讀】渡口的早市"]
)
def test_whatever_stands_between_the_paragraphs_and_is_left_out_is_a_warning(line: str) -> None:
    _, found = edited(PAGE.format(line))
    assert [finding.where.line for finding in found if finding.code is Code.WORDS_LEFT_OUT] == [6]


@pytest.mark.parametrize("line", ["分享到：微信 微博", "◆◆", "列印 關閉"])
def test_buttons_between_the_paragraphs_are_no_warning(line: str) -> None:
    _, found = edited(PAGE.format(line))
    assert Code.WORDS_LEFT_OUT not in [finding.code for finding in found]
