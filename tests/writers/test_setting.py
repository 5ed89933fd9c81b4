"""The rules of setting as literal cases, in a square face: what is Western is half an em wide, all else an em.

In the cases of gaps `<` stands where two characters are set half an em closer, `~` where they are a quarter em closer,
`+` where a quarter em stands between them. In the cases of lines `|` stands where a line ends, and the measure is in
ems.
"""

import re

import pytest

from newsbook.cjk import Kind
from newsbook.writers.pdf.breaking import Measure, break_lines
from newsbook.writers.pdf.engine.pango import breaks_of
from newsbook.writers.pdf.spacing import HorizontalList, in_squares

# GB/T 15834-2011, with the clause; CLREQ and JLREQ, with the section.
GAPS = [
    # GB/T 15834 §4.1 to §4.3: the full stop, the question mark, the exclamation mark
    ("zh-Hans", "他来了。天亮了"),
    ("zh-Hans", "他说：<“天亮了。<”"),
    ("zh-Hans", "（天亮了。<）<。"),
    ("zh-Hans", "“天亮了吗？<”她问"),
    ("zh-Hans", "“快走！<”他喊"),
    ("zh-Hans", "真的吗？<！"),
    # §4.4 to §4.7: the comma, the enumeration comma, the semicolon, the colon
    ("zh-Hans", "“早，<”他说"),
    ("zh-Hans", "“春”<、<“夏”<、<“秋”"),
    ("zh-Hans", "一是“快”<；<“好”在后"),
    ("zh-Hans", "题目：<《渡口》"),
    ("zh-Hans", "他说：天亮了"),
    # §4.8: quotation marks, one in the other
    ("zh-Hans", "“他说‘好’<”"),
    ("zh-Hans", "“<‘好’他说”"),
    ("zh-Hans", "“<‘好’<”<，她说"),
    ("zh-Hans", "“一”<“二”<“三”"),
    # §4.9: brackets
    ("zh-Hans", "渡口（老街）在此"),
    ("zh-Hans", "（一）<（二）"),
    ("zh-Hans", "［<（一）<］"),
    ("zh-Hans", "【渡口讯】<（记者）"),
    ("zh-Hans", "〔2024〕第"),
    # §4.10: the dash, two ems and whole; §4.11: the ellipsis
    ("zh-Hans", "老街——渡口"),
    ("zh-Hans", "“老街——”"),
    ("zh-Hans", "他走了……天亮"),
    ("zh-Hans", "“他走了……”"),
    ("zh-Hans", "……“好”"),
    # §4.14: titles
    ("zh-Hans", "《渡口》<《老街》"),
    ("zh-Hans", "《<〈渡口〉注》"),
    ("zh-Hans", "《渡口》<、<《老街》"),
    ("zh-Hans", "《渡口》<（上）"),
    ("zh-Hans", "见《渡口志》<。"),
    # CLREQ §3.2.2: a quarter em between Han and Western letters or digits, and beside no mark
    ("zh-Hans", "第+3+届"),
    ("zh-Hans", "读+EPUB+本"),
    ("zh-Hans", "约+200+平方米"),
    ("zh-Hans", "，3+个月"),
    ("zh-Hans", "（EPUB）"),
    ("zh-Hans", "增长+8%以上"),
    ("zh-Hans", "在+Café+里"),
    ("zh-Hans", "参数+α+与"),
    ("zh-Hans", "乘+Мир+号"),
    ("zh-Hans", "用 EPUB 读"),
    ("zh-Hans", "“EPUB”"),
    ("zh-Hans", "（3+人）"),
    ("zh-Hans", "12：30"),
    ("zh-Hans", "渡口[3]的"),
    # GB/T 15834 §4.2 and §4.8: what is asked inside quotation marks, with a comma behind them
    ("zh-Hans", "“好吗？<”<，他问"),
    ("zh-Hans", "“他说……”他走了"),
    ("zh-Hans", "《渡口》<（2024）"),
    ("zh-Hans", "EPUB、PDF"),
    # CLREQ §3.1.3: in Taiwan and Hong Kong stops stand in the middle of their em, half of whose air is before them
    ("zh-Hant", "他說：<「天亮了。~」"),
    ("zh-Hant", "「早，~」他說"),
    ("zh-Hant", "「春」<、<「夏」"),
    ("zh-Hant", "《渡口》<、<《老街》"),
    ("zh-Hant", "『<「好」<』"),
    ("zh-Hant", "「一」<「二」"),
    ("zh-Hant", "（天亮了。~）"),
    ("zh-Hant", "好嗎？」他問"),
    ("zh-Hant", "真的嗎？！"),
    ("zh-Hant-HK", "「好」<，她說"),
    ("zh-Hant-HK", "第+3+屆"),
    ("zh-Hant", "，<「好"),
    ("zh-Hant", "真的嗎？」<，他問"),
    ("zh-Hant", "好；<「夏」"),
    ("zh-Hant", "好：<（一）"),
    # JLREQ §3.1.4: marks in a row; §3.1.3: middle dots stand in the middle; §3.2.6: a quarter em beside Western
    ("ja", "彼は「そうだ。<」と"),
    ("ja", "「そう。<」<「はい。<」"),
    ("ja", "（春）<、<（夏）"),
    ("ja", "『<「春」<』"),
    ("ja", "春、<「夏」"),
    ("ja", "「春」<・<「夏」"),
    ("ja", "えっ！「なに」"),
    ("ja", "「なに！」と"),
    ("ja", "3+月に+EPUB+を"),
    ("ja", "カレー+3+杯"),
    ("ja", "春・夏"),
    ("ja", "〔注〕<（上）"),
    # JLREQ §3.1.4: full stops and commas (cl-06, cl-07) before brackets (cl-01), closing brackets (cl-02) before commas
    ("ja", "春。<（夏）"),
    ("ja", "春、<（夏）"),
    ("ja", "【春】<、"),
    ("ja", "〈春〉<〈夏〉"),
    ("ja", "（<「春」<）"),
    # cl-05, middle dots and colons: no air is taken beside Han and kana, and half an em beside brackets
    ("ja", "春：夏"),
    ("ja", "春：<「夏」"),
    # cl-04, marks that ask and call, have an em of their own, the space behind them as well
    ("ja", "「なに？」と"),
    ("ja", "「なに！？」"),
    ("ja", "なに？　そう"),
    # cl-08, cl-09, cl-10 and cl-11: ellipses, iteration marks, the prolonged sound mark, small kana are set solid
    ("ja", "そう……だ"),
    ("ja", "時々すゝむ"),
    ("ja", "えーっと"),
    ("ko", "서울에서 3일"),
]


def hlist(text: str, language: str) -> HorizontalList:
    return HorizontalList(in_squares(text, language), [*breaks_of(text, language), len(text)])


def marked(text: str, language: str) -> str:
    """Return `text` with its gaps shown."""
    row = hlist(text, language)
    signs = {-0.5: "<", -0.25: "~", 0.25: "+", 0.0: ""}
    return "".join(one + signs[gap.size] for one, gap in zip(row.text, row.gaps, strict=True))


@pytest.mark.parametrize(("language", "case"), GAPS)
def test_gaps(language: str, case: str) -> None:
    assert marked(re.sub("[<~+]", "", case), language) == case


# What a line may not begin or end with, what stays whole, and what is pushed in before it is pushed out.
LINES = [
    ("zh-Hans", 8, "渡口老街的早市，|六点开张"),
    ("zh-Hans", 8, "渡口老街早市开|了，六点开张"),
    ("zh-Hans", 8, "渡口老街早市开|“六点”开张了"),
    ("zh-Hans", 8, "渡口老街的早（六|点）开张了"),
    ("zh-Hans", 9, "渡口老街的早，市开|了，六点开张"),
    ("zh-Hans", 8, "渡口老街早市开|——六点开张"),
    ("zh-Hans", 8, "渡口老街早市|开……六点开张"),
    ("zh-Hans", 8, "渡口老街早市开了|1200本书"),
    ("zh-Hans", 8, "渡口老街早市开了|又开8.1%的人"),
    ("zh-Hans", 8, "渡口老街又开了|12次早市"),
    ("zh-Hans", 8, "渡口老街早市开|Wi-Fi了"),
    ("zh-Hans", 8, "“渡口”老街“早市”|开了“六点”"),
    ("zh-Hans", 8, "渡口老街早市开|《渡口志》里有"),
    ("zh-Hans", 8, "https://example.|org/a/b/c"),
    ("zh-Hant", 8, "渡口老街的早市，|六點開張"),
    ("zh-Hant", 8, "渡口老街早市開|「六點」開張"),
    ("zh-Hant", 8, "他說：「渡口。」老|街「早市」開"),
    ("ja", 8, "渡し場の朝市がっ|こうへ行く"),
    ("ja", 8, "渡し場の朝市は|コーヒーも出す"),
    ("ja", 8, "渡し場の朝市で|「六時」に開く"),
    ("ja", 8, "駅前のカフェー、|六時に開く。"),
    ("ko", 8, "나루터 아침|시장은 여섯 시에|연다"),
    # The mark of a note stays with what it is on (JLREQ cl-20), a group of digits with what counts it (CLREQ §3.1.4)
    ("zh-Hans", 8, "渡口老街早市开|了[3]又开"),
    ("zh-Hans", 8, "渡口老街又开约|200米长"),
    ("zh-Hans", 8, "渡口老街早市开到|3月里"),
    ("zh-Hans", 8, "渡口老街早市共|￥200元"),
    ("zh-Hans", 8, "渡口老街早市降|至-3℃了"),
    # GB/T 15834 §5.1: none of these begins a line, and no opening bracket ends one
    ("zh-Hans", 9, "渡口老街早市开了|吗？”他问"),
    ("zh-Hans", 8, "渡口老街早市开了|又·开"),
    ("zh-Hans", 8, "渡口老街早市开|了〕又开"),
    ("zh-Hans", 8, "渡口老街早市开|〔2024〕号"),
    ("zh-Hant", 8, "渡口老街早市開了|吧！又開"),
    # JLREQ §3.1.7, cl-05, cl-09, cl-10, cl-11 and cl-04 begin no line; §3.1.10, what is of one kind stays whole
    ("ja", 7, "渡し場の朝市・|夏開く"),
    ("ja", 7, "渡し場の朝市|時々開く"),
    ("ja", 7, "ここで渡し場|のゝ春"),
    ("ja", 7, "渡し場の朝市|コーヒー"),
    ("ja", 8, "渡し場の朝市はで|キャッ"),
    ("ja", 7, "渡し場の朝市|は！と言う"),
    ("ja", 8, "渡し場の朝市はな|に？！と"),
    ("ja", 7, "渡し場の朝市|は……六時"),
    ("ja", 8, "渡し場の朝市は|（六時）に"),
    ("ko", 8, "나루터 아침|시장은 (여섯)|시에"),
]


def lines_in(text: str, language: str, measure: float, *, hangs: bool = False) -> str:
    row = hlist(text, language)
    chosen = break_lines(row, 0, Measure(measure, measure, hangs=hangs))
    return "|".join(row.text[line.start : line.end] for line in chosen)


@pytest.mark.parametrize(("language", "measure", "case"), LINES)
def test_lines(language: str, measure: float, case: str) -> None:
    text = case.replace("|", " " if language == "ko" else "")
    assert lines_in(text, language, measure) == case


def widths(text: str, language: str, measure: float, *, hangs: bool = False) -> list[float]:
    """Return the width of each line but the last, in ems, to the edge of its last mark's air."""
    row = hlist(text, language)
    return [
        sum(one.width for one in row.characters[line.start : line.end]) + sum(line.gaps) / 1000 - line.trim
        for line in break_lines(row, 0, Measure(measure, measure, hangs=hangs))[:-1]
    ]


LONG = "渡口的早市六点开张，卖豆花的陈阿婆总是第一个到。她说：“天没亮就起来磨豆子，习惯了。”街坊会（3人）把PDF读了。"


@pytest.mark.parametrize("measure", [10, 14, 17.5, 20, 28])
@pytest.mark.parametrize("hangs", [False, True])
def test_full_lines_fill_the_measure(measure: float, hangs: bool) -> None:  # noqa: FBT001 - the case's own.
    assert widths(LONG * 3, "zh-Hans", measure, hangs=hangs) == pytest.approx(
        [measure] * len(widths(LONG * 3, "zh-Hans", measure, hangs=hangs)), abs=0.002
    )


def test_a_mark_hangs_where_the_style_lets_it() -> None:
    text = "渡口老街早市开了，六点开张"
    assert lines_in(text, "zh-Hans", 8) == "渡口老街早市开|了，六点开张"
    assert lines_in(text, "zh-Hans", 8, hangs=True) == "渡口老街早市开了，|六点开张"


def test_a_paragraph_does_not_end_in_a_single_character() -> None:
    text = "渡口老街的早市六点开张，卖豆花的阿婆第一个到，街坊会把旧凉亭改成了小书房。"
    assert [lines_in(text, "zh-Hans", measure).split("|")[-1] for measure in (17, 36)] == ["书房。", text]


@pytest.mark.parametrize("measure", [15, 25, 28, 40])
def test_a_character_is_sent_after_one_that_would_end_a_paragraph_alone(measure: int) -> None:
    """Where no mark gives way, a line takes one character less, and parts the others by a thirteenth of an em."""
    assert lines_in("渡" * (2 * measure + 1) + "。", "zh-Hans", measure).split("|")[-1] == "渡渡。"


def test_han_stand_solid_on_full_lines_of_40_ems() -> None:
    """What a line lacks is taken from, or given to, its marks and joints, two neighbouring marks among them."""
    row = hlist(LONG * 6, "zh-Hans")
    solid = [
        gap
        for line in break_lines(row, 0, Measure(38, 40))[:-1]
        for at, gap in enumerate(line.gaps[:-1], line.start)
        if row.characters[at].kind is row.characters[at + 1].kind is Kind.HAN
    ]
    assert len(solid) > 150
    assert set(solid) == {0}


def gaps_of(text: str, measure: float) -> dict[str, int]:
    """Return the gaps of the first line that differ from what is natural, by the characters on either side."""
    row = hlist(text, "zh-Hans")
    line = break_lines(row, 0, Measure(measure, measure))[0]
    return {
        row.text[at : at + 2]: gap - round(row.gaps[at].size * 1000)
        for at, gap in enumerate(line.gaps[:-1])
        if gap != round(row.gaps[at].size * 1000)
    }


def test_a_line_gives_in_order() -> None:
    """Joints shrink before marks do, marks before a character is pushed out, joints grow before Han characters part."""
    assert gaps_of("在A处，有人说过好了" + "六点" * 4, 9.75) == {"在A": -125, "A处": -125}
    assert gaps_of("在A处，有人说过好了" + "六点" * 4, 9.5)["，有"] == -250
    assert gaps_of("在A处有人说过好了" + "（六点开张）", 9.5) == {"在A": 250, "A处": 250}


def test_a_text_that_fits_nowhere_is_torn() -> None:
    assert lines_in("a" * 40, "zh-Hans", 8) == "|".join(["a" * 16, "a" * 16, "a" * 8])


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
def test_the_start_of_a_line_is_trimmed(language: str) -> None:
    row = hlist("「渡口老街早市」", language)
    assert break_lines(row, 0, Measure(20, 20))[0].trim == 0.5


@pytest.mark.parametrize(("language", "cut"), [("zh-Hans", 0.5), ("ja", 0.5), ("zh-Hant", 0.0)])
def test_the_end_of_a_line_is_trimmed(language: str, cut: float) -> None:
    """Where the line needs it, and where the air is all behind the mark (CLREQ §3.1.6.1, JLREQ §3.1.9)."""
    first = break_lines(hlist("渡口老街早市，六點", language), 0, Measure(6.5, 6.5))[0]
    assert -first.gaps[-1] / 1000 == cut
    assert (first.end == 7) == bool(cut)


def test_an_opening_mark_in_an_indent_of_one_em_keeps_its_air() -> None:
    """JLREQ §3.1.5: half of it cut off, the indent could not be told from none."""
    row = hlist("「駅」は港町の古い駅舎", "ja")
    assert [break_lines(row, 0, Measure(8 - indent, 8))[0].trim for indent in (0, 1, 2)] == [0.5, 0.0, 0.5]
