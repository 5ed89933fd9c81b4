"""Hostile inputs, each with what comes of it: the shapes that have broken parsers, editors and page engines before."""

import json
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from newsbook.diagnostics import Code

PROSE = "老街的早市天一亮就開了，賣豆花的攤子排到渡口邊上，街坊們端著碗站在石階上聊天。"
MORE = "渡口的書房把長桌搬到涼亭底下，借閱的人可以坐到天黑，鄰里送來的舊書堆滿了半面牆。"
HEAD = "渡口老街的早市"

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | None"


class Hostile(Struct, frozen=True):
    """An input: its file name, its bytes, what is told of it, and what must stand in its article.

    `refused` is a part of the sentence that refuses it; empty where it is read. `stories` come of it.
    """

    name: str
    make: Callable[[], bytes]
    codes: tuple[Code, ...] = ()
    kept: tuple[str, ...] = (PROSE,)
    refused: str = ""
    gone: tuple[str, ...] = ()
    stories: int = 1


def page(text: str) -> Callable[[], bytes]:
    return lambda: f"{HEAD}\n\n{PROSE}\n\n{text}\n\n{MORE}\n".encode("utf-8", "surrogatepass")


def html(markup: str) -> Callable[[], bytes]:
    return f"<html><body><h1>{HEAD}</h1><p>{PROSE}</p>{markup}<p>{MORE}</p></body></html>".encode


def native(text: "Json", **facts: "Json") -> Callable[[], bytes]:
    body: Json = [{"type": "paragraph", "text": [{"text": PROSE}]}, {"type": "paragraph", "text": text}]
    return lambda: json.dumps({"type": "article", "headline": HEAD, "body": body, **facts}).encode()


def lines_of(kind: str) -> Callable[[], bytes]:
    """Return an article of a block of very many short lines."""
    body: Json = [{"type": "paragraph", "text": [{"text": PROSE}]}, {"type": kind, "text": [{"text": "短\n" * 9_000}]}]
    return lambda: json.dumps({"type": "article", "headline": HEAD, "body": body}).encode()


def record(**facts: "Json") -> Callable[[], bytes]:
    return lambda: json.dumps({"title": HEAD, "text": f"{PROSE}\n\n{MORE}", **facts}).encode()


def nested(depth: int) -> Callable[[], bytes]:
    def make() -> bytes:
        news: Json = {"uri": "urn:x:0", "headline": HEAD, "type": "text", "body_text": PROSE, "versioncreated": "2024"}
        for number in range(depth):
            news = {"uri": f"urn:x:{number}", "type": "composite", "associations": {"a": news}, "headline": "深"}
        return json.dumps(news).encode()

    return make


SURROGATES = '{"title": "渡口\\ud800老街", "text": "' + PROSE + "\\udfff\\ud83d" + MORE + '"}'
LONG = 20_001

# --- what the security notes and the issue name
NAMED = (
    Hostile("nul.txt", page("一個\0字"), kept=(PROSE, "一個字")),
    Hostile("controls.txt", page("一個\x01\x08\x1b[0m字"), kept=("一個",)),
    Hostile("noncharacters.txt", page("一個\ufffe\uffff字"), kept=("一個字",)),
    Hostile("lone.json", SURROGATES.encode, (Code.CONTROL_CHARACTERS,), (PROSE, MORE)),
    Hostile("lone.jsonl", (SURROGATES + "\n").encode, (Code.CONTROL_CHARACTERS,), (PROSE, MORE)),
    Hostile("lone-native.json", native([{"text": "早\ud800市"}]), (Code.CONTROL_CHARACTERS,), (PROSE, "早�市")),
    Hostile("deep.json", lambda: b"[" * 100_000 + b"]" * 100_000, refused="not JSON"),
    Hostile("ninjs-deep.json", nested(200), refused="cap depth"),
    Hostile(
        "ninjs-types.json",
        lambda: json.dumps(
            {"uri": 5, "headline": ["x"], "type": {"a": 1}, "associations": [1, None], "versioncreated": {}}
        ).encode(),
        refused="without any text",
    ),
    Hostile("number.json", lambda: record()().replace(b"{", b'{"views": ' + b"9" * 5000 + b", ", 1)),
    Hostile("nan.json", lambda: record()().replace(b"{", b'{"score": NaN, "score": 2, ', 1)),
    Hostile("null-title.json", record(title=None)),
    Hostile("dated.json", native([{"text": MORE}], published="昨天"), (Code.FACT_UNREADABLE,)),
    Hostile("dated-never.json", native([{"text": MORE}], published="9999-99-99T99:99:99"), (Code.FACT_UNREADABLE,)),
    Hostile("reading.json", native([{"text": "渡口", "ruby": "わ" * 40_000}]), (Code.OVER_CAP,), ("わ" * 900,)),
    Hostile(
        "reading.html", html(f"<p><ruby>渡<rt>{'わ' * 40_000}</rt></ruby>口開市了，來的人很多。</p>"), (Code.OVER_CAP,)
    ),
    Hostile("headline.json", native([{"text": MORE}], headline="渡口" * 50_000), (Code.OVER_CAP,), ("渡口" * 2_000,)),
    Hostile("byline.json", native([{"text": MORE}], byline="林" * LONG), (Code.OVER_CAP,), ("林" * 4_000,)),
    Hostile(
        "script.json",
        native([{"text": "按此", "href": "javascript:alert(1)"}]),
        (Code.LINK_LEFT_OUT,),
        ("按此",),
        gone=("javascript:",),
    ),
    Hostile(
        "script-tab.json",
        native([{"text": "按此", "href": "java\tscript:alert(1)"}]),
        (Code.LINK_LEFT_OUT,),
        ("按此",),
        gone=("script:",),
    ),
    Hostile(
        "file-link.json",
        native([{"text": "按此", "href": "file:///etc/passwd"}]),
        (Code.LINK_LEFT_OUT,),
        ("按此",),
        gone=("passwd",),
    ),
    Hostile(
        "override.json",
        native([{"text": "左\u202e右邊\u202c邊"}]),
        (Code.CONTROL_CHARACTERS,),
        ("左右邊邊",),
        gone=("\u202e",),
    ),
    Hostile(
        "address.json",
        native(
            [{"text": "按此", "href": "https://a.example/" + "渡" * 9_000}],
            source={"url": f"https://{'渡口' * 5_000}/"},
        ),
        (Code.LINK_LEFT_OUT,),
        ("按此",),
        gone=("a.example",),
    ),
    Hostile("section.json", native([{"text": MORE}], section="渡口" * 50_000), (Code.OVER_CAP,)),
    Hostile(
        "credits.json",
        native(
            [{"text": MORE}], credits=[{"role": "author", "name": "林" * 100_000}], source={"outlet": "渡口" * 50_000}
        ),
        (Code.OVER_CAP,),
    ),
    Hostile(
        "rights.json",
        native([{"text": MORE}], source={"rights": "渡口" * LONG, "usage": "早市" * LONG}),
        (Code.OVER_CAP,),
        (PROSE, MORE),
    ),
    Hostile(
        "alternative.json",
        lambda: native([{"text": MORE}])().replace(
            b'"body": [', b'"body": [{"type": "figure", "alt": "' + "渡口".encode() * LONG + b'"}, ', 1
        ),
        (Code.OVER_CAP,),
        (PROSE, MORE, "渡口" * 9_000),
        gone=("渡口" * 10_001,),
    ),
    Hostile("verse.json", lines_of("verse"), refused="cap parts"),
    Hostile("preformatted.json", lines_of("preformatted"), refused="cap parts"),
    Hostile("isolate.json", native([{"text": "說\u2067שלום"}]), (Code.CONTROL_CHARACTERS,), ("\u2067שלום\u2069",)),
    Hostile(
        "override-title.json",
        native([{"text": MORE}], headline="渡\u202e口"),
        (Code.CONTROL_CHARACTERS,),
        gone=("\u202e",),
    ),
    Hostile(
        "override-name.json", native([{"text": MORE}], byline="林\u2066小舟"), (Code.CONTROL_CHARACTERS,), ("林小舟",)
    ),
    Hostile("marks.json", native([{"text": "e" + "\u0301" * 50_000}]), (Code.OVER_CAP,), ("e" + "\u0301" * 10,)),
    Hostile("paragraph.txt", page(PROSE * 600), (Code.OVER_CAP,)),
    Hostile("word.txt", page("a" * LONG), (Code.OVER_CAP,), ("a" * 2_000,)),
    Hostile("address.txt", page("https://example.org/" + "a/" * LONG), (Code.OVER_CAP,)),
    Hostile("emoji.txt", page("👨\u200d" * 5_000)),
    Hostile("nested.html", html("<div>" * 20_000 + "底" + "</div>" * 20_000), refused="nested deeper"),
    Hostile("inline.html", html("<p>" + "<b><i>" * 200 + "字" + "</i></b>" * 200 + "</p>")),
    Hostile("lists.html", html("<ul><li>層" * 60 + "</li></ul>" * 60)),
    Hostile(
        "colspan.html",
        html("<table><tr><td colspan=1000000>甲</td><td rowspan=65534>乙</td></tr></table>"),
        kept=("甲", "乙"),
    ),
    Hostile("elements.html", html("<b>" * 301_000), refused="cap elements"),
    Hostile(
        "reach.html",
        html(
            "<img src='file:///etc/passwd'><img src='//169.254.169.254/a.png'><base href='file:///'>"
            "<object data='/etc/passwd'></object><iframe src='/etc/passwd'></iframe><link rel=stylesheet href='file:///etc/passwd'>"
            "<a rel=attachment href='/etc/passwd'>附件</a><svg><image href='/etc/passwd'/></svg>"
        ),
    ),
    Hostile("lines.txt", page("短行\n" * 200_001), refused="cap lines"),
    Hostile("endless.txt", page("渡口開市了。" * 340_000), refused="cap text"),
    Hostile("endless.md", page("[字](" * 500_001), refused="cap text"),
    Hostile("template.txt", page("書房寫著 {{7*7}} 和 {% raw %}，誰也不知道是什麼意思。"), kept=("{{7*7}}",)),
)

# --- what no list had: East Asia's own
OWN = (
    Hostile("corner.txt", page("「" * 100_000), (Code.OVER_CAP,)),
    Hostile("corner.html", html(f"<p>{'「' * LONG}</p>"), (Code.OVER_CAP,)),
    Hostile("descriptions.txt", page("⿰" * 5_000 + "木木"), kept=("⿰⿰",)),
    Hostile("selectors.txt", page("\ufe00\U000e0100" * 5_000)),
    Hostile("selectors.json", native([{"text": "\ufe00\U000e0100" * 50}])),
    Hostile("voiced.txt", page("ﾞ" * 100_000), (Code.OVER_CAP,)),
    Hostile("voiced-kana.txt", page("ｶﾞ" * LONG), (Code.OVER_CAP,)),
    Hostile(
        "voiced-marks.json", native([{"text": "か" + "\u3099" * 10_000}]), (Code.OVER_CAP,), ("か" + "\u3099" * 10,)
    ),
    Hostile("tone-marks.json", native([{"text": "字" + "\u302a\u302b" * 5_000}]), (Code.OVER_CAP,)),
    Hostile("jamo.txt", page("\u1112\u1161\u11ab" * 10_000), (Code.OVER_CAP,)),
    Hostile("vowels.txt", page("\u1161" * LONG), (Code.OVER_CAP,)),
    Hostile("republic.txt", page("民國" + "1" * 100_000 + "年5月6日，渡口開市。"), (Code.OVER_CAP,)),
    Hostile("era.txt", page("令和" + "９" * 100_000 + "年五月六日"), (Code.OVER_CAP,)),
    Hostile("numerals.txt", page("一億" * LONG), (Code.OVER_CAP,)),
    Hostile("spaces.txt", page("字" + "\u3000" * 100_000 + "字"), (Code.OVER_CAP,)),
    Hostile("spaces.html", html(f"<p>字{' ' * 100_000}字</p>"), kept=("字 字",)),
    Hostile("indents.txt", page(("\u3000" * 50 + "行\n") * 200), kept=("行",)),
    Hostile("ruby-nested.html", html("<p>" + "<ruby>渡<rt>" * 50 + "わ" + "</rt></ruby>" * 50 + "</p>")),
    Hostile("ruby-many.html", html("<p>" + "<ruby>渡<rt>わ</rt></ruby>" * 3_000 + "</p>"), (Code.OVER_CAP,)),
    Hostile(
        "gb18030.txt",
        lambda: page("\u3400\u4dbf" * 200)().decode().encode("gb18030")[:-3] + b"\x81\x30\x81",
        kept=(PROSE,),
    ),
    Hostile("gb18030-cut.txt", lambda: page("渡口")().decode().encode("gb18030") + b"\x84\x31", kept=(PROSE,)),
    Hostile("big5.txt", lambda: page("渡口")().decode().encode("big5") + b"\xa4\xa4\n\xa4", kept=(PROSE,)),
    Hostile("big5-leads.txt", lambda: page("渡口")().decode().encode("big5") + b"\xa4\n" * 3, kept=(PROSE,)),
    Hostile(
        "shift-jis.txt",
        lambda: ("渡し場の朝市\n\n" + "渡し場の朝市が、けさ五時に始まった。" * 8 + "\n").encode("cp932") + b"\x81",
        kept=("渡し場の朝市が",),
    ),
    Hostile("iso-2022.txt", lambda: b"\x1b$B" * 50 + page("渡口")(), kept=(PROSE,)),
    Hostile("utf-7.txt", page("+AGg-" * 200)),
    Hostile("bom.txt", page("字\ufeff" * 2_000)),
    Hostile("joiners.txt", page("字\u200d\u200c" * LONG), (Code.OVER_CAP,)),
    Hostile(
        "zalgo.txt", page("".join("渡口開市"[at % 4] + "\u0301\u0489" * 15 for at in range(300))), (Code.OVER_CAP,)
    ),
    Hostile("zalgo-headline.json", native([{"text": MORE}], headline="渡" + "\u0336\u0489" * 200), (Code.OVER_CAP,)),
    Hostile("digits.txt", page("第" + "1234567890" * 2_001 + "號"), (Code.OVER_CAP,)),
    Hostile("digits-vertical.json", native([{"text": "1" * 20_001}]), (Code.OVER_CAP,)),
    Hostile("iteration.txt", page("々ゝヽ" * LONG), (Code.OVER_CAP,)),
    Hostile("long-vowels.txt", page("ー" * 50_000), (Code.OVER_CAP,)),
    Hostile("dots.txt", page("・" * 50_000), (Code.OVER_CAP,)),
    Hostile("bopomofo.txt", page("ㄅㄆㄇˊ" * LONG), (Code.OVER_CAP,)),
    Hostile("geta.txt", page("〓" * LONG), (Code.OVER_CAP,)),
    Hostile("radicals.txt", page("⺀⼀" * LONG), (Code.OVER_CAP,)),
    Hostile("compatibility.txt", page("㍻㌔㌘㋀" * LONG), (Code.OVER_CAP,)),
    Hostile("replaced.txt", page("字\ufffd" * LONG), (Code.OVER_CAP,)),
    Hostile("private.txt", page("\ue000\uf8ff" * 10_001), (Code.OVER_CAP,)),
    Hostile("pinyin.txt", page("渡(du)口(kou)" * 3_000), (Code.OVER_CAP,)),
    Hostile("questions.txt", page("字??" * 7_000), (Code.OVER_CAP,)),
    Hostile("ellipses.txt", page("…" * LONG), (Code.OVER_CAP,)),
    Hostile("quotes.md", f"# {HEAD}\n\n{PROSE}\n\n{'> ' * 8}深\n\n{MORE}\n".encode),
    Hostile("formula.json", native([{"text": '=HYPERLINK("http://x")'}]), kept=("=HYPERLINK",)),
)
