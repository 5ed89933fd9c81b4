"""Shapes of text that have made a stage slow: one piece of each, repeated until the text is as long as is wanted.

The pieces are Chinese, Japanese and Korean as much as they are Latin, and each names what once grew faster than it.
"""

from html import escape

PROSE = "老街的早市天一亮就開了，賣豆花的攤子排到渡口邊上，街坊們端著碗站在石階上聊天。"

# By name: what is repeated. A line feed in it makes many lines, none makes one line of any length.
PIECES: dict[str, str] = {
    "prose in one line": PROSE,
    "prose in paragraphs": PROSE * 5 + "\n\n",
    "short lines": "短行\n",
    "blank lines": "段落在此。\n\n\n\n",
    "blanks": " ",
    "ideographic spaces": "\N{IDEOGRAPHIC SPACE}",
    "blanks within": "字 \N{IDEOGRAPHIC SPACE} ",
    "opening brackets": "網(w",
    "corner brackets": "「",
    "closing brackets": "字）",
    "mojibake": "æ¸¡å\x8f£",
    "mojibake of GBK": "锟斤拷烫烫",
    "crumbs with bars": "首頁 | ",
    "crumbs with arrows": "首頁 > ",
    "commas": "字,字.字",
    "soft hyphens and joiners": "字\N{SOFT HYPHEN}字\N{ZERO WIDTH JOINER}",
    "entities": "&amp;amp;字&nbsp;",
    "entities never closed": "&#x4e00",
    "one Latin word": "abcdefghij",
    "one address": "https://example.org/a/",
    "digits": "1234567890",
    "dates": "2024年5月12日 ",
    "colons": "記者：",
    "stops": "。",
    "ellipses": "…",
    "dots": "·",
    "combining marks": "e\N{COMBINING ACUTE ACCENT}\N{COMBINING CEDILLA}",
    "voiced marks of half width": "\N{HALFWIDTH KATAKANA LETTER KA}\N{HALFWIDTH KATAKANA VOICED SOUND MARK}",
    "jamo": "\u1112\u1161\u11ab",
    "Hangul": "나루터 골목 시장이 ",
    "kana": "ひかりの渡し場で、",
    "variation selectors": "葛\N{VARIATION SELECTOR-17}",
    "private use": "\ue000字",
    "Pinyin in brackets": "渡(du)口(kou)",
    "asterisks": "*字",
    "backticks": "`",
    "underscores": "_字_ ",
    "square brackets": "[字](",
    "less-than signs": "<",
    "tags never closed": "<b>字",
    "comments never closed": "<!--字",
    "quotation marks": "> ",
    "hashes": "# 字\n",
    "hyphens": "- 字\n",
    "table bars": "|字|字|\n",
    "question marks": "字???",
    "lost bytes": "字\N{REPLACEMENT CHARACTER}",
    "names in a row": "林小舟 陳渡口 ",
    "dollars": "$x$",
    "backslashes": "\\",
}


def text(shape: str, size: int) -> str:
    """Return a page of plain text: a headline, and the shape at a length of `size` characters."""
    piece = PIECES[shape]
    return f"渡口老街的早市\n\n{(piece * (size // len(piece) + 1))[:size]}\n"


def html(shape: str, size: int) -> str:
    """Return the same page as HTML; each line is a paragraph. Shapes of markup are markup."""
    piece = PIECES[shape]
    body = (piece * (size // len(piece) + 1))[:size]
    if "<" not in piece and "&" not in piece:
        body = escape(body)
    paragraphs = "".join(f"<p>{line}</p>\n" for line in body.split("\n"))
    return f"<html><head><title>渡口老街的早市</title></head><body><h1>渡口老街的早市</h1>{paragraphs}</body></html>"


def markdown(shape: str, size: int) -> str:
    """Return the same page as Markdown."""
    piece = PIECES[shape]
    return f"# 渡口老街的早市\n\n{(piece * (size // len(piece) + 1))[:size]}\n"


FORMS = {"text": (text, ".txt"), "html": (html, ".html"), "markdown": (markdown, ".md")}
