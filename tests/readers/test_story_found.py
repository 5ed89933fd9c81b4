"""The story is found where a site's own words are longer than it, and wherever the page's tags leave it."""

import pytest

from making import quiet
from newsbook import desk, readers
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy, Crosshead, Figure, Paragraph
from newsbook.model.walk import plain

SHORT = {
    "zh": ("山口鎮停電兩小時 住戶點起油燈", "山口鎮五日傍晚停電兩小時，住戶點起油燈吃晚飯，電力公司派人上山換了一具變壓器。"),
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
    [
        ("zh", "<section><div><p>請文明留言，不得謾罵、造謠或洗版。</p><p>違反規範的留言將由管理員刪除，情節嚴重者停權。</p><p>請勿張貼廣告、個資，也請勿轉貼他人文章；會員帳號一律由本站審核。</p></div></section>"),
        ("zh", "<div><ol><li>同樣的話只說一次，重複的會被收走</li><li>罵人的話、謠言、別人的私事，看到就拿掉，不另外說明</li><li>要賣東西、招人、替自己的店拉客，請到別的地方去，違者停用三十天</li><li>這裡是談心得的地方，整篇文章和別站網址都別貼</li></ol></div>"),
        ("zh", "<div><div>我們使用 Cookie 為您提供更好的瀏覽體驗，並分析流量。繼續使用本站即表示您同意我們的隱私權政策、服務條款，以及 Cookie 的使用方式；您可隨時在瀏覽器的設定中變更。</div></div>"),
        ("zh", "<div><div>This site uses cookies. By continuing to browse, you agree to our privacy policy, our terms of service, and the use of cookies; you can change your settings at any time.</div></div>"),
        ("zh", "<div><p>Sorry, this article is not available in English. Would you like to read it with machine translation, or go back to the English front page?</p></div>"),
        ("ja", "<div><ul><li>コメントの投稿には会員登録とログインが必要です。</li><li>誹謗中傷、個人情報、広告を含むコメントは、予告なく削除することがあります。</li><li>同じ内容の連続した投稿はご遠慮ください。利用規約を守ってご利用ください。</li></ul></div>"),
        ("ja", "<div><p>当サイトではクッキーを使用しています。閲覧を続けると、プライバシーポリシーと利用規約に同意したものとみなします。ブラウザの設定でいつでも変更できます。</p></div>"),
        ("ko", "<div><p>욕설, 광고, 개인정보가 담긴 댓글은 운영원칙에 따라 예고 없이 삭제됩니다. 댓글을 쓰려면 로그인이 필요합니다. 약관을 지켜 주세요. 회원이 아니면 가입해 주세요.</p></div>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["above", "below"])
def test_a_short_story_is_found_beside_a_longer_notice(language: str, notice: str, order: str) -> None:
    headline, text = SHORT[language]
    story = f"<article><div><h1>{headline}</h1><div><div><p>{text}</p></div></div></div></article>"
    inner = f"{notice}<div>{story}</div>" if order == "above" else f"<div>{story}{notice}</div>"
    article, _ = article_of(f"<html><body><div>{inner}</div></body></html>")
    assert (article.headline, paragraphs(article)) == (headline, [text])


STORY = f"<h1>{SHORT['zh'][0]}</h1><p>{SHORT['zh'][1]}</p><p>鎮長說，油燈是祖母那一輩留下的，每年冬天都會拿出來擦一次。</p>"


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
