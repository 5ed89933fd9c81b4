"""Laws: what was read stands in the article or is on record as left out, whichever reader it came through.

A page is a headline, lines of a story, and lines such as stand around one; each has words of its own. A letter that
stands in neither is lost. Only labels of fields may go, and the words around a date.
"""

import html
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, to_builtins

from making import epub_of, quiet
from newsbook import desk, readers, repairs
from newsbook.model import Article, Copy, Issue
from newsbook.model.walk import labels, plain, texts

SENTENCES = (
    "渡口的老街上周修好了，走的人比往年多了三成。",
    "“船不能停。”守渡人说，“停了就没有人会撑了。”",
    "水位退到二点四米，石阶露出了七级。",
    "关注天气的人都往江边走，分享了许多照片。",
    "她在文章里写到，责任编辑的名字印错了两回。",
    "网址 www.dukou.example 上还能查到当年的船票。",
    "点击数一夜之间过了十万，没有人知道为什么。",
    "（一）修堤；（二）清淤；（三）种树。",
    "今年9月12日，第一班船在早上六点开出。",
    "Liuwan Ferry 于1936年开业，票价2分。",
)
AROUND = (
    "来源：渡口晚报",
    "2024-05-06 09:15",
    "记者 周大河",
    "责任编辑：林小满",
    "相关阅读：老街的灯为什么亮到天明",
    "分享到：微信 微博 朋友圈",
    "扫一扫关注渡口晚报公众号",
    "▲渡口的石阶。周大河 摄",
    "一、修堤",
    "上一篇：江心的灯塔",
    "阅读 1024",
    "（渡口晚报记者 周大河 通讯员 林小满）",
    "版权声明：未经许可不得转载",
    "点击下载渡口客户端",
    "打赏",
    "· 清淤",
    "·",
)


class Story(Struct, frozen=True):
    """A headline and the lines below it."""

    headline: str
    lines: tuple[str, ...]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    first = draw(st.sampled_from(SENTENCES))
    lines = draw(st.lists(st.sampled_from((*SENTENCES, *AROUND)), max_size=9, unique=True))
    return Story("石阶修好了　渡船照开", (f"甲乙{first}", *lines, "丙丁船工说，水还会再退。"))


def as_text(story: Story) -> bytes:
    return "\n".join((story.headline, *(f"\u3000\u3000{line}" for line in story.lines))).encode()


def paragraphs(story: Story) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in story.lines)


def as_html(story: Story) -> bytes:
    title = html.escape(story.headline)
    return f"<!DOCTYPE html><title>{title}</title><article><h1>{title}</h1>{paragraphs(story)}</article>".encode()


def as_broken_lines(story: Story) -> bytes:
    title, lines = html.escape(story.headline), "<br>".join(map(html.escape, story.lines))
    return f"<!DOCTYPE html><title>{title}</title><h1>{title}</h1><div>{lines}</div>".encode()


def as_markdown(story: Story) -> bytes:
    lines = (re.sub(r"([\\`*_{}\[\]<>#|~!.)-])", r"\\\1", line) for line in (story.headline, *story.lines))
    return ("# " + "\n\n".join(lines)).encode()


def as_record(story: Story) -> bytes:
    return json.dumps({"title": story.headline, "text": "\n".join(story.lines)}).encode()


def as_feed(story: Story) -> bytes:
    entry = f"<title>{html.escape(story.headline)}</title><id>a:1</id>"
    content = f'<content type="html">{html.escape(paragraphs(story))}</content>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title/><entry>{entry}{content}</entry></feed>'.encode()


def as_ninjs(story: Story) -> bytes:
    item = {"uri": "a:1", "type": "text", "headlines": [{"value": story.headline}]}
    bodies = [{"contenttype": "text/html", "value": paragraphs(story)}]
    return json.dumps({**item, "standard": {"name": "ninjs", "version": "3.0"}, "bodies": bodies}).encode()


def as_nitf(story: Story) -> bytes:
    head = f"<hedline><hl1>{html.escape(story.headline)}</hl1></hedline>"
    body = f"<body><body.head>{head}</body.head><body.content>{paragraphs(story)}</body.content></body>"
    return f"<?xml version='1.0'?><nitf>{body}</nitf>".encode()


def as_docx(story: Story) -> bytes:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in (story.headline, *story.lines))
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {word}><w:body>{lines}</w:body></w:document>",
        }
    )


def as_epub(story: Story) -> bytes:
    title = html.escape(story.headline)
    item = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    dc = f'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{title}</dc:title>'
    opf = "http://www.idpf.org/2007/opf"
    container = "urn:oasis:names:tc:opendocument:xmlns:container"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'<container xmlns="{container}"><rootfiles><rootfile full-path="a.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
            "a.opf": f'<package xmlns="{opf}" version="3.0"><metadata>{dc}</metadata><manifest>{item}</manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>'
            f"<body><h1>{title}</h1>{paragraphs(story)}</body></html>",
        }
    )


def zipped(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()


FORMS: dict[str, tuple[str, Callable[[Story], bytes]]] = {
    "text": ("page.txt", as_text),
    "html": ("page.html", as_html),
    "broken-lines": ("page.html", as_broken_lines),
    "markdown": ("page.md", as_markdown),
    "record": ("page.json", as_record),
    "feed": ("page.xml", as_feed),
    "ninjs": ("page.json", as_ninjs),
    "nitf": ("page.xml", as_nitf),
    "docx": ("page.docx", as_docx),
    "epub": ("page.epub", as_epub),
}

# Labels of fields, and what stands around the parts of a date.
_LABELS = re.compile(r"[来源记者通讯员责任编辑摄文年月日阅读]{0,8}")


def article_of(name: str, raw: bytes) -> Article:
    copy = readers.read(name, raw, (), "", quiet)
    assert isinstance(copy, Copy)
    return desk.edit(repairs.repair(copy, quiet), quiet)


def strings(part: object) -> Iterator[str]:
    match part:
        case str():
            yield part
        case dict():
            for each in part.values():
                yield from strings(each)
        case list() | tuple():
            for each in part:
                yield from strings(each)


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text))


def lacking(story: Story, article: Article) -> list[str]:
    """Return what each line lacks, in the article and in its omissions."""
    stand = letters("".join(strings(to_builtins(article))))
    lack = []
    for line in (story.headline, *story.lines):
        need = letters(line)
        lack.append("".join((need - stand).elements()))
        stand -= need
    return [words for words in lack if not _LABELS.fullmatch(words)]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(story=stories())
def test_the_account_balances(form: str, story: Story) -> None:
    name, make = FORMS[form]
    article = article_of(name, make(story))
    assert lacking(story, article) == []


@settings(max_examples=25)
@given(story=stories())
def test_an_ebook_holds_every_letter_of_the_article(story: Story) -> None:
    article = article_of("page.txt", as_text(story))
    with zipfile.ZipFile(io.BytesIO(epub_of(Issue("石阶", (article,), "zh-Hans")))) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    held = letters(html.unescape(re.sub("<[^>]*>", "", "".join(pages))))
    assert letters("".join((*map(plain, texts(article)), *labels(article)))) - held == Counter()
