"""Formulas: MathML, and TeX as MathML, cleaned for an edition; said in a line; and set where nothing can draw MathML.

Presentation MathML as MathML Core has it, without what runs or refers. https://www.w3.org/TR/mathml-core/
"""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

_MATHML = "http://www.w3.org/1998/Math/MathML"
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ELEMENTS = _LEAVES | {
    "math", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "menclose", "mfenced", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mlabeledtr", "mtd",
    "mspace", "mphantom", "merror", "semantics",
}  # fmt: skip
_ATTRIBUTES = frozenset({
    "accent", "accentunder", "close", "columnalign", "columnspan", "depth", "display", "displaystyle", "fence", "form",
    "height", "largeop", "linethickness", "lspace", "mathvariant", "minsize", "maxsize", "movablelimits", "notation",
    "open", "rowalign", "rowspan", "rspace", "scriptlevel", "separator", "separators", "stretchy", "symmetric", "width",
})  # fmt: skip
_DROPPED = frozenset({"annotation", "annotation-xml", "maction"})
_LONGEST = 20_000

_RAISED = str.maketrans("0123456789+-−=()nij", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʲ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISES, _LOWERS = frozenset("0123456789+-−=()nij"), frozenset("0123456789+-−=()")
_SIMPLE = re.compile(r"[\w.]+[′″⁰-⁹²³¹₀-₉]*|\(.*\)")
# Invisible operators: function application, times, separator, plus.
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")
_SPACE = re.compile(r"\s+")


class Script(Struct, frozen=True):
    """A piece of a formula in a line: raised where `level` is 1, lowered where it is -1."""

    text: str
    level: int = 0


def from_tex(tex: str, *, is_display: bool = False) -> str:
    """Return TeX as cleaned MathML; nothing where it is none that is known."""
    from latex2mathml.converter import convert

    if len(tex) > _LONGEST:
        return ""
    try:
        return cleaned(convert(tex, display="block" if is_display else "inline"))
    except Exception:  # noqa: BLE001 - the library lets pass whatever a broken formula provokes.
        return ""


def cleaned(source: str) -> str:
    """Return MathML with nothing in it but what is drawn; nothing where it is broken, or no presentation MathML.

    >>> cleaned('<math><mi onclick="x">a</mi><annotation>b</annotation></math>')
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi></math>'
    """
    root = _parsed(source)
    made = None if root is None else _copied(root)
    return "" if made is None else etree.tostring(made, encoding="unicode")


def said(source: str) -> str:
    """Return what a formula says, in a line of text.

    >>> half = "<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac>"
    >>> said(f"<math>{half}<msup><mi>v</mi><mn>2</mn></msup></math>")
    '(1/(a+b))v²'
    """
    root = _parsed(source)
    return "" if root is None else _SPACE.sub(" ", "".join(map(_in_line, scripts(source)))).strip()


def scripts(source: str) -> tuple[Script, ...]:
    """Return a formula as pieces of a line, some raised or lowered; nothing where it is broken."""
    root = _parsed(source)
    if root is None:
        return ()
    pieces: list[Script] = []
    for piece in _pieces(root):
        if piece.text and pieces and pieces[-1].level == piece.level:
            pieces[-1] = Script(pieces[-1].text + piece.text, piece.level)
        elif piece.text:
            pieces.append(piece)
    return tuple(pieces)


def _parsed(source: str) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(source.encode(), parser) if len(source) <= _LONGEST else None
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None
    return root if root is not None and _name(root) == "math" else None


def _name(element: etree._Element) -> str:
    """Return the name of an element without namespace or prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _copied(element: etree._Element) -> etree._Element | None:
    """Return a copy of what may be in an edition, None where anything in it may not."""
    name = _name(element)
    if name not in _ELEMENTS:
        return None
    if name == "semantics":
        return next((_copied(child) for child in element if _name(child) not in _DROPPED), None)
    made = etree.Element(f"{{{_MATHML}}}{name}", nsmap={None: _MATHML})
    made.attrib.update({key: value for key, value in element.attrib.items() if key in _ATTRIBUTES})
    if name in _LEAVES:
        made.text = _SPACE.sub(" ", "".join(element.itertext())).strip()
        return made
    for child in element:
        if _name(child) in _DROPPED:
            continue
        copied = _copied(child)
        if copied is None:
            return None
        made.append(copied)
    return made


def _in_line(piece: Script) -> str:
    """Return a piece as plain text: raised and lowered characters where there are any, else with ^ or _ before it."""
    if not piece.level:
        return piece.text
    table, known = (_RAISED, _RAISES) if piece.level > 0 else (_LOWERED, _LOWERS)
    if known.issuperset(piece.text):
        return piece.text.translate(table)
    return ("^" if piece.level > 0 else "_") + (piece.text if len(piece.text) == 1 else f"({piece.text})")


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _whole(element: etree._Element) -> str:
    """Return what an element says, in a line."""
    return "".join(map(_in_line, _pieces(element)))


def _pieces(element: etree._Element) -> Iterator[Script]:  # noqa: C901, PLR0912 - a case for each kind of element.
    children = [child for child in element if _name(child) not in _DROPPED]
    match _name(element):
        case "mspace":
            yield Script(" " if element.get("width", "").startswith(("1", "2")) else "")
        case "mphantom" | "none" | "mprescripts":
            return
        case "mfrac" if len(children) > 1:
            yield Script(f"{_grouped(_whole(children[0]))}/{_grouped(_whole(children[1]))}")
        case "msqrt":
            yield Script(f"√{_grouped(''.join(map(_whole, children)))}")
        case "mroot" if len(children) > 1:
            yield Script(_whole(children[1]), 1)
            yield Script(f"√{_grouped(_whole(children[0]))}")
        case "msup" | "mover" if len(children) > 1:
            yield from _pieces(children[0])
            yield from _script(children[1], 1)
        case "msub" | "munder" if len(children) > 1:
            yield from _pieces(children[0])
            yield from _script(children[1], -1)
        case "msubsup" | "munderover" if len(children) > 2:  # noqa: PLR2004 - base, below, above.
            yield from _pieces(children[0])
            yield from _script(children[1], -1)
            yield from _script(children[2], 1)
        case "mtable":
            rows = (", ".join(_whole(cell) for cell in row) for row in children)
            yield Script("; ".join(rows))
        case "mfenced":
            inner = ", ".join(map(_whole, children))
            yield Script(f"{element.get('open', '(')}{inner}{element.get('close', ')')}")
        case name if name in _LEAVES:
            yield Script(_INVISIBLE.sub("", "".join(element.itertext())))
        case _:
            for child, beside in zip(children, (*children[1:], None), strict=True):
                pieces = tuple(_pieces(child))
                is_part = _name(child) == "mfrac" and beside is not None and _name(beside) != "mo"
                yield from (Script("("), *pieces, Script(")")) if is_part else pieces


# Accents over a letter, which combine with it.
_ACCENTS = {"→": "\u20d7", "⃗": "\u20d7", "^": "\u0302", "ˆ": "\u0302", "¯": "\u0304", "‾": "\u0304", "―": "\u0304",
            "˙": "\u0307", "¨": "\u0308", "~": "\u0303", "˜": "\u0303"}  # fmt: skip


def _script(element: etree._Element, level: int) -> Iterator[Script]:
    text = _whole(element)
    if text in _ACCENTS and level > 0:
        yield Script(_ACCENTS[text])
    elif text in {"′", "″"}:
        yield Script(text)
    else:
        yield Script(text, level)
