"""Laws: nothing of a story's paragraphs is lost, whatever markup stands in them."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from making import quiet
from newsbook import desk, readers, repairs
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Copy, Part
from newsbook.model.walk import plain, texts

PROSE = "　　渡口开市了，来的人很多，大家都说今年的鱼比去年的好。"
CLASSES = re.findall(
    r"\S+",
    """share ad ads related relate tag tags nav navbar author source keyword search hot rank recommend banner sponsor
    promo copyright comment reply login tool qrcode cookie vote feedback more-news read-more widget popup modal hide
    hidden blind
    invisible sr-only footer sidebar aside menu social sns date time info meta caption title subtitle credit""",
)
INLINE = re.findall(
    r"\S+",
    """a abbr acronym b bdi bdo big cite code data dfn del em font i ins kbd label mark nobr output s samp small span
    strike strong sub sup time tt u var x-word""",
)
WORDS = ("周大河", "和", "林小满", "在渡口", "的岸边", "说", "，", "Hana", "12", "“好”", "。", "了")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """Return words of a paragraph, and the same words with inline markup in any nesting."""
    tags, classes = st.sampled_from(INLINE), st.sampled_from(CLASSES)

    def wrapped(inner: tuple[str, str]) -> st.SearchStrategy[tuple[str, str]]:
        words, marked = inner
        links = st.sampled_from(
            ("", ' href="https://a.example/tag/1"', ' href="/search?q=1"', ' href="#"', ' id="share"')
        )
        return st.builds(
            lambda tag, name, more: (words, f'<{tag} class="{name}"{more}>{marked}</{tag}>'), tags, classes, links
        )

    def strung(parts: list[tuple[str, str]]) -> tuple[str, str]:
        return "".join(words for words, _ in parts), "".join(marked for _, marked in parts)

    leaf = st.sampled_from(WORDS).map(lambda word: (word, word))
    piece = st.recursive(
        leaf, lambda inner: st.lists(inner, min_size=1, max_size=3).map(strung).flatmap(wrapped), max_leaves=5
    )
    words, marked = strung(draw(st.lists(piece, min_size=1, max_size=6)))
    return f"昨天{words}晴。", f"昨天{marked}晴。"


def read(body: str, name: str = "page.html") -> Copy:
    whole = f"<!DOCTYPE html><html><head><title>渡口开市</title></head><body>{body}</body></html>"
    copy = readers.read(name, whole.encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    return copy


def story(inner: str) -> Copy:
    return read(f"<article><h1>渡口开市</h1><p>{PROSE}</p>{inner}<p>{PROSE}</p><p>{PROSE}</p></article>")


def paragraphs(copy: Copy) -> list[str]:
    return [line.text for line, markup in zip(copy.lines, copy.markup, strict=True) if markup.part is Part.PARAGRAPH]


@settings(max_examples=150)
@given(sentences())
@example(("昨天周大河晴。", '<a class="related" href="https://a.example/x">昨天周大河晴。</a>'))
def test_inline_markup_changes_no_text(sentence: tuple[str, str]) -> None:
    words, marked = sentence
    copy = story(f"<p>{marked}</p>")
    assert words in paragraphs(copy)
    article = desk.edit(repairs.repair(copy, quiet), quiet)
    assert words in {plain(text) for text in texts(article)}


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_on_a_word_of_a_crosshead_deletes_nothing(name: str) -> None:
    copy = story(f"<h3><a class='{name}'>渡口</a>的<span class='{name}'>早市</span></h3><p>{PROSE}</p>")
    assert "渡口的早市" in [line.text for line in copy.lines]


def test_what_is_called_chrome_on_a_line_of_its_own_is_left_out() -> None:
    copy = story('<p><span class="share">分享到</span> <a class="tag" href="/t">鱼市</a></p>')
    assert [omission.text for omission in copy.source.omissions] == ["分享到", "鱼市"]
    assert paragraphs(copy) == [PROSE] * 3


def test_what_the_page_itself_hides_was_never_read() -> None:
    copy = story('<p>昨天<span style="display: none">网站水印</span>周大河很忙。</p>')
    assert "昨天周大河很忙。" in paragraphs(copy)
    assert [omission.text for omission in copy.source.omissions] == ["网站水印"]


SWALLOWING = re.findall(
    r"\S+",
    """embed object video audio canvas svg math map button select noscript template iframe rp rt rb rtc textarea title
    plaintext xmp noembed noframes datalist dialog option details summary label progress picture slot applet param
    source amp-ad amp-embed x-word script style""",
)


@pytest.mark.parametrize("tag", SWALLOWING)
@pytest.mark.parametrize(
    "place", ["<p>今早{}周大河说。</p>", "{}<p>今早周大河说。</p>", "<div><p>今早周大河说。</p>{}</div>"]
)
def test_an_element_without_its_end_swallows_nothing(tag: str, place: str) -> None:
    copy = story(place.format(f"<{tag} class='x'>") + "<p>次日阿水说。</p>")
    text = "\n".join(line.text for line in copy.lines)
    words = ["今早", "次日阿水说。", PROSE]
    assert [word for word in words if word not in text] == []
    if tag not in {"script", "style"}:
        assert "周大河说。" in text
    assert text.count(PROSE) == 3
    assert "newsbook" not in text


@pytest.mark.parametrize(
    "tag", ["video", "object", "iframe", "noscript", "select", "svg", "template", "script", "canvas"]
)
def test_an_element_with_its_end_keeps_what_it_hides(tag: str) -> None:
    copy = story(f"<{tag}>隐藏的话。</{tag}><{tag}>又一句。</{tag}><p>次日阿水说。</p>")
    assert paragraphs(copy) == [PROSE, "次日阿水说。", PROSE, PROSE]


def test_the_first_of_two_films_without_its_end_does_not_reach_the_second() -> None:
    assert "次日阿水说。" in paragraphs(story("<iframe src=a><p>次日阿水说。</p><iframe src=b></iframe>"))
    assert "次日阿水说。" in paragraphs(story("<video src=a><p>次日阿水说。</p><video src=b></video>"))


def test_what_a_comment_without_an_end_hides_is_on_record() -> None:
    copy = read(f"<h1>渡口开市</h1><p>{PROSE}</p><p>今早</p><!-- 次日<b>阿水</b>说。")
    assert [omission.text for omission in copy.source.omissions] == ["次日 阿水 说。"]


def test_the_end_of_the_page_is_where_it_ends() -> None:
    copy = read(f"<div><h1>渡口开市</h1><p>{PROSE}</p></body></html><p>次日阿水说。</p><p>{PROSE}</p></div>")
    assert "次日阿水说。" in paragraphs(copy)


@pytest.mark.parametrize(
    "page",
    [
        "<title>渡口开市</title>{}",
        "<head><title>渡口开市</title>{}",
        "<head><title>渡口开市</title></head>{}",
        "<html><head><meta charset=utf-8><title>渡口开市</title><script>var a = 1</script>{}<p>再见。</p></html>",
        "<head><title>渡口开市</title><body></body></html>{}",
    ],
)
@pytest.mark.parametrize("tag", ["article", "main", "header", "section", "div", "x-story"])
def test_a_page_needs_no_body_of_its_own(page: str, tag: str) -> None:
    story = f"<{tag}><h1>渡口开市</h1><p>{PROSE}</p><p>渡船也开了。</p></{tag}>"
    copy = readers.read("page.html", page.format(story).encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    assert [line.text for line in copy.lines][:3] == ["渡口开市", PROSE, "渡船也开了。"]


def test_several_bases_and_brackets_left_open_in_a_ruby() -> None:
    copy = story(
        "<p>前<ruby>漢<rp>(<rt>かん<rp>)</ruby>和<ruby><rb>東</rb><rb>京</rb><rt>とう</rt><rt>きょう</rt></ruby>。</p>"
    )
    (line,) = (at for at, line in enumerate(copy.lines) if line.text == "前漢和東京。")
    assert [run.ruby for run in copy.markup[line].runs] == ["かん", "とう", "きょう"]


@pytest.mark.parametrize("depth", [10, 20, 60, 150])
@pytest.mark.parametrize("kind", ["list", "quotation"])
def test_nothing_is_too_deep_in_markdown(depth: int, kind: str) -> None:
    deep = (
        ["  " * level + f"- 第{level}层的话" for level in range(depth)]
        if kind == "list"
        else [">" * depth + " 深处的话"]
    )
    page = "\n".join(("# 渡口开市", "", PROSE.strip("　"), "", *deep, "", "次日阿水说。", ""))
    copy = readers.read("page.md", page.encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    text = "\n".join(line.text for line in copy.lines)
    words = [f"第{level}层的话" for level in range(depth)] if kind == "list" else ["深处的话"]
    assert [word for word in (*words, "次日阿水说。") if word not in text] == []


@pytest.mark.parametrize("depth", [100, 500, 1_000])
@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "b", "section"])
def test_nothing_is_too_deep_in_html(depth: int, tag: str) -> None:
    copy = story(f"<{tag}>" * depth + "今早周大河说。" + f"</{tag}>" * depth + "<p>次日阿水说。</p>")
    text = "\n".join(line.text for line in copy.lines)
    assert "今早周大河说。" in text
    assert "次日阿水说。" in text


def findings_of(copy: Copy) -> list[str]:
    """Return what is said of words that were left out, but for the paragraphs that these pages have several times."""
    found: list[Diagnostic] = []
    desk.edit(copy, found.append)
    left = (finding.message for finding in found if finding.code is Code.WORDS_LEFT_OUT)
    return [message for message in left if PROSE.strip()[:12] not in message]


@pytest.mark.parametrize(
    "block",
    [
        "<div class='ad'>周大河说，渡口停航三天。</div>",
        "<p style='display:none'>周大河说，渡口停航三天。</p>",
        "<aside class='related'><p>周大河说，渡口停航三天。</p></aside>",
        "<p>流量见<svg><text>渡口的流量。</text></svg>图。</p>",
    ],
)
def test_words_left_out(block: str) -> None:
    assert len(findings_of(story(block))) == 1


@pytest.mark.parametrize(
    "block", ["<div class='share'>分享到：微信 微博</div>", "<div class='ad'>广告</div>", "<p></p>"]
)
def test_furniture_between_paragraphs_is_no_warning(block: str) -> None:
    assert findings_of(story(block)) == []


def test_a_sentence_below_the_story_is_no_warning() -> None:
    assert (
        findings_of(read(f"<article><h1>渡口开市</h1>{f'<p>{PROSE}</p>' * 3}</article><aside>周大河说。</aside>")) == []
    )


@pytest.mark.parametrize("tag", ["bgsound", "embed", "keygen", "source", "track", "wbr"])
def test_an_element_without_content_holds_none_of_what_follows(tag: str) -> None:
    """Two paragraphs, or more elements than may stand in each other: in none of them does the rest of the page lie."""
    open_tag = f"<{tag} src='a>b' class=x>"
    told = "　　第二天风停了，船家把缆绳解开，载着一船的孩子到对岸去看戏。"
    page = read(f"<h1>渡口开市</h1><p>{PROSE}</p>{open_tag}<p>{told}</p>{open_tag * 3_000}<p>{PROSE[:20]}。</p>")
    said = "".join(line.text for line in page.lines)
    assert PROSE.strip("　") in said
    assert told.strip("　") in said
    assert PROSE[2:20] in said


PART = "周大河说，渡口停航三天，街坊们都绕道走石桥，要多走半个钟头。"


@pytest.mark.parametrize(
    ("form", "is_kept"),
    [
        (f"<form><p>{PART}</p></form>", True),
        (f"<form><input type=hidden name=__VIEWSTATE value=x><p>{PART}</p></form>", True),
        (f"<form><input name=q>{f'<p>{PART}</p>' * 3}<button>打印</button></form>", True),
        (f"<form><p>{PART}</p><textarea></textarea><button>发表</button></form>", False),
        ("<form><p>登录后可读全文，每月一元。</p><input type=password></form>", False),
        ("<form><select><option>渡口，东岸。</select></form>", False),
    ],
)
def test_a_form_is_the_storys_where_it_holds_paragraphs_and_asks_for_little(form: str, *, is_kept: bool) -> None:
    page = read(f"<article><h1>渡口开市</h1>{f'<p>{PROSE}</p>' * 3}{form}<p>{PROSE}</p></article>")
    said = "".join(line.text for line in page.lines)
    assert (PART in said) is is_kept
    assert "登录后" not in said
    assert "东岸" not in said
