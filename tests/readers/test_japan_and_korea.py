"""Pages after the markup of Japanese and Korean sites, in our own words: stories, fields and captions."""

import pytest

from newsbook import desk, readers, repairs
from newsbook.model import Article, Copy, Figure, Paragraph, Role
from newsbook.model.walk import plain

JA = (
    "渡し場の朝の市が五日、川辺町で開かれた。十年ぶりの再開で、町の人が朝早くから列を作った。",
    "市を開いた林さんは「川の水が戻り、魚も戻った」と話す。次の市は来月の五日に開かれる。",
    "町は市を続けるため、船着き場を直す費用を来年度の予算に入れる方針だ。工事は秋に終わる。",
)
KO = (
    "나루터 아침 장이 5일 강변읍에서 열렸다. 10년 만에 다시 열린 장에 새벽부터 주민이 줄을 섰다.",
    '장을 연 임모 씨는 "강물이 돌아오고 물고기도 돌아왔다"고 말했다. 다음 장은 다음 달 5일에 선다.',
    "읍은 장을 이어 가려고 선착장을 고치는 비용을 내년 예산에 넣기로 했다. 공사는 가을에 끝난다.",
)


def article_of(html: str) -> Article:
    copy = readers.read("a.html", html.encode(), (), "", lambda _: None)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, lambda _: None), lambda _: None)


def body(article: Article) -> list[str]:
    return [plain(block.text).strip() for block in article.body if isinstance(block, Paragraph)]


def captions(article: Article) -> list[str]:
    return [f"{plain(block.caption)}{block.credit}" for block in article.body if isinstance(block, Figure)]


def authors(article: Article) -> list[str]:
    return [credit.name for credit in article.credits if credit.role is Role.AUTHOR]


def page(main: str, *, title: str = "나루터 장이 다시 열렸다", head: str = "", lang: str = "ko") -> str:
    return f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>{main}</body></html>'


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "name", ["detail-body font-size", "article highLightSearchTarget", "txt sns", "view_keyword tags"]
)
def test_a_body_that_is_called_after_its_tools_is_read(name: str) -> None:
    """A copy of it for mail is hidden below, so that neither holds most of the page's prose."""
    copy = f'<div class="hide"><div>{paragraphs(KO)}</div></div>'
    html = page(f'<h1>나루터 장이 다시 열렸다</h1><div class="{name}">{"<br>".join(KO)}</div>{copy}')
    assert body(article_of(html)) == list(KO)


@pytest.mark.parametrize("name", ["search", "font-size", "sns_share", "tags"])
def test_tools_are_left_out(name: str) -> None:
    tool = f'<div class="{name}">글자크기 가 가 가 공유하기</div>'
    html = page(f"<h1>나루터 장이 다시 열렸다</h1><div class=view>{tool}{paragraphs(KO)}{tool}</div>")
    assert body(article_of(html)) == list(KO)


def test_the_banner_of_a_portal_is_no_headline_though_the_title_ends_in_it() -> None:
    head = '<meta property="og:site_name" content="渡し場ポータル">'
    html = page(
        f"<header><h1>渡し場ポータル</h1></header><article><h1>朝の市が再開</h1>{paragraphs(JA)}</article>",
        title="朝の市が再開（川辺新報） - 渡し場ポータル", head=head, lang="ja",
    )  # fmt: skip
    assert article_of(html).headline == "朝の市が再開"


def test_the_words_in_a_link_to_the_larger_picture_are_its_caption() -> None:
    picture = '<a href="/articles/1/images/0"><div class="x9"><img src="a.jpg"></div><p>{}</p></a>'
    html = page(
        f"<h1>朝の市が再開</h1><div>{picture.format('朝の市＝五日、川辺町')}{paragraphs(JA)}</div>"
        f'<a href="/articles/2"><img src="b.jpg"><p>川の魚が増えた</p></a>',
        title="朝の市が再開", lang="ja",
    )  # fmt: skip
    article = article_of(html)
    assert captions(article) == ["朝の市＝五日、川辺町"]
    assert body(article) == list(JA)


@pytest.mark.parametrize(
    ("notice", "outlet"),
    [
        ("Copyright © 나루일보. 무단전재 및 재배포 금지.", "나루일보"),
        ("Copyrights ⓒ 강변TV. 무단전재 및 재배포 금지 제보하기", "강변TV"),
        ("저작권자 © 물길 무단전재 및 재배포 금지", "물길"),
        ("&lt;저작권자(c) 나루통신, 무단 전재-재배포, AI 학습 및 활용 금지&gt;", "나루통신"),
        ("[ⓒ 강변경제 &amp; gang.example, 무단 전재 및 재배포 금지]", "강변경제"),
        ("Copyright Ⓒ 2024 (주)물길신문. All rights reserved. 무단 전재 금지", "물길신문"),
        ("사진을 무단으로 쓰는 일이 잦다고 그는 말했다.", ""),
        ("ⓒ 강을 보는 눈, 물을 보는 창 무단전재 금지", ""),
    ],
)
def test_a_korean_copyright_line_says_whose_story_it_is_where_the_head_does_not(notice: str, outlet: str) -> None:
    html = page(f"<h1>나루터 장이 다시 열렸다</h1><div>{paragraphs(KO)}</div><p>{notice}</p>")
    assert article_of(html).source.outlet == outlet


def test_a_portal_shows_the_story_of_the_paper_that_its_copyright_line_names() -> None:
    head = '<meta property="og:site_name" content="모음 뷰"><meta property="og:article:author" content="물길 | 네이버">'
    html = page(
        f"<h1>나루터 장이 다시 열렸다</h1><div>{paragraphs(KO)}</div><p>Copyright © 물길. 무단전재 및 재배포 금지.</p>",
        head=head,
    )
    article = article_of(html)
    assert (article.source.outlet, authors(article)) == ("물길", [])


@pytest.mark.parametrize(
    ("head", "banner", "outlet"),
    [
        ('<meta value="渡し場メディア" name="og:site_name">', "", "渡し場メディア"),
        ("", '<div class="logo"><a href="/"><img src="l.svg" alt="川辺ウォッチ"></a></div>', "川辺ウォッチ"),
        ("", '<a id="site-logo" href="/">川辺ウォッチ</a>', "川辺ウォッチ"),
        ("", '<a class="logo" href="/"><img src="l.svg" alt="ホーム"></a>', ""),
    ],
)
def test_the_banner_names_the_outlet_where_nothing_else_does(head: str, banner: str, outlet: str) -> None:
    html = page(f"{banner}<h1>朝の市が再開</h1><div>{paragraphs(JA)}</div>", title="朝の市が再開", head=head, lang="ja")
    assert article_of(html).source.outlet == outlet


@pytest.mark.parametrize(
    ("figure", "caption", "credit"),
    [
        (
            "<p><span>圖像來源，</span><i>渡口社區</i></p><figcaption><span>圖像加註文字，</span>渡口的早市</figcaption>",
            "渡口的早市", "渡口社區",
        ),
        ("<p>画像提供, 渡し場町</p><figcaption><span>画像説明, </span>朝の市</figcaption>", "朝の市", "渡し場町"),
        ("<figcaption>사진 출처, 나루읍</figcaption>", "", "나루읍"),
        ("<figcaption>동영상 설명, 아침 장</figcaption>", "아침 장", ""),
        ("<figcaption>朝の市、川辺町</figcaption><span>この記事の画像を見る(2枚)</span>", "朝の市、川辺町", ""),
        ("<p class=expand><a href=/img/2>写真拡大 (全2枚)</a></p>", "", ""),
        ("<figcaption>아침 장에 모인 주민들</figcaption><em>사진 크게보기</em>", "아침 장에 모인 주민들", ""),
        ("<figcaption>古い写真を見る林さん</figcaption>", "古い写真を見る林さん", ""),
    ],
)  # fmt: skip
def test_a_figure_says_what_it_shows_and_nothing_of_its_site(figure: str, caption: str, credit: str) -> None:
    html = page(
        f'<h1>나루터 장이 다시 열렸다</h1><div><figure><img src="a.jpg">{figure}</figure>{paragraphs(KO)}</div>'
    )
    (shown,) = [block for block in article_of(html).body if isinstance(block, Figure)] or [Figure(())]
    assert (plain(shown.caption), shown.credit) == (caption, credit)


@pytest.mark.parametrize("holder", ["articlePhotoC", "newsImg", "view_photo_center", "article-photo-wrap"])
def test_holders_of_pictures_are_known_by_korean_names(holder: str) -> None:
    figure = f'<div class="{holder}"><img src="a.jpg" width="300"><span class="t">임모 대표</span></div>'
    html = page(f"<h1>나루터 장이 다시 열렸다</h1><div>{figure}{'<br><br>'.join(KO)}</div>")
    article = article_of(html)
    assert (captions(article), body(article)) == (["임모 대표"], list(KO))


def test_who_speaks_in_a_report_is_neither_caption_nor_crosshead() -> None:
    turns = ("▶ 인터뷰 : 임모 / 나루읍 주민", '- "장이 서니 좋습니다."', "▶ 스탠딩 : 홍길동 / 기자")
    told = (KO[0], *turns[:2], KO[1], turns[2], KO[2])
    article = article_of(page(f"<h1>나루터 장이 다시 열렸다</h1><div>{'<br><br>'.join(told)}</div>"))
    assert body(article) == list(told)


def test_what_only_those_hear_who_do_not_see_is_left_out() -> None:
    embed = (
        '<div><a href="#end-of-post" class=f>跳過 Instagram 帖子</a><div id="consentBanner-a1"><p>此文含有外來內容，'
        "請點擊接受。</p></div><small>告知: 渡口報不對外部網站的內容負責</small><p id=end-of-post>帖子結尾</p></div>"
    )
    text = (
        "渡口的早市五日重開，天沒亮就有人來排隊。",
        "開市的林先生說，河水回來了，魚也回來了。",
        "鎮裡打算明年整修碼頭，秋天完工。",
    )
    html = page(
        f"<h1>渡口早市重開</h1><main>{paragraphs(text[:1])}{embed}{paragraphs(text[1:])}</main>",
        title="渡口早市重開",
        lang="zh",
    )
    assert body(article_of(html)) == list(text)


JA_PAGE = '<h1>朝の市が再開</h1><div class="meta"><time>2024年5月6日 8時30分</time>{}</div><div class="body">{}</div>{}'


def japanese(head: str = "", text: str = "", foot: str = "") -> Article:
    html = JA_PAGE.format(head, text or paragraphs(JA), foot)
    return article_of(page(html, title="朝の市が再開 | 川辺新報", lang="ja"))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<p class="author">森下一郎</p>', ["森下一郎"]),
        ('<p class="article_Credit__20x"><svg></svg><span>森下 一郎</span></p>', ["森下一郎"]),
        ('<a class="author-link">森下一郎</a><a class="author-link">木曽路まゆみ</a>', ["森下一郎", "木曽路まゆみ"]),
        ("<p>著者：木曽路まゆみ</p>", ["木曽路まゆみ"]),
        ("<p>取材・文＝森下一郎</p>", ["森下一郎"]),
        ("<p>文／森下一郎（フリーライター）</p>", ["森下一郎"]),
        ("<p>執筆者：</p><p class=writer>森下一郎</p><p>翻訳者</p><p class=writer>木曽路まゆみ</p>", ["森下一郎"]),
        ('<p class="author">川辺新報</p>', []),
        ("<p>文化・生活</p>", []),
        ("<p>読了時間 3分</p>", []),
        ('<i class="material-icons">create</i>', []),
    ],
)
def test_a_japanese_page_names_its_author_above_the_story(line: str, names: list[str]) -> None:
    article = japanese(line)
    assert (authors(article), body(article)) == (names, list(JA))


@pytest.mark.parametrize(
    ("signed", "names"),
    [
        ("【ナイル森下一郎、カイロ木曽路まゆみ】", ["森下一郎", "木曽路まゆみ"]),
        ("【森下一郎】", ["森下一郎"]),
        ("（大阪本社・森下一郎）", ["森下一郎"]),
        ("（ナイル＝森下一郎）", ["森下一郎"]),
        ("（聞き手・構成　森下一郎、写真も）", ["森下一郎"]),
        ("（森下一郎）", ["森下一郎"]),
        ("（敬称略）", []),
        ("（島田さん）", []),
        ("（渡し場大学）", []),
        ("（共同）", []),
        ("【関連記事】", []),
    ],
)
def test_who_signed_a_japanese_story_at_its_end_is_its_author_and_stays_there(signed: str, names: list[str]) -> None:
    told = (*JA[:2], f"{JA[2]}{signed}")
    article = japanese(text=paragraphs(told))
    assert (authors(article), body(article)) == (names, list(told))


def test_who_is_named_above_is_the_author_whoever_signed_below() -> None:
    assert authors(
        japanese('<p class="author">木曽路まゆみ</p>', f"{paragraphs(JA)}<p>水は澄んだ。（森下一郎）</p>")
    ) == ["木曽路まゆみ"]


@pytest.mark.parametrize(("headline", "names"), [("川べりの風＝森下一郎", ["森下一郎"]), ("市が再開＝川辺町", [])])
def test_a_column_is_signed_behind_its_title(headline: str, names: list[str]) -> None:
    article = article_of(page(f"<h1>{headline}</h1><div>{paragraphs(JA)}</div>", title=headline, lang="ja"))
    assert (article.headline, authors(article)) == (headline, names)


def test_what_stands_below_the_lists_of_other_stories_says_nothing_of_this_one() -> None:
    others = "<p>アクセスランキング（国内）</p><p>川の魚が増えた</p><p>渡し場放送 10/12(火) 19:31</p>"
    article = japanese(foot=f"<section>{others}</section>")
    assert (article.source.outlet, article.published) == ("川辺新報", "2024-05-06T08:30")


@pytest.mark.parametrize(
    "contents",
    [
        '<div class="ez-toc"><ul><li><a href="#a">市の朝</a></li><li><a href="#b">川の水</a></li></ul></div>',
        '<p>目次</p><ol><li><a href="#a">市の朝</a></li><li><a href="#b">川の水</a></li></ol>',
    ],
)
def test_a_table_of_contents_is_no_list_of_the_story(contents: str) -> None:
    text = f"<p>{JA[0]}</p>{contents}<h2 id=a>市の朝</h2><p>{JA[1]}</p><h2 id=b>川の水</h2><p>{JA[2]}</p>"
    article = japanese(text=text)
    assert [type(block).__name__ for block in article.body] == [
        "Paragraph",
        "Crosshead",
        "Paragraph",
        "Crosshead",
        "Paragraph",
    ]


def test_a_sentence_that_asks_its_reader_is_no_crosshead() -> None:
    text = paragraphs((JA[0], "値段もお手頃ですので、ぜひ使ってみてください！", JA[1], "市が開きました", JA[2]))
    assert len(body(japanese(text=text))) == 5
