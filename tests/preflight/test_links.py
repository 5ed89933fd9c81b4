"""Links of a page to what an edition does not hold: found where they lead nowhere, and nowhere else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from making import bound
from newsbook.diagnostics import Code
from newsbook.model import Span
from newsbook.model.walk import texts
from newsbook.preflight import Fault, inspect
from newsbook.project import Conversion, Project

OTHER = """---
title: 小書房開張
---

街坊會把舊涼亭改成了小書房，三個月裡借出一千二百多本書，孩子們放學後都愛來這裡，週末也有人替他們讀報。
"""
AROUND = (
    "碼頭的燈共有十二盞，六盞在石階上，",
    "，守渡人說，天黑以前會有人來點亮，雨天也不例外。",
)


def html(link: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='zh-Hant'><head><title>碼頭的燈重新點亮</title>{head}</head><body>"
        "<nav><a href='gone-1.html'>首頁</a><a href='gone-2.html'>地圖</a></nav>"
        "<article><h1>碼頭的燈重新點亮</h1><p>2024年5月6日　記者林小舟</p>"
        "<p>頭班渡船提早二十分鐘，清晨六點十分開船，第一個搭船的是做豆腐的周師傅。</p>"
        f"<p>{AROUND[0]}{link}{AROUND[1]}</p>"
        "<p id='lamps'>候船室的書架上放著三十本書，孩子們等船的時候都可以拿下來看。</p></article>"
        "<div class='related'><h3>相關新聞</h3><ul><li><a href='gone-3.html'>早市的豆花漲了五塊錢</a></li>"
        "<li><a href='gone-4.html'>舊涼亭改成小書房了嗎</a></li></ul></div></body></html>"
    )


def markdown(link: str, head: str = "") -> str:
    return (
        f"---\ntitle: 碼頭的燈重新點亮\n{head}\n---\n\n頭班渡船提早二十分鐘，清晨六點十分開船。\n\n"
        f"{AROUND[0]}{link}{AROUND[1]}\n\n## 石階上的燈\n\n候船室的書架上放著三十本書，孩子們都可以拿下來看。\n"
    )


def found(folder: Path, name: str, page: str, project: Project = Project()) -> list[Fault]:
    """Return the dead links of a page beside another, of which neither may stand in the issue."""
    (folder / name).write_text(page, "utf-8")
    (folder / "other.md").write_text(OTHER, "utf-8")
    whole = bound((folder / name, folder / "other.md"), project)
    (issue,) = whole.issues
    spans = (span for each in issue.articles for block in each.body for text in texts(block) for span in text)
    assert not any(isinstance(span, Span) and span.href for span in spans)
    return [fault for fault in inspect(issue, whole.stories, project) if fault.finding.code is Code.LINK_DEAD]


@pytest.mark.parametrize(
    ("form", "link", "leads"),
    [
        (html, "<a href='gone.html'>詳情</a>", "gone.html"),
        (html, "<a href='../map/gone.html?no=1#a'><b>詳</b>情</a>", "../map/gone.html?no=1#a"),
        (html, "<a href='/gone/'>詳情</a>", "/gone/"),
        (html, "<a href='#map'>詳情</a>", "#map"),
        (markdown, "[詳情](gone.md)", "gone.md"),
        (markdown, "[詳**情**](#map)", "#map"),
    ],
)
def test_a_link_to_nothing_is_found_where_it_stands(
    form: Callable[[str], str], link: str, leads: str, tmp_path: Path
) -> None:
    name = "page.html" if form is html else "page.md"
    (fault,) = found(tmp_path, name, form(link))
    assert (fault.finding.where.source, fault.quoted, fault.paragraph) == (name, "詳情", 2)
    assert fault.finding.where.line
    assert f"the link leads to {leads}, " in fault.finding.message
    assert fault.finding.hint


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("page.html", html("<a href='other.md#a'>詳情</a>")),
        ("page.html", html("<a href='./page.html#lamps'>詳情</a>")),
        ("page.html", html("<a href='#lamps'>詳情</a>")),
        ("page.html", html("<a href='#'>詳情</a><a href='#top'>回頂</a>")),
        ("page.html", html("<a href='javascript:show()'>詳情</a><a href='tel:0200'>電話</a>")),
        ("page.html", html("詳情<a href='large.jpg'></a>")),
        ("page.html", html("<a href='gone.html'>詳情</a>", "<link rel='canonical' href='https://ferry.example/1'>")),
        ("page.md", markdown("[詳情](other.md)")),
        ("page.md", markdown("[詳情](#石階上的燈)")),
        ("page.md", markdown("詳情[^1]") + "\n[^1]: 候船室每天五點半開門。\n"),
        ("page.md", markdown("[詳情](gone.md)", "url: https://ferry.example/1")),
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(name: str, page: str, tmp_path: Path) -> None:
    assert found(tmp_path, name, page) == []


def test_a_link_is_found_in_a_page_that_is_set_in_the_other_script(tmp_path: Path) -> None:
    project = Project(conversion=Conversion(script="hans"))
    (fault,) = found(tmp_path, "page.html", html("<a href='gone.html'>詳情</a>"), project)
    assert (fault.quoted, fault.paragraph) == ("详情", 2)
