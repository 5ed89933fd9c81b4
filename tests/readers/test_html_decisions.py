"""A person's decisions, doubts, proof sheets and scripts work on HTML pages, by the places in the page itself."""

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest
from lxml import html
from msgspec.structs import replace

from making import bound, made
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import OVERRIDE, Article, Crosshead, Paragraph, Repair
from newsbook.project import Conversion, Output, Project

# In a slipped run, what the decoder kept of a surname and of its neighbours: no page tells which surname it was.
DOUBT = "毙律跷暮芎?"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>渡口街道：船鍾(zhōng)重新敲響</title></head><body>
<div class="nav"><a href="/">首頁</a></div>
<h1>渡口街道：船鍾(zhōng)重新敲響</h1><div class="info">2024-05-06 08:30 來源：渡口街坊網(wǎng)</div>
<div class="content">
<p>清早七點，頭班渡船還沒有靠岸，碼頭上先傳來三聲鍾(zhōng)響。
云汀市渡口街道的居民<b>說(shuō)</b>，這(zhè)個聲音真響。</p>
<p>船鍾(zhōng)鑄于1956年，街坊&amp;鄰里都來了，開(kāi)船之前由值班員敲三下。</p>
<p>他說?！{DOUBT}，大家都來了。</p><p>分享到：微信 微博</p>
<p>今年春天，街道辦事處清理沿江舊倉庫，工作人員在一堆纜繩下面發現了它。鍾(zhōng)身缺了一角。</p></div></body></html>
"""


def place(text: str) -> tuple[int, int]:
    """Return the line and column of `text` in the page."""
    at = PAGE.index(text)
    return PAGE.count("\n", 0, at) + 1, at - PAGE.rfind("\n", 0, at)


def at(text: str, **entry: str) -> dict[str, object]:
    line, column = place(text)
    return {"line": line, "column": column, "before": text, **entry}


def decided(folder: Path, project: Project = Project(), **entries: object) -> tuple[Article, list[Diagnostic], str]:
    """Return what comes of the page with these decisions beside it, the findings, and its proof sheet."""
    page = folder / "page.html"
    page.write_text(PAGE, "utf-8")
    about = {"type": "overrides", "page": page.name, "sha256": hashlib.sha256(PAGE.encode()).hexdigest()}
    (folder / "page.html.overrides.json").write_text(json.dumps({**about, **entries}), "utf-8")
    found: list[Diagnostic] = []
    whole = bound((folder,), project, found.append)
    sheet = made(replace(whole, findings=tuple(found)), Output(kind="proof"))
    return whole.stories[0].article, found, sheet.decode()


def text_of(article: Article) -> str:
    blocks = (block for block in article.body if isinstance(block, Paragraph | Crosshead))
    return "\n".join("".join(span.text for span in block.text) for block in blocks)


def unfit(found: list[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in found if finding.code is Code.OVERRIDE_UNFIT]


def doubtful(article: Article) -> list[str]:
    blocks = (block for block in article.body if isinstance(block, Paragraph))
    return [span.text for block in blocks for span in block.text if span.doubtful]


def test_a_doubt_of_an_html_page_stands_marked_and_has_its_place_in_the_page(tmp_path: Path) -> None:
    article, found, _ = decided(tmp_path)
    doubts = [repair for repair in article.source.repairs if repair.doubtful]
    assert doubtful(article) == [repair.before for repair in doubts] != []
    for repair in doubts:
        line = PAGE.split("\n")[repair.line - 1]
        assert line[repair.column - 1 :].startswith(repair.before)
    places = {(finding.where.line, finding.where.column) for finding in found if finding.code is Code.REPAIR_DOUBTFUL}
    assert places == {(repair.line, repair.column) for repair in doubts}


def test_a_repair_of_an_html_page_is_rejected_and_a_doubt_accepted(tmp_path: Path) -> None:
    (guess,) = (repair.after for repair in decided(tmp_path)[0].source.repairs if repair.doubtful)
    rulings = [
        at("(kāi)", decision="reject"),
        at("(shuō)", decision="accept"),
        at(DOUBT, decision="accept"),
        at("鄰里", decision="replace", after="近鄰"),
    ]
    article, found, _ = decided(tmp_path, repairs=rulings)
    assert "街坊&近鄰都來了，開(kāi)船之前" in text_of(article)
    assert f"他說。{guess}，大家" in text_of(article)
    assert "居民說，這個" in text_of(article)
    assert not doubtful(article)
    assert {finding.code for finding in found} & {Code.OVERRIDE_UNFIT, Code.REPAIR_DOUBTFUL} == set()
    ruled = [repair for repair in article.source.repairs if repair.kind == OVERRIDE]
    assert [(repair.line, repair.column) for repair in ruled] == [
        place("(shuō)"),
        place("鄰里"),
        place("(kāi)"),
        place(DOUBT),
    ]


def test_formatting_stays_in_its_place_beside_a_decision(tmp_path: Path) -> None:
    article, _, _ = decided(tmp_path, repairs=[at("(shuō)", decision="replace", after="道")])
    strong = [span.text for block in article.body if isinstance(block, Paragraph) for span in block.text if span.marks]
    assert strong == ["說道"]


@pytest.mark.parametrize(
    "entry",
    [
        at("首頁", decision="replace", after="次頁"),
        at("<b>", decision="reject"),
        {"line": 99, "column": 1, "before": "渡", "decision": "reject"},
        {**at("鄰里", decision="replace", after="近鄰"), "column": 1},
    ],
)
def test_what_is_not_in_the_story_of_an_html_page_is_unfit(tmp_path: Path, entry: dict[str, object]) -> None:
    article, found, _ = decided(tmp_path, repairs=[entry])
    (finding,) = unfit(found)
    assert (finding.where.line, finding.where.column) == (entry["line"], entry["column"])
    assert not any(repair.kind == OVERRIDE for repair in article.source.repairs)


def test_what_was_left_out_of_an_html_story_can_be_kept(tmp_path: Path) -> None:
    keep = at("分享到：微信 微博", decision="keep", kind="share")
    article, found, sheet = decided(tmp_path, omissions=[keep])
    assert "分享到：微信 微博" in text_of(article)
    assert not unfit(found)
    assert "Take the decision back" not in sheet


def test_what_the_reader_left_out_cannot_be_kept_and_that_is_said(tmp_path: Path) -> None:
    _, found, _ = decided(tmp_path, omissions=[at("首頁", decision="keep", kind="surroundings")])
    assert len(unfit(found)) == 1


def test_the_sheet_of_an_html_page_names_places_of_the_page_and_its_decisions_are_followed(tmp_path: Path) -> None:
    _, _, sheet = decided(tmp_path)
    page = html.document_fromstring(sheet)
    (script,) = page.cssselect("script[data-galley]")
    galley = json.loads(f"{script.text}")
    assert galley["file"] == "page.html.overrides.json"
    rulings = [
        {key: change[key] for key in ("line", "column", "before")} | {"decision": "reject"}
        for change in galley["repairs"]
    ]
    kept = [
        {key: left[key] for key in ("line", "column", "before", "kind")} | {"decision": "keep"}
        for left in galley["omissions"]
        if left["before"]
    ]
    assert len(page.cssselect("[data-keep]")) == len(kept) > 0
    article, found, again = decided(tmp_path, repairs=rulings, omissions=kept)
    assert not unfit(found)
    assert {repair.kind for repair in article.source.repairs} == {OVERRIDE}
    assert len(rulings) > 1
    anchors = set(re.findall(r'id="([^"]+)"', again))
    assert set(re.findall(r'href="#([^"]+)"', again)) <= anchors


def test_an_html_page_is_brought_to_another_script(tmp_path: Path) -> None:
    article, _, _ = decided(tmp_path, Project(conversion=Conversion(script="hans")))
    assert article.headline == "渡口街道：船钟重新敲响"
    assert article.language == "zh-Hans"


def test_a_dumped_record_is_exact_json(tmp_path: Path) -> None:
    article, _, _ = decided(tmp_path)
    again = msgspec.json.decode(msgspec.json.encode(article), type=Article)
    assert again == article
    assert all(isinstance(repair, Repair) for repair in again.source.repairs)
