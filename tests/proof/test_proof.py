"""The proof sheet: everything that was done is on it, nothing in a page can act in it, and it needs nothing else."""

import base64
import hashlib
import json
import re

import pytest
from lxml import html
from msgspec.structs import replace

from issues import article as full_article
from newsbook.assets import root
from newsbook.desk import edit
from newsbook.diagnostics import Code, Diagnostic, Place, Severity
from newsbook.model import OVERRIDE, Article, Copy, Figure, Line, Omission, Paragraph, Repair, Source, Span
from newsbook.proof import Galley, Pull, make_sheet, pull_galley
from newsbook.replay import replay

RAW = (
    "渡口開(kāi)市了",
    "2024-05-06 08:30 來源:渡口街坊網",
    "他說?！毙律迳鐓^很好，街坊都來了。",
    "清晨的渡口。許一帆攝",
    "分享到：微信 微博",
)
READING = Repair("bracketed-reading", 1, 4, "(kāi)", "")
MARK = Repair("half-width-mark", 2, 20, ":", "：", 0.97)
SLIP = Repair("slipped-bytes", 3, 3, "?！毙律迳鐓^", "。”新生村社區", 0.5, doubtful=True)
RECORD = (READING, MARK, SLIP)


def pull(texts: tuple[str, ...] = RAW, made: tuple[Repair, ...] = RECORD, *rulings: Repair) -> Pull:
    source = Source(name="page.txt", sha256="abc", encoding="utf-8")
    received = Copy(tuple(Line(text, number) for number, text in enumerate(texts, 1)), source)
    taken = {(repair.line, repair.column) for repair in rulings}
    record = (*(repair for repair in made if (repair.line, repair.column) not in taken), *rulings)
    mended, ruled = (_with(received, entries) for entries in (made, record))
    return Pull(received, mended, ruled, "page.txt.overrides.json")


def _with(received: Copy, record: tuple[Repair, ...]) -> Copy:
    lines = tuple(replay(line, (entry for entry in record if entry.line == line.number)) for line in received.lines)
    return replace(received, lines=lines, source=replace(received.source, repairs=record))


def galley_of(pulled: Pull, *findings: Diagnostic, pictures: dict[str, str] | None = None) -> Galley:
    return pull_galley("a1", edit(pulled.ruled, print), pulled, pictures or {}, findings)


def page_of(*galleys: Galley) -> html.HtmlElement:
    return html.document_fromstring(make_sheet("page.txt", galleys).decode())


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in page.cssselect(selector)]


def changes_of(page: html.HtmlElement) -> list[dict[str, object]]:
    """Return the changes as the page's script gets them."""
    (node,) = page.cssselect("script[data-galley]")
    return [dict(change) for change in json.loads(f"{node.text}")["repairs"]]


def test_raw_and_repaired_stand_side_by_side_with_every_change_marked() -> None:
    page = page_of(galley_of(pull()))
    assert texts(page, ".lines .raw") == [" ".join(text.split()) for text in RAW]
    assert texts(page, ".lines .now")[:3] == ["渡口開市了", RAW[1].replace("源:", "源："), RAW[2]]
    assert texts(page, ".lines .raw del") == ["(kāi)", ":", SLIP.before]
    assert texts(page, ".lines .now ins") == ["", "：", SLIP.before]
    titles = [node.get("title") for node in page.cssselect(".lines del")]
    assert titles == ["bracketed reading · 100 % sure", "half width mark · 97 % sure", "slipped bytes · 50 % sure"]


def test_doubts_come_first_with_the_guess_in_its_sentence() -> None:
    page = page_of(galley_of(pull()))
    (doubt,) = page.cssselect(".doubt")
    assert texts(doubt, ".text") == [RAW[2], RAW[2].replace(SLIP.before, SLIP.after)]
    headings = texts(page, "h3")
    assert headings == ["Doubtful", "Found", "Figures", "Text", "Left out"]
    assert texts(page, ".counts .count") == [
        "1 open doubt",
        "1 × bracketed reading",
        "1 × half width mark",
        "1 left out",
    ]


def test_articles_with_open_doubts_come_first() -> None:
    sure = replace(galley_of(pull(made=(READING,))), name="a1")
    doubtful = replace(galley_of(pull()), name="a2")
    page = page_of(sure, doubtful)
    assert [node.get("id") for node in page.cssselect("article")] == ["a2", "a1"]
    settled = galley_of(pull(RAW, RECORD, Repair(OVERRIDE, 3, 3, SLIP.before, SLIP.before)))
    assert settled.open == 0


def test_fields_figures_and_omissions_are_there() -> None:
    pulled = pull()
    article = edit(replace(pulled.ruled, pictures=("page.1.jpg",)), print)
    galley = pull_galley("a1", article, pulled, {"page.1.jpg": "data:image/png;base64,AAAA"}, ())
    page = page_of(galley)
    fields = dict(zip(texts(page, ".fields dt"), texts(page, ".fields dd"), strict=True))
    assert fields["Headline"] == "渡口開市了"
    assert (fields["Outlet"], fields["Author"]) == ("渡口街坊網", "not found")
    assert page.cssselect("figure img")[0].get("src") == "data:image/png;base64,AAAA"
    assert texts(page, "figcaption") == ["清晨的渡口。 許一帆攝"]
    assert texts(page, ".out .text") == ["分享到：微信 微博"]
    assert "share bar" in texts(page, ".out .place")[0]
    assert texts(page_of(galley_of(pulled)), ".frame") == ["No picture was supplied"]


@pytest.mark.parametrize(
    ("ruling", "decision", "now"),
    [
        (Repair(OVERRIDE, 3, 3, SLIP.before, SLIP.after), "accept", SLIP.after),
        (Repair(OVERRIDE, 3, 3, SLIP.before, SLIP.before), "reject", SLIP.before),
        (Repair(OVERRIDE, 3, 3, SLIP.before, "。好"), "replace", "。好"),
        (Repair(OVERRIDE, 4, 1, "清晨", "傍晚"), "replace", "傍晚"),
    ],
)
def test_earlier_decisions_are_on_the_sheet(ruling: Repair, decision: str, now: str) -> None:
    galley = galley_of(pull(RAW, RECORD, ruling))
    page = page_of(galley)
    (mark,) = page.cssselect(f".lines ins[data-decision={decision}]")
    assert mark.text_content() == now
    (entry,) = [change for change in changes_of(page) if change["decision"]]
    assert (entry["decision"], entry["now"], entry["before"]) == (decision, now, ruling.before)
    if ruling.line == SLIP.line:
        assert (entry["kind"], entry["after"]) == (SLIP.kind, SLIP.after)


def test_what_is_kept_is_still_listed() -> None:
    pulled = pull()
    kept = Omission("share-bar", 5, RAW[4], 1)
    galley = galley_of(replace(pulled, ruled=replace(pulled.ruled, kept=(kept,))))
    (button,) = page_of(galley).cssselect(".keep")
    assert button.get("aria-pressed") == "true"


HOSTILE = (
    "</script><script>window.harm=1</script>",
    "<img src=x onerror=window.harm=1> {{ 7*7 }} {% raw %}",
    '" autofocus onfocus=window.harm=1 x="\' &lt;b&gt; &amp;',
    "<!-- <script> ]]> \u2028 \u202e \x07\ufeff",
)


def hostile() -> Galley:
    """Return a galley whose every string is an attack."""
    attack = HOSTILE[0] + HOSTILE[2]
    made = tuple(
        Repair(attack, number, 1, text, attack, 0.5, doubtful=number % 2 == 0) for number, text in enumerate(HOSTILE, 1)
    )
    pulled = pull(HOSTILE, made)
    source = replace(pulled.ruled.source, name=attack, outlet=attack, omissions=(Omission(attack, 1, attack),))
    body = (Paragraph((Span(attack),)), Figure((Span(attack),), attack, "x", attack))
    article = Article(attack, body, kicker=attack, language=attack, source=source)
    finding = Diagnostic(Code.DATE_MISSING, attack, Place(attack, 1), attack)
    return pull_galley("a1", article, replace(pulled, decisions=attack), {"x": attack}, (finding,))


def test_hostile_text_is_text() -> None:
    made = make_sheet(HOSTILE[0], (hostile(),)).decode()
    page = html.document_fromstring(made)
    clean = page_of(galley_of(pull()))
    assert {node.tag for node in page.iter("*")} <= {node.tag for node in clean.iter("*")} | {"img", "ul", "li", "a"}
    assert len(page.cssselect("script")) == len(clean.cssselect("script"))
    names = {name for node in page.iter("*") for name in node.attrib}
    assert not {name for name in names if name.startswith("on")} | names & {"autofocus", "style"}
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\ufeff\u2028]", made)
    assert changes_of(page)[0]["before"] == HOSTILE[0]
    assert "49" not in "".join(texts(page, ".lines .raw"))


def test_the_page_is_whole_in_itself_and_its_policy_names_its_parts() -> None:
    made = make_sheet("x", (galley_of(pull()),)).decode()
    page = html.document_fromstring(made)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!data:|#)|@import|url\(""", made.split("<script>")[0])
    policy = page.cssselect("meta[http-equiv]")[0].get("content")
    assert "default-src 'none'" in f"{policy}"
    for tag in ("style", "script:not([type])"):
        (node,) = page.cssselect(tag)
        digest = base64.b64encode(hashlib.sha256(f"{node.text}".encode()).digest()).decode()
        assert f"'sha256-{digest}'" in f"{policy}"


def test_an_article_without_a_page_has_its_text_and_nothing_to_decide() -> None:
    article = replace(full_article(), source=Source(name="a.json", repairs=RECORD))
    page = page_of(pull_galley("a1", article, None, {}, ()))
    assert page.cssselect(".plain p")
    assert not page.cssselect(".lines, .keep, .save")
    assert len(page.cssselect(".record tbody tr")) == len(RECORD)


def test_findings_are_those_of_the_article_that_nothing_else_shows() -> None:
    mine = Diagnostic(Code.STRUCTURE_DOUBTFUL, "it may be something else", Place("page.txt", 4))
    shown = Diagnostic(Code.REPAIRED, "2 repaired", Place("page.txt"))
    other = Diagnostic(Code.DATE_MISSING, "no date", Place("other.txt"))
    page = page_of(galley_of(pull(), mine, shown, other))
    assert len(page.cssselect(".findings li")) == 1
    assert page.cssselect(".findings a")[0].get("href") == "#a1-l4"
    assert page.cssselect("#a1-l4")


def test_every_class_of_the_sheet_is_known_to_its_style_and_the_other_way_round() -> None:
    css = re.sub(r'/\*.*?\*/|"[^"]*"', "", (root() / "styles" / "proof.css").read_text("utf-8"), flags=re.DOTALL)
    known = set(re.findall(r"\.([a-z][a-z-]+)", css))
    template, script = ((root() / "templates" / name).read_text("utf-8") for name in ("proof.html", "proof.js"))
    plain_names = " ".join(re.findall(r'class="((?:[^"{]|{%.*?%}|{{.*?}})*)"', template))
    used = set(re.sub(r"{%.*?%}|{{.*?}}", " ", plain_names).split())
    used |= set(re.findall(r'(?:className = |classList\.\w+\()"([a-z-]+)"', script)) | {s.value for s in Severity}
    assert known - used == set()
    assert used - known == {"count", "note", "row", "save"}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make_sheet("x", (galley_of(pull()),)) == make_sheet("x", (galley_of(pull()),))
