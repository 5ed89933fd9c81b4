"""Find the formulas of a page: MathML, and TeX in scripts, in pictures' alternative texts, and between its own marks.

A page that draws formulas by a script (MathJax, KaTeX) shows each once and may hold it three times.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from lxml import etree
from msgspec import Struct

from newsbook import formulas
from newsbook.readers.html.tree import Tree, attribute, hints, offset_of, without_markers
from newsbook.readers.text import closed_up

_SCRIPT = re.compile(r"math/(?:tex|latex)", re.IGNORECASE)
_CALLED = re.compile(r"(?:^|\s)(?:math (?:inline|display|block)|math-tex|language-math)(?=$|\s)")
_DRAWN = re.compile(r"(?:^|\s)(?:katex-html|MathJax(?:_\w+)?)(?=$|\s)")
_PICTURE = re.compile(
    r"equation\?tex=|latex\.php|mathtex|latex\.codecogs|mwe-math-fallback|(?:^|\s)(?:latex|tex|formula)(?=$|\s)"
)
_DISPLAY_STYLE = re.compile(r"^\{?\s*\\displaystyle\s*(.*?)\}?\s*$", re.DOTALL)
_PREFIX = re.compile(r"(</?)\w+:(?=\w)")
_END = re.compile(r"</(?:\w+:)?math\s*>", re.IGNORECASE)
_LONGEST = 20_000

# TeX in text. A dollar opens and closes without a space inside, and is no price where figures follow it.
_BETWEEN = re.compile(
    r"\\\((?P<inline>[^\n]{1,500}?)\\\)|\\\[(?P<block>.{1,2000}?)\\\]|\$\$(?P<double>[^$]{1,2000}?)\$\$"
    r"|(?<![\\$A-Za-z0-9])\$(?P<single>[^\s$](?:[^$\n]{0,300}[^\s$\\])?)\$(?![\d$])",
    re.DOTALL,
)
_IS_TEX = re.compile(r"[\\^_=<>{}]|^[A-Za-z]$")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3。，、]")
_IN_WORDS = re.compile(r"\\(?:text|mathrm|mbox|operatorname)\s*\{[^{}]*\}")


class Formula(Struct, frozen=True):
    """A formula: what it says in a line, and its MathML, empty where that is not known."""

    text: str
    math: str = ""


def is_math(element: etree._Element) -> bool:
    """Tell whether an element is MathML's outermost, with a prefix or without."""
    return isinstance(element.tag, str) and element.tag.rpartition(":")[2] == "math"


def formula_of(element: etree._Element, tree: Tree) -> Formula | None:
    """Return the formula that an element is, None where it is none."""
    if is_math(element):
        return _of_mathml(element, tree)
    if element.tag == "script" and _SCRIPT.match(attribute(element, "type")):
        return of_tex(without_markers(element.text or ""), is_display="display" in attribute(element, "type"))
    if element.tag == "img" and is_formula_picture(element):
        return of_tex(_tex_of_picture(element))
    if _CALLED.search(element.get("class", "")) and not len(element):
        text = (element.text or "").strip()
        whole = _BETWEEN.fullmatch(text)
        return of_tex(next(filter(None, whole.groups())) if whole else text, is_display="inline" not in hints(element))
    return None


def is_formula_picture(element: etree._Element) -> bool:
    """Tell whether a picture is a formula, whose alternative text or address is its TeX."""
    named = f"{element.get('class', '')} {attribute(element, 'src', 'data-src')}"
    return bool(_PICTURE.search(named) and _tex_of_picture(element))


def _tex_of_picture(element: etree._Element) -> str:
    query = (
        urlsplit(attribute(element, "src", "data-src")).query if "tex=" in attribute(element, "src", "data-src") else ""
    )
    stated = attribute(element, "alt") or next(iter(parse_qs(query).get("tex", ())), "")
    styled = _DISPLAY_STYLE.match(stated)
    return styled[1] if styled else stated


def is_drawn_again(element: etree._Element) -> bool:
    """Tell whether an element draws the formula that stands beside it as MathML or TeX."""
    if not _DRAWN.search(element.get("class", "")):
        return "mwe-math-fallback" in element.get("class", "") and _has_math(element.getparent())
    after = islice(element.itersiblings(), 2)
    told = any(each.tag == "script" and _SCRIPT.match(attribute(each, "type")) for each in after)
    return told or ("katex-html" in element.get("class", "") and _has_math(element.getparent()))


def holds_formula(element: etree._Element) -> bool:
    """Tell whether an element that the page hides holds the MathML of a formula that it shows."""
    return bool(re.search(r"mwe-math|katex-mathml|MJX_Assistive|assistive", element.get("class", ""))) and _has_math(
        element
    )


def _has_math(element: etree._Element | None) -> bool:
    return element is not None and any(map(is_math, element.iter(etree.Element)))


def _of_mathml(element: etree._Element, tree: Tree) -> Formula:
    """Return what MathML says, by its text in the page, which a parser of HTML may take apart."""
    start = offset_of(element)
    end = _END.search(tree.text, max(0, start), max(0, start) + _LONGEST) if start >= 0 else None
    raw = tree.text[start : end.end()] if end else ""
    for source in (raw, without_markers(etree.tostring(element, encoding="unicode", with_tail=False))):
        math = formulas.cleaned(_PREFIX.sub(r"\1", source))
        if math and formulas.said(math):
            return Formula(formulas.said(math), math)
    annotation = next((each.text for each in element.iter("annotation") if "tex" in attribute(each, "encoding")), "")
    return of_tex(annotation or "") or Formula(closed_up("".join(element.itertext())))


def of_tex(tex: str, *, is_display: bool = False) -> Formula | None:
    """Return what TeX says; as it is written where nobody knows what that is. None where it is empty."""
    tex = tex.strip()
    math = formulas.from_tex(tex, is_display=is_display) if tex else ""
    text = formulas.said(math)
    if text:
        return Formula(text, math)
    return Formula(closed_up(tex)) if tex else None


def divided(text: str) -> Iterator[str | Formula]:
    """Yield a piece of text with the formulas in it."""
    at = 0
    for match in _BETWEEN.finditer(text) if "$" in text or "\\" in text else ():
        tex = next(filter(None, match.groups()), "").strip()
        if not tex or (match["single"] and not _IS_TEX.search(tex)) or _HAN.search(_IN_WORDS.sub("", tex)):
            continue
        formula = of_tex(tex, is_display=bool(match["block"] or match["double"]))
        if formula and formula.math:
            yield from (text[at : match.start()], formula)
            at = match.end()
    yield text[at:]
