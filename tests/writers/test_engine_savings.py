"""What is spared the engine gives what the engine gives: styles, lines, and the numbers of pages in tags."""

from collections.abc import Iterator

import pydyf
import pytest
import weasyprint
from weasyprint.css import StyleFor, get_all_computed_styles
from weasyprint.css.targets import TargetCollector
from weasyprint.layout.page import PageType, set_page_type_computed_styles

from newsbook.assets import styles
from newsbook.writers.pdf.engine import cjk_lines, lines, tagging
from newsbook.writers.pdf.engine.boxes import pages_of
from newsbook.writers.pdf.engine.patch import Engine
from stores import style_of

BODY = (
    '<section class="article" id="{name}" lang="{language}"><h2 class="headline">渡船</h2>'
    '<p class="paragraph" style="color: red">一 <em id="{name}-m">二</em><a href="#a">三</a></p><ul><li>四</li></ul>'
    '<table style="border-collapse: collapse"><tr><td>五</td></tr></table></section>'
)
PAGE = (
    "<!DOCTYPE html><html lang='zh-Hans'><body>"
    + "".join(BODY.format(name=name, language=language) for name, language in (("a", "zh-Hans"), ("b", "zh-Hans")))
    + BODY.format(name="c", language="ja")
    + "</body></html>"
)


def sheets_of(name: str) -> list[Engine]:
    added = "li::marker { color: green } p::before { content: attr(class) } @page :nth(3) { margin: 4em }"
    sheets = (sheet.css for kind in ("base", "print") for sheet in style_of(name).sheets.get(kind, ()))
    return [weasyprint.CSS(string=css) for css in (*sheets, added)]


def told(style: Engine) -> dict[str, object]:
    from weasyprint.css.properties import INITIAL_VALUES

    return {name: style[name] for name in sorted(INITIAL_VALUES)}


@pytest.mark.parametrize("name", styles())
def test_styles_are_those_of_the_engine(name: str) -> None:
    html, sheets, collectors = weasyprint.HTML(string=PAGE), sheets_of(name), (TargetCollector(), TargetCollector())
    theirs = get_all_computed_styles(html, sheets, target_collector=collectors[0])
    with cjk_lines(lambda finding: pytest.fail(finding.message)):
        ours = get_all_computed_styles(html, sheets, target_collector=collectors[1])
    assert isinstance(theirs, StyleFor)
    assert type(theirs) is not type(ours)
    assert ours.get_computed_styles().keys() == theirs.get_computed_styles().keys()
    for key in list(theirs.get_computed_styles()):
        assert told(ours(*key)) == told(theirs(*key)), key
    assert list(collectors[0].target_lookup_items) == list(collectors[1].target_lookup_items) == [*NAMES]
    first, second, other = (ours(one) for one in html.etree_element.iter("li"))
    assert first is second
    assert first is not other
    for number in range(6):
        page = PageType("left" if number % 2 else "right", blank=False, name="", index=number, groups=())
        set_page_type_computed_styles(page, html, theirs)
        ours.add_page(page, html)
        parts = [part for one, part in theirs.get_computed_styles() if one == page]
        for part in parts:
            assert told(ours(page, part)) == told(theirs(page, part)), (number, part)


NAMES = ("a", "a-m", "b", "b-m", "c", "c-m")

TEXT = "“天没亮就起来磨豆子，”陈阿婆说，“习惯了。”街坊会把旧凉亭改成了小书房（名叫“慢读”），3个月里借出1200多本书。"
STYLE = "body {{ font: 12pt/20pt 'Noto Serif CJK SC'; width: {width}pt }} p {{ text-align: {align}; text-indent: 2em }}"


def boxes_of(width: int, align: str) -> Iterator[tuple[object, ...]]:
    page = f"<!DOCTYPE html><html lang='zh-Hans'><style>{STYLE.format(width=width, align=align)}</style>"
    with cjk_lines(lambda finding: pytest.fail(finding.message)):
        document = weasyprint.HTML(string=f"{page}<p>{TEXT}</p><p>　{TEXT * 2} </p><p>短</p>").render()
    for box in pages_of(document)[0].descendants():
        places = (box.position_x, box.position_y, box.width, box.height, box.margin_top, box.margin_bottom)
        yield type(box).__name__, getattr(box, "text", ""), getattr(box, "baseline", 0), *places


@pytest.mark.parametrize("align", ["justify", "center", "right", "left"])
@pytest.mark.parametrize("width", [90, 200, 333])
def test_lines_of_text_alone_are_those_that_the_engine_fills(
    width: int, align: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list(boxes_of(width, align))
    monkeypatch.setattr(lines, "is_plain_text", lambda *_: False)
    assert made == list(boxes_of(width, align))


def test_pages_are_counted_once() -> None:
    pdf = pydyf.PDF()
    pdf.__class__ = tagging.Counted
    for number in range(1, 4):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert pdf.page_references == pydyf.PDF.page_references.fget(pdf)
        assert len(pdf.page_references) == number
        assert pdf.page_references is pdf.page_references
