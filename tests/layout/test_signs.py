"""What a reader sees as one sign is set as one, or stands as one 〓; other installed faces set what a style lacks."""

import pytest

from issues import text
from newsbook.diagnostics import Code, Diagnostic
from newsbook.fonts.faces import Face
from newsbook.layout import coverage
from newsbook.layout.coverage import named, substitute, with_installed
from newsbook.layout.signs import in_black, script_of, set_sign, signs
from newsbook.layout.style import Faces
from newsbook.model import Article, Issue, Paragraph, Span
from newsbook.model.walk import plain, texts

FAMILY, FLAG, WAVE = "👨‍👩‍👧‍👦", "🇨🇳", "👍🏽"


@pytest.mark.parametrize(
    ("sign", "lost", "made"),
    [
        ("渡", "", "渡"),
        ("渡", "渡", "〓"),
        (WAVE, "🏽", "👍"),
        (WAVE, "👍", "〓"),
        (FAMILY, "👧", "〓"),
        (FLAG, "🇨🇳", "〓"),
        ("1\ufe0f\u20e3", "\u20e3", "1"),
        ("❤\ufe0f", "❤", "〓"),
        ("葛\U000e0101", "", "葛\U000e0101"),
        ("कि", "क", "〓"),
    ],
)
def test_a_sign_is_set_as_one(sign: str, lost: str, made: str) -> None:
    assert list(signs(sign)) == [sign]
    assert set_sign(sign, lost) == made


def test_a_black_emoji_asks_for_no_colours() -> None:
    assert in_black("❤\ufe0f") == "❤\ufe0e"
    assert in_black(FLAG) == "🇨\ufe0e🇳"


def face(family: str, characters: str, *, coloured: bool = False) -> Face:
    points = sorted({ord(character) for character in characters})
    edges = tuple(edge for point in points for edge in (point, point + 1))
    return Face(family, "1.0", edges, is_coloured=coloured)


INSTALLED = {
    each.family: each
    for each in (
        face("Own", "渡口停航12，报。"),
        face("Half Arabic", "مه"),
        face("Arabic", "مهتجان"),
        face("Black", "😭❤👨👩👧👦🇨🇳"),
        face("Colours", "😭🚢👍🏽❤0123456789", coloured=True),
    )
}
FACES = Faces({"zh-Hans": ("Own",)}, {"zh-Hans": ("Own",)}, {"zh-Hans": ("Own",)})


def set_in_print(
    words: str, monkeypatch: pytest.MonkeyPatch, *, is_vertical: bool = False, without: str = ""
) -> tuple[str, tuple[str, ...], tuple[str, ...], list[Diagnostic]]:
    """Return a text as it is set, the faces that were added, those of them that a sheet names, and what was found."""
    here = {family: each for family, each in INSTALLED.items() if family != without}

    def having(character: str) -> tuple[str, ...]:
        return tuple(family for family, each in here.items() if each.covers(character))

    monkeypatch.setattr(coverage, "families_with", having)
    issue = Issue("报", (Article("渡口", (Paragraph(text(words)),), language="zh-Hans"),), "zh-Hans")
    faces = with_installed(issue, FACES, here.get, is_vertical=is_vertical)
    found: list[Diagnostic] = []
    article = substitute(issue, faces, here.get, found.append).articles[0]
    return plain(next(iter(texts(article.body[0])))), faces.spare, named(faces, FACES, here.get).spare, found


def test_every_installed_face_is_asked_before_a_sign_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "渡口مهتجان"
    assert set_in_print(words, monkeypatch) == (words, ("Arabic",), ("Arabic",), [])


def test_emoji_are_set_in_colours_where_a_face_has_any(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set_in_print("停航🚢😭", monkeypatch)[:3] == ("停航🚢😭", ("Colours",), ())
    assert set_in_print("停航😭", monkeypatch, without="Colours")[:3] == ("停航😭\ufe0e", ("Black",), ("Black",))
    assert set_in_print("停航😭", monkeypatch, is_vertical=True)[:3] == ("停航😭\ufe0e", ("Black",), ("Black",))


def test_what_is_missing_is_one_finding_for_an_article_and_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _, _, found = set_in_print(f"渡口ש{WAVE}ל{FAMILY}🚢ו😭ם", monkeypatch, without="Colours")
    assert made.startswith("渡口〓〓〓")
    assert made.count("〓") == len("שלום") + len((WAVE, "🚢"))
    assert [finding.code for finding in found] == [Code.GLYPH_MISSING] * 2
    assert "Hebrew" in found[0].message
    assert "U+1F44D+U+1F3FD, U+1F6A2 (emoji)" in found[1].message


def test_an_address_is_not_changed_for_an_emoji_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "families_with", lambda _: ("Black",))
    link = Span("渡口", href="https://a.example/😭")
    issue = Issue("报", (Article("渡口", (Paragraph((link,)),), language="zh-Hans"),), "zh-Hans")
    faces = with_installed(issue, FACES, INSTALLED.get, is_vertical=False)
    assert substitute(issue, faces, INSTALLED.get, print).articles[0].body == (Paragraph((link,)),)


@pytest.mark.parametrize(("sign", "script"), [("Ж", "Cyrillic"), ("ก", "Thai"), ("क", "Devanagari"), ("⛎", "emoji")])
def test_a_script_has_a_name(sign: str, script: str) -> None:
    assert script_of(sign) == script
