"""The lines of a PDF: flush, marks squeezed, Han apart from Latin, and the engine left as it was found.

The style `bulletin` sets its body in 12 pt to a measure of 38 em.
"""

import io
import re
from contextlib import suppress
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import weasyprint
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout

from glyphs import Glyph, lines_of, words
from issues import text
from newsbook.diagnostics import Code, Diagnostic
from newsbook.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Issue, Mark, Paragraph, Span, Text
from newsbook.writers.pdf import Profile, write_pdf
from newsbook.writers.pdf.lines import cjk_lines, unknown_engine
from plain import bare
from stores import STORE

EM = 12.0
MEASURE = 38 * EM
HAN = re.compile("[一-鿿]")

HANS = (
    "渡口的早市六点开张，卖豆花的陈阿婆总是第一个到。她说：“天没亮就起来磨豆子，习惯了。”街坊会把旧凉亭改成了"
    "小书房（名叫“慢读”），3个月里借出1200多本书，孩子们放学后都爱来这里。管理员小周说，最受欢迎的是《渡口志》、"
    "《江上的灯》《老街食谱》；“有人读了3遍，”她笑着说，“还问有没有续篇。”今年春天，街坊会又添了Wi-Fi和12盏台灯……"
    "“来的人多了，”陈阿婆说，“豆花也卖得快了——每天60碗，不到9点就没有了。”下一步，他们想把码头边的仓库（约200平方米）"
    "也收拾出来，办一个PDF和EPUB都能读的电子阅览角。"
)


def set_lines(words_: Text, language: str = "zh-Hans") -> tuple[list[list[Glyph]], list[Diagnostic]]:
    article = Article("题", (Paragraph(words_), Paragraph(text("完。"))), language=language)
    found: list[Diagnostic] = []
    subject = Issue("报", (article,), language)
    pdf = write_pdf(
        make_up(subject, Carrier.PRINT, "bulletin", "", find_face, found.append), Profile.PLAIN, STORE, found.append
    )
    lines = lines_of(pdf, EM)
    start = next(at for at, line in enumerate(lines) if words(line).startswith(words_[0].text[:6]))
    end = next(at for at, line in enumerate(lines) if words(line) == "完。")
    return lines[start:end], found


def full(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    return lines[:-1]


def left_of(lines: list[list[Glyph]]) -> float:
    return min(line[0].x for line in lines)


def ends(line: list[Glyph], widths: tuple[float, ...]) -> list[float]:
    return [line[-1].x + width * EM for width in widths]


MIXED = (
    Span(HANS[:70]),
    Span(HANS[70:120], marks=(Mark.STRONG,)),
    Span(HANS[120:160], href="https://example.org/"),
    Span(HANS[160:]),
)


@pytest.mark.parametrize("words_", [text(HANS * 2), MIXED], ids=["plain", "with links and bold"])
def test_full_lines_end_at_the_measure(words_: Text) -> None:
    lines, found = set_lines(words_)
    assert found == []
    assert len(lines) > 6
    edge = left_of(lines) + MEASURE
    for line in full(lines):
        if HAN.match(line[-1].character):
            assert ends(line, (1,))[0] == pytest.approx(edge, abs=0.3), words(line)
        elif line[-1].character in "，。；：、”）》":
            assert min(abs(end - edge) for end in ends(line, (1, 0.5))) < 0.3, words(line)


@pytest.mark.parametrize("size", [10, 10.5, 15.75])
def test_full_lines_end_within_a_thousandth_of_an_em_of_each_other(size: float) -> None:
    """Of 10 pt an em is no whole number of Pango's units, and what was cut off for that added up along the line."""
    rules = f"p {{ font: {size}pt/2 Noto Serif CJK SC; font-kerning: none; text-align: justify; width: 28em }}"
    with cjk_lines(print):
        pdf = weasyprint.HTML(string=f'<html lang="zh-Hans"><style>{rules}</style><p>{HANS * 6}').write_pdf()
    lines = full(lines_of(pdf, size))
    ends = [line[-1].x for line in lines if HAN.match(line[-1].character)]
    assert len(ends) > 10
    assert max(ends) - min(ends) <= size / 1000 + 0.001


def test_han_alone_stands_solid() -> None:
    lines, _ = set_lines(text("渡口老街小书房开门读书" * 20))
    assert [len(line) for line in lines[:3]] == [36, 38, 38]
    for line in lines:
        assert [right.x - left.x for left, right in pairwise(line)] == pytest.approx([EM] * (len(line) - 1), abs=0.02)


def test_no_line_begins_or_ends_with_the_wrong_mark() -> None:
    for language in ("zh-Hans", "zh-Hant"):
        lines, _ = set_lines(text(HANS * 3), language)
        assert [words(line) for line in lines if line[0].character in "，。；：、”）》"] == []
        assert [words(line) for line in lines if line[-1].character in "“（《"] == []


def test_lines_are_broken_beside_curly_quotation_marks() -> None:
    """Pango glues them to both neighbours; a line before such a one came out an em and more too short."""
    lines, _ = set_lines(text("渡" + "口" * 34 + "“一”为“二”与“三”" * 12))
    for line in full(lines):
        gaps = [right.x - left.x for left, right in pairwise(line) if HAN.match(left.character + right.character)]
        assert max(gaps, default=EM) < 1.1 * EM, words(line)


def test_marks_are_squeezed_where_two_meet() -> None:
    lines, _ = set_lines(text(HANS))
    pairs = {
        left.character + right.character: right.x - left.x
        for line in lines
        for left, right in pairwise(line)
        if left.character in "，。；：、”）》" and right.character in "，。；：、”“（）《》"
    }
    assert len(pairs) > 4
    assert max(pairs.values()) < 0.8 * EM, pairs


@pytest.mark.parametrize("latin", ["EPUB", "1200"])
def test_han_and_latin_stand_apart(latin: str) -> None:
    lines, _ = set_lines(text(f"渡口老街读{latin}本"))
    (line,) = lines
    before = next(at for at, glyph in enumerate(line) if glyph.character == latin[0])
    assert 1.1 * EM < line[before].x - line[before - 1].x < 1.6 * EM


def test_no_character_is_added() -> None:
    lines, _ = set_lines(text(HANS))
    assert "".join(map(words, lines)) == HANS


def test_the_engine_is_left_as_it_was() -> None:
    before = (Layout.set_text, Layout.get_first_line, inline.justify_line)
    with suppress(KeyError), cjk_lines(lambda _: None):
        assert (Layout.set_text, Layout.get_first_line, inline.justify_line) != before
        raise KeyError
    assert (Layout.set_text, Layout.get_first_line, inline.justify_line) == before


def test_this_engine_is_known() -> None:
    """What the module relies on in the engine is there; if this fails, look at what the new version changed."""
    assert unknown_engine() == ""


def test_an_unknown_version_sets_plain_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    lines, found = set_lines(text(HANS))
    assert [finding.code for finding in found] == [Code.LINE_MODULE_OFF]
    assert "71.0" in found[0].message
    assert "".join(map(words, lines)) == HANS


def test_a_changed_engine_sets_plain_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def justify_line(context: object, line: object) -> None:
        """Take one argument fewer than the function that the module knows."""

    monkeypatch.setattr(inline, "justify_line", justify_line)
    assert "justify_line" in unknown_engine()


@pytest.mark.parametrize(("language", "ems"), [("zh-Hans", 2), ("zh-Hant", 2), ("ja", 1), ("ko", 1)])
def test_paragraphs_are_indented_as_the_language_does(language: str, ems: int) -> None:
    lines, _ = set_lines(text("渡口老街の小書房" * 12), language)
    assert lines[0][0].x - lines[1][0].x == pytest.approx(ems * EM, abs=0.1)


def test_a_doubtful_place_takes_no_room_and_leaves_no_character() -> None:
    parts = (HANS[:90], HANS[90:150], HANS[150:152], HANS[152:])
    plain, _ = set_lines(tuple(map(Span, parts)))
    marked, found = set_lines(tuple(Span(part, doubtful=at % 2 == 1) for at, part in enumerate(parts)))
    assert not found
    assert [words(line) for line in marked] == [words(line) for line in plain]
    for one, other in zip(marked, plain, strict=True):
        assert [glyph.x for glyph in one] == pytest.approx([glyph.x for glyph in other], abs=0.1)


# --- beside the line ---------------------------------------------------------------------------------------------


def curves(words_: Text, language: str = "zh-Hant") -> int:
    """Return how many curves are drawn for a paragraph."""
    article_ = Article("題", (Paragraph(words_),), language=language)
    subject = Issue("報", (article_,), language)
    pdf = write_pdf(make_up(subject, Carrier.PRINT, "bulletin", "", find_face, print), Profile.PLAIN, STORE, print)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return sum(str(one.operator) == "c" for page in file.pages for one in pikepdf.parse_content_stream(page))


@pytest.mark.parametrize(("said", "dots"), [("一二三", 3), ("（一）。", 1), ("三……——", 1), ("A1", 2)])
def test_a_dot_stands_below_every_character_that_is_stressed(said: str, dots: int) -> None:
    plain = curves((Span("渡口" + said),))
    # A circle is four curves.
    assert curves((Span("渡口"), Span(said, marks=(Mark.EMPHASIS,)))) - plain == 4 * dots


def test_a_title_has_a_wave_and_a_name_a_line() -> None:
    assert curves((Span("讀"), Span("老街食譜", marks=(Mark.BOOK_TITLE,)))) > 20
    assert curves((Span("讀"), Span("老街食譜", marks=(Mark.PROPER_NAME,)))) == 0


READ = (Span("渡口" * 15), Span("老街", ruby="lǎojiē"), Span("的早市，" + "渡口" * 15))


def test_a_reading_stands_above_the_middle_of_its_base_and_moves_no_line() -> None:
    lines, _ = set_lines(READ)
    plain, _ = set_lines((Span("".join(span.text for span in READ)),))
    assert [[(glyph.character, round(glyph.x, 1)) for glyph in line] for line in lines] == [
        [(glyph.character, round(glyph.x, 1)) for glyph in line] for line in plain
    ]
    assert [round(line[0].y, 1) for line in lines] == [round(line[0].y, 1) for line in plain]


def test_a_long_reading_spreads_its_base() -> None:
    lines, _ = set_lines((Span("渡口的"), Span("街", ruby="ㄐㄧㄝㄐㄧㄝㄐㄧㄝ"), Span("上有早市。")))
    base = next(glyph for line in lines for glyph in line if glyph.character == "街")
    after = next(glyph for line in lines for glyph in line if glyph.character == "上")
    # Nine letters of half an em are 4.5 em; a quarter em hangs over on either side; half of the rest is on this side.
    assert (after.x - base.x) / EM == pytest.approx(1 + (4.5 - 1 - 0.5) / 2, abs=0.1)


@pytest.mark.parametrize("before", [35, 36])
def test_the_mark_of_a_note_begins_no_line(before: int) -> None:
    note = Span("[3]", href="https://example.org/#note-3")
    lines, _ = set_lines((Span("渡" * before), note, Span("口" * 40)))
    assert [words(line)[0] for line in lines] == ["渡", "渡", "口"]
    assert "渡[3]口" in "".join(map(words, lines))


@pytest.mark.parametrize("before", range(15, 20))
def test_a_reading_at_the_end_of_a_line_is_not_lost(before: int) -> None:
    """Set 26 em in 10 pt, which is no whole number of pixels: a line may be too long by a rounding error."""
    said = "渡" * before + "，闭着眼也能靠岸。"
    read = said.replace("闭着眼也能", "<ruby>闭着眼也能<rt>ㄉㄨˋ</rt></ruby>")
    rules = (
        '@page { size: 300pt; margin: 20pt } p { font: 10pt/20pt "Noto Serif CJK SC"; text-align: justify; margin: 0 }'
    )
    ruby = "p { text-indent: 2em } rt { display: inline-block; width: 0 } ruby { white-space: nowrap }"
    with cjk_lines(print):
        pdf = weasyprint.HTML(string=f'<html lang="zh-Hans"><style>{rules}{ruby}</style><p>{read}').write_pdf()
    copied = bare(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())
    assert copied.replace("ㄉㄨˋ", "") == said


def test_a_reading_is_copied_behind_its_base() -> None:
    article_ = Article("题", (Paragraph(READ),), language="zh-Hans")
    edition = make_up(Issue("报", (article_,), "zh-Hans"), Carrier.PRINT, "bulletin", "", find_face, print)
    page = pypdfium2.PdfDocument(write_pdf(edition, Profile.PLAIN, STORE, print))[0]
    assert "老街lǎojiē的早市" in bare(page.get_textpage().get_text_bounded())


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
def test_a_dash_in_a_piece_of_its_own_is_two_ems_long(language: str) -> None:
    """What holds no Han is of no script, and the face would have another dash for it."""
    strong = (Mark.STRONG,)
    (line,), _ = set_lines((Span("渡口"), Span("老街", marks=strong), Span("——"), Span("早市", marks=strong)), language)
    before = next(glyph for glyph in line if glyph.character == "—")
    after = next(glyph for glyph in line if glyph.character == "早")
    assert after.x - before.x == pytest.approx(2 * EM, abs=0.1)


def test_a_running_head_that_is_too_long_ends_in_an_ellipsis() -> None:
    long = "渡口老街的早市六點開張" * 6
    article_ = Article(long, (Paragraph(text(HANS * 12)),), language="zh-Hant")
    pdf = write_pdf(
        make_up(Issue("報", (article_,), "zh-Hant"), Carrier.PRINT, "bulletin", "", find_face, print),
        Profile.PLAIN,
        STORE,
        print,
    )
    heads = [line for line in lines_of(pdf, 8.5) if words(line).endswith("…")]
    assert heads
    for head in heads:
        assert long.startswith(words(head[1:-1]))
        assert head[-1].x + 8.5 <= 595.28 - 69.6
