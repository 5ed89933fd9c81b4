"""A page that has not all of its story says so with its reason; one that is about such things, or has all, does not."""

from pathlib import Path

import pytest

from making import taken
from newsbook.diagnostics import Code, Diagnostic, InputError
from newsbook.inputs import Input
from newsbook.model import Article
from newsbook.model.walk import plain, texts

ZH = (
    "旧磨坊的水渠上周重新放水，村里的老人沿着渠岸走了一个来回，说水声和四十年前一样，孩子们在闸口放起了纸船。",
    "水务站的人说，渠底的淤泥清了三个月，闸门换成了铁的，秋收以前不会再断水，下游的两个村子也能用上。",
)
TW = (
    "舊磨坊的水圳上週重新放水，村裡的老人沿著圳岸走了一個來回，說水聲和四十年前一樣，孩子們在閘口放起了紙船。",
    "水利會的人說，圳底的淤泥清了三個月，閘門換成了鐵的，秋收以前不會再斷水，下游的兩個村子也能用上。",
)
JA = (
    "山あいの水車小屋の水路に先週、七年ぶりに水が戻った。村の古老は土手を歩き、水音は昔と変わらないと話した。",
    "水路の底にたまった泥を三か月かけてさらい、水門も鉄のものに替えたという。下流の二つの村にも水が届く。",
)
KO = (
    "산골 물방앗간의 수로에 지난주 다시 물이 흘렀다. 마을 어른들은 둑을 따라 걸으며 물소리가 예전과 같다고 말했다.",
    "수로 바닥의 진흙을 석 달 동안 걷어 내고 수문도 쇠로 바꾸었다고 한다. 아래쪽 두 마을에도 물이 닿는다.",
)


def page(paragraphs: tuple[str, ...], more: str = "", head: str = "", title: str = "磨坊水渠重新放水") -> bytes:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<div class=nav><a href=/login>登录</a> <a href=/sub>立即订阅</a></div>"
        f"<article><h1>{title}</h1><p>2023-03-05 08:10</p>{body}{more}</article></body></html>"
    ).encode()


def read(raw: bytes, tmp_path: Path, name: str = "page.html") -> tuple[tuple[Article, ...], list[Diagnostic]]:
    (tmp_path / name).write_bytes(raw)
    found: list[Diagnostic] = []
    stories = taken((Input(name, tmp_path / name),), report=found.append).stories
    return tuple(story.article for story in stories), found


def reasons(found: list[Diagnostic]) -> str:
    return " ".join(finding.message for finding in found if finding.code is Code.NOT_WHOLE)


LD = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s}</script>'
LACKING = {
    "paywall": [
        page(ZH[:1], "<p>本文为付费内容，剩余56%需购买后阅读</p><a>立即开通</a>"),
        page(ZH[:1], "<div class=vip><p>付费后即可阅读全文</p></div>"),
        page(TW[:1], "<div><p>本文限訂戶閱讀，訂閱後閱讀全文</p></div>"),
        page(TW[:1], "<p>閱讀完整內容請訂閱本刊</p>"),
        page(JA[:1], "<p>この記事は有料会員限定です。</p><p>残り 820文字</p>"),
        page(JA[:1], "<div>続きは有料プランでお読みいただけます。</div>"),
        page(KO[:1], "<p>이 기사는 유료 구독자 전용 콘텐츠입니다.</p>"),
        page(KO[:1], "<p>나머지 내용은 구독 후 보실 수 있습니다.</p>"),
        page(ZH[:1], head=LD % "false"),
        page(JA[:1], head=LD % '"False"'),
        page(TW[:1], head='<meta property="article:content_tier" content="locked">'),
        "\n".join(("磨坊水渠重新放水", "2023-03-05", *ZH, "【订阅后阅读全文】")).encode(),
        "\n".join(("水車小屋に水が戻る", "2023年3月5日", *JA, "この記事は有料記事です。残り512文字")).encode(),
    ],
    "registered members": [
        page(JA[:1], "<div class=regist>この記事は会員限定記事です。ログインすると続きをお読みいただけます。</div>"),
        page(JA[:1], "<p>続きをお読みいただくには無料会員登録が必要です。</p>"),
        page(KO[:1], "<p>로그인 후 기사 전문을 보실 수 있습니다.</p>"),
        page(KO[:1], "<p>회원가입하시면 계속 읽을 수 있습니다.</p>"),
    ],
    "further pages": [
        page(
            ZH[:1],
            '<div class=page><a href="1_2.html">2</a> <a href="1_3.html">3</a> <a href="1_2.html">下一页</a></div>',
        ),
        page(TW[:1], '<p><a href="?id=7&amp;page=2">下一頁</a></p>'),
        page(
            JA[:1],
            '<ul class=pagination><li>1</li><li><a href="/n/7?p=2">2</a></li><li><a href="/n/7?p=2">次へ</a></li></ul>',
        ),
        page(KO[:1], '<div class=paging><strong>1</strong><a href="/n/7/2">2</a><a href="/n/7/2">다음</a></div>'),
        page(ZH[:1], head='<link rel=next href="http://mofang.example/n/7_2.html">'),
        page(
            ZH[:1],
            "<div class=fenye>共3页 <a href='javascript:go(2)'>2</a> <a href='javascript:go(2)'>下一页</a></div>",
        ),
    ],
    "pictures": [page((), "<p><img src=1.jpg width=600></p><p><img src=2.jpg width=600></p>")],
    "scripts": [
        page((), "<p>加载中...</p>", title="磨坊"),
        page(("请启用JavaScript后浏览。",)),
    ],
    "a film or a sound": [
        page(ZH, "<video src=a.mp4></video>"),
        page(KO, "<iframe src='https://www.youtube.example/embed/1'></iframe>"),
        page(ZH, "<p>您的浏览器不支持播放该视频</p>"),
    ],
    "mid-sentence": [
        page((*ZH, "镇上的人说，放水那天来的人比赶集还多。卖茶的老许把摊子搬到了闸口，一天卖出去")),
        page((*JA, "放水の日には市の日より人が集まった。茶店の主人は水門のそばに店を出し、")),
    ],
}


@pytest.mark.parametrize(
    ("reason", "raw"),
    [(reason, raw) for reason, pages in LACKING.items() for raw in pages],
    ids=lambda value: str(value)[:24],
)
def test_a_page_without_all_of_its_story_says_why(reason: str, raw: bytes, tmp_path: Path) -> None:
    (article,), found = read(raw, tmp_path, "page.html" if raw.startswith(b"<") else "page.txt")
    assert reason in reasons(found)
    assert article.headline


WHOLE = [
    page(ZH),
    page(TW),
    page(JA),
    page(KO),
    page(ZH, head=LD % "true"),
    page(
        ZH,
        head='<link rel=next href="/2023/another-story.html"><link rel=prev href="/b.html">',
    ),
    page(ZH, "<p>上一篇：<a href=/1.html>渡口涨水</a> 下一篇：<a href=/2.html>浮桥通车</a></p>"),
    page((*ZH, "该报去年拆掉了付费墙，编辑说，订阅后阅读全文的读者反而多了一成。")),
    page((*TW, "他說，看到「該文章已被刪除」幾個字的時候，心裡一沉。")),
    page((*JA, "新聞社は先月、会員限定の記事を誰でも読めるようにした。登録する人はむしろ増えたという。")),
    page((*KO, "신문사는 지난달 유료 기사를 모두 풀었다. 구독자는 오히려 늘었다고 한다.")),
    page((*ZH, "网站改版以后，许多旧新闻打开都是“404”，镇上的图书馆把它们一篇一篇抄了下来。"), title="网页不存在以后"),
    page(
        (*KO, "삭제된 기사를 모으는 사람들이 있다. 그들은 사라진 페이지를 찾아 인쇄해 둔다."),
        title="사라진 기사를 찾아서",
    ),
    page((*ZH, "地址：磨坊镇水渠路12号")),
    page((*ZH, "记者 许青梧")),
    page(
        ZH,
        "<div class=comments><p>好文！</p><p class=page><a href='?p=2'>2</a><a href='?p=2'>下一页</a></p></div>",
    ),
    page(
        ZH,
        "<div class=paid>" + ZH[0] + TW[0] + "</div>",
        head='<script type="application/ld+json">{"isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":false,'
        '"cssSelector":".paid"}}</script>',
    ),
]


@pytest.mark.parametrize("raw", WHOLE, ids=range(len(WHOLE)))
def test_a_whole_story_says_nothing_of_the_kind(raw: bytes, tmp_path: Path) -> None:
    _, found = read(raw, tmp_path)
    assert reasons(found) == ""


NOTICES = [
    page((), "<h2>该文章已被删除</h2><p>返回首页</p>", title=""),
    page(("该内容已被发布者删除", "如有疑问请联系平台客服。"), title="提示"),
    page(("您訪問的網頁不存在或已被刪除，5秒後自動跳轉到首頁。",), title="404 Not Found"),
    page(("找不到您要的網頁",), title="錯誤"),
    page(
        ("お探しの記事は削除されたか、掲載期間が終了しました。", "URLをご確認ください。"),
        title="ページが見つかりません",
    ),
    page(("この記事は公開を終了しました。",), title="お知らせ"),
    page(("요청하신 기사가 삭제되었거나 존재하지 않습니다.", "메인으로 이동"), title="알림"),
    page(("삭제된 기사입니다.",), title="나루신문"),
    page(("The requested page could not be found.",), title="404"),
    "該文章已被刪除\n".encode(),
    "记录\n此内容因违规无法查看\n".encode(),
]


@pytest.mark.parametrize("raw", NOTICES, ids=range(len(NOTICES)))
def test_a_notice_in_the_place_of_a_story_is_no_article(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="removed or is missing"):
        read(raw, tmp_path, "page.html" if raw.startswith(b"<") else "page.txt")


def test_a_notice_among_other_inputs_is_a_problem_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(ZH))
    (tmp_path / "b.html").write_bytes(NOTICES[0])
    found: list[Diagnostic] = []
    assert len(taken((tmp_path,), report=found.append).stories) == 1
    assert [finding.where.source for finding in found if finding.code is Code.ARTICLE_UNUSABLE] == ["b.html"]


def test_what_a_page_says_instead_of_the_rest_is_no_text(tmp_path: Path) -> None:
    (article,), _ = read(
        page(ZH[:1], "<p>剩余70%的内容需订阅后阅读</p><div>立即订阅，首月6元 <a>登录</a></div>"), tmp_path
    )
    assert [plain(text) for text in texts(article)] == [ZH[0]]
    assert {omission.kind for omission in article.source.omissions} >= {"teaser"}
