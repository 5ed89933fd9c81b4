# ruff: noqa: E501  tables of cases, a line each
"""Word files as editors and press offices hand them in: headlines by style, by type or by place; several stories."""

import zipfile
from io import BytesIO

import pytest

from newsbook import desk
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Article, Copy, Crosshead
from newsbook.model.walk import plain, texts
from newsbook.readers import Received, take

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

HANT = (
    "渡口的渡船停航了三天，街坊只好繞路過橋，學童每天早起一個鐘頭。",
    "船公司說，機件已經換好，星期六早上復航，第一班六點開。",
)
HANS = (
    "渡口的渡船停航了三天，街坊只好绕路过桥，学童每天早起一个钟头。",
    "船公司说，机件已经换好，星期六早上复航，第一班六点开。",
)
JA = (
    "渡し場の船が三日間運休し、住民は橋まで回り道をして渡ることになった。",
    "船会社によると、部品の交換は終わり、土曜の朝に再開する。",
)
KO = (
    "나루터의 배가 사흘 동안 멈춰 주민들이 다리를 건너 돌아가야 했다.",
    "선사는 부품을 교체했으며 토요일 아침에 다시 운항한다고 밝혔다.",
)

# Lines, each with its style's name or, behind #, its id where there are no styles, or with a size of type; what the
# stories' headlines, authors and crossheads then are.
FILES = {
    "no styles at all": (["渡口渡船停航三天", "林小舟　2026年11月25日", *HANT], [("渡口渡船停航三天", "林小舟", 2)]),
    "ids without styles": (
        ["渡口渡船停航三天", "林小舟　2026年11月25日", HANT[0], "復航的日子#Heading1", HANT[1]],
        [("渡口渡船停航三天", "林小舟", 2)],
    ),
    "chapters below a plain line": (
        ["渡口渡船停航三天", "林小舟　2026年11月25日", HANS[0], "一、复航#heading 1", HANS[1], "二、票价#heading 1", HANS[1]],
        [("渡口渡船停航三天", "林小舟", 3)],
    ),
    "large type below a letterhead": (
        ["渡口镇办公室　新闻稿", "渡口渡船停航三天@44", "文／林小舟", *HANS],
        [("渡口渡船停航三天", "林小舟", 2)],
    ),
    "a letterhead in plain lines": (
        ["渡口鎮公所", "新聞稿", "渡口渡船停航三天", "2026年11月25日", *HANT],
        [("渡口渡船停航三天", "", 2)],
    ),
    "headings of a Chinese Word": (
        ["渡口新聞社", "渡口渡船停航三天#標題 1", "林小舟　2026年11月25日", HANT[0], "復航#標題 2", HANT[1]],
        [("渡口渡船停航三天", "林小舟", 2)],
    ),
    "headings of a Japanese Word": (
        ["渡し場の船が三日間運休#表題", "山田花子　2026年11月25日", JA[0], "再開の日#見出し 1", JA[1]],
        [("渡し場の船が三日間運休", "山田花子", 2)],
    ),
    "headings of a Korean Word": (
        ["나루터 배 사흘 운항 중단#제목", "홍길동　2026.11.25", KO[0], "운항 재개#제목 1", KO[1]],
        [("나루터 배 사흘 운항 중단", "홍길동", 2)],
    ),
    "several stories with their dates": (
        ["渡口渡船停航三天#heading 1", "林小舟　2026年11月25日", *HANT, "老街夜市開張#heading 1", "2026-11-26 周遠明", *HANT],
        [("渡口渡船停航三天", "林小舟", 2), ("老街夜市開張", "周遠明", 2)],
    ),
    "several titles": (
        ["나루터 배 중단#제목", *KO, "나루터 배 재개#제목", *KO],
        [("나루터 배 중단", "", 2), ("나루터 배 재개", "", 2)],
    ),
}  # fmt: skip


def word_file(lines: list[str]) -> bytes:
    """Return a Word file of these lines; a style that is an id has no styles.xml."""
    named = {name for line in lines if (name := line.partition("#")[2]) and not name.startswith("Heading")}
    styles = {name: f"s{number}" for number, name in enumerate(sorted(named))}
    body = "".join(_paragraph(line, styles) for line in lines)
    files = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}"/>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    }
    if styles:
        each = (
            f'<w:style w:type="paragraph" w:styleId="{to}"><w:name w:val="{of}"/></w:style>'
            for of, to in styles.items()
        )
        files["word/styles.xml"] = f"<w:styles {_W}>{''.join(each)}</w:styles>"
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def _paragraph(line: str, styles: dict[str, str]) -> str:
    text, _, style = line.partition("#")
    text, _, size = text.partition("@")
    named = f'<w:pPr><w:pStyle w:val="{styles.get(style, style)}"/></w:pPr>' if style else ""
    sized = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    return f"<w:p>{named}<w:r>{sized}<w:t>{text}</w:t></w:r></w:p>"


def edited(raw: bytes) -> tuple[list[Article], list[Diagnostic]]:
    found: list[Diagnostic] = []
    received = Received("in.docx", lambda: BytesIO(raw), (), "", found.append)
    copies = [each.document for each in take(received, "docx")]
    return [desk.edit(copy, found.append) for copy in copies if isinstance(copy, Copy)], found


@pytest.mark.parametrize(("lines", "wanted"), FILES.values(), ids=FILES)
def test_a_word_file_keeps_its_headlines_bylines_and_every_line(
    lines: list[str], wanted: list[tuple[str, str, int]]
) -> None:
    articles, found = edited(word_file(lines))
    told = [
        (
            article.headline,
            "、".join(credit.name for credit in article.credits),
            sum(not isinstance(block, Crosshead) for block in article.body),
        )
        for article in articles
    ]
    assert told == wanted
    printed = "".join(plain(text) for article in articles for text in texts(article))
    lost = [line for line in lines if line in {*HANT, *HANS, *JA, *KO} and line not in printed]
    assert lost == []
    quiet = {each.code for each in found} & {Code.STORY_DOUBTFUL, Code.BYLINE_DOUBTFUL, Code.CHROME_LEFT_OUT}
    assert not quiet


def test_what_a_word_file_leaves_out_is_a_warning() -> None:
    _, found = edited(word_file(FILES["a letterhead in plain lines"][0]))
    assert [each.code for each in found if "渡口鎮公所" in each.message] == [Code.WORDS_LEFT_OUT]


def test_headings_that_may_be_headlines_are_said() -> None:
    lines = ["渡口渡船停航三天#heading 1", *HANT, "老街夜市開張#heading 1", *HANT]
    articles, found = edited(word_file(lines))
    assert [article.headline for article in articles] == ["渡口渡船停航三天"]
    assert ["老街夜市開張" in each.message for each in found if each.code is Code.STORY_DOUBTFUL] == [True]
