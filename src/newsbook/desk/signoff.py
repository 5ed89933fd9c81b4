"""Find what is signed under a story: 責編：車婧, 編輯 張三 校對 李四, 來源：渡口報."""

import re

from msgspec.structs import replace

from newsbook.desk.draft import Draft, folded, inked, printed, slice_line, without
from newsbook.desk.head import take_meta
from newsbook.desk.labels import Field, date_word
from newsbook.desk.metaline import Meta, Value, parse
from newsbook.desk.names import is_person, split_names
from newsbook.desk.script import fold
from newsbook.model import Line

_DEEPEST = 8
_SIGNED = frozenset(Field) - {Field.PUBLISHED, Field.UPDATED, Field.SECTION}
_MOMENTS = frozenset({Field.PUBLISHED, Field.UPDATED})
_NAMED = re.compile(r"[(【]\s*(?P<names>[^()【】,。:]{2,24})\s*[)】]")
_CORRECTION = re.compile(r"^[【\[(]?纠错[】\])]?\s*")

# A story's last paragraph may end in its editor: …渡江。（責任編輯：林小滿）
_ENCLOSED = re.compile(
    r"(?:[(\[【]\s*(?=(?:责任编辑|责编|编辑|网络编辑|值班编辑)\s*:)(?P<text>[^()\[\]【】]{2,60})[)\]】]|(?<=[。!?”」])\s*(?=(?:责任编辑|责编)\s*:)(?P<bare>.{2,40}))(?:\s*1\d{6})?$"
)


def take_sign_off(draft: Draft) -> Draft:
    """Move the signed lines at the end into the article's credits, then one that closes the last paragraph."""
    signed: list[tuple[Line, Meta]] = []
    for line in reversed(inked(draft.lines)[-_DEEPEST:]):
        meta = _signed_below_correction(printed(line))
        if not meta:
            break
        signed.insert(0, (line, meta))
    for line, meta in signed:
        draft = take_meta(without(draft, {line.number}), line, meta)
    return _take_enclosed(draft)


def is_signed(text: str) -> bool:
    """Tell whether a line below a story says who made it or where it came from."""
    return _signed_below_correction(text) is not None


def _signed_below_correction(text: str) -> Meta | None:
    """Return what a line says behind the button by which readers report a mistake, which is left over."""
    button = _CORRECTION.match(fold(text))
    end = button.end() if button else 0
    meta = _signed(text[end:])
    return Meta(meta.values, (*filter(None, (text[:end].strip(),)), *meta.rest)) if meta else None


def _signed(text: str) -> Meta | None:
    """Return what a line at the end says: who did what, when the page was changed, or whose story it was."""
    meta = parse(text)
    if meta and (meta.fields & _SIGNED or (meta.fields <= _MOMENTS and date_word().match(fold(text)))):
        return meta
    named = _NAMED.fullmatch(fold(text.strip()))
    names = split_names(named["names"]) if named else ()
    signed = text.strip()[1:-1]
    return Meta((Value(Field.AUTHOR, signed),)) if names and all(is_person(name) for name in names) else None


def _take_enclosed(draft: Draft) -> Draft:
    lines = inked(draft.lines)
    match = _ENCLOSED.search(folded(lines[-1])) if lines else None
    meta = _signed(match["text"] or match["bare"]) if match else None
    if not match or not meta:
        return draft
    last = lines[-1]
    offset = last.text.index(printed(last))
    signed, kept = slice_line(last, offset + match.start(), len(last.text)), slice_line(last, 0, offset + match.start())
    start, end = (offset + place for place in match.span("text" if match["text"] else "bare"))
    lines = tuple(kept if line is last else line for line in draft.lines)
    return take_meta(replace(draft, lines=lines), signed, _signed(last.text[start:end]) or meta)
