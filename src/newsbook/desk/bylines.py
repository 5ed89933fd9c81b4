"""Find who signed a story: bylines inside it, the credit of all its pictures, and what stands signed below it."""

import re
from functools import partial

from msgspec.structs import replace

from newsbook.desk.captions import is_caption, is_credit_only
from newsbook.desk.chrome import SURROUNDINGS
from newsbook.desk.cutline import read_cutline
from newsbook.desk.draft import Draft, leave_out, without
from newsbook.desk.fields import take_meta, with_credits
from newsbook.desk.labels import Field, date_word
from newsbook.desk.lines import folded, inked, join_lines, printed, slice_line
from newsbook.desk.meta import Meta, Value, is_byline
from newsbook.desk.metaline import parse
from newsbook.desk.names import is_person, split_names
from newsbook.desk.rules import finder
from newsbook.desk.signatures import read_signature
from newsbook.model import Line, Part
from newsbook.script import fold, trimmed

# Below headline, date and a picture or two a story may begin with its byline; further down it is somebody's speech.
_DEEPEST = 4
_find = partial(finder, "bylines")
_EXCEPTED = re.compile(r"^[(【\[]?\s*除.{2,12}外,?\s*|[)】\]]。?$")
_LONGEST = 60

_LAST = 8
_LAST_REPORTED = 3
# Who reported stands in brackets behind a full stop, and a notice may stand behind it.
_REPORTED = re.compile(r"(?<=[。!?…”」』])\s*[(\[【](?P<text>[^()\[\]【】。,]{4,40})[)\]】]")
_RUNNING = (Part.TEXT, Part.PARAGRAPH, Part.CROSSHEAD)
_SIGNED = frozenset(Field) - {Field.PUBLISHED, Field.UPDATED, Field.SECTION}
_MOMENTS = frozenset({Field.PUBLISHED, Field.UPDATED})
_CORRECTION = re.compile(r"^[【\[(]?纠错[】\])]?\s*")


def take_bylines(draft: Draft) -> Draft:
    """Move bylines from the first lines of a story into its credits, and what is but a signature from any of them."""
    for place, line in enumerate(inked(draft.of(*_RUNNING))):
        meta = read_signature(printed(line).strip("〔〕[]【】()（）"))
        if meta is None and place < _DEEPEST:
            parsed = parse(printed(line))
            meta = parsed if parsed and is_byline(parsed) else None
        if meta and not is_caption(line, frozenset()):
            draft = take_meta(without(draft, {line.number}), line, meta)
    return draft


def take_credit_of_all_pictures(draft: Draft) -> Draft:
    """Move the line that credits all pictures at once into the article's credits."""
    short = (line for line in inked(draft.lines) if len(line.text) <= _LONGEST and _find("all_pictures")(folded(line)))
    cutlines = {line.number: read_cutline(trimmed(_EXCEPTED, printed(line))) for line in short}
    whole = {number: found.credits for number, found in cutlines.items() if found and found.credit_start == 0}
    draft = leave_out(draft, dict.fromkeys(whole, "credit"))
    credited = tuple(credit for names in whole.values() for credit in names)
    return replace(draft, article=with_credits(draft.article, credited))


def leave_out_foot(draft: Draft) -> Draft:
    """Leave out what the markup tells to stand below the story and is not signed."""
    feet = draft.of(Part.FOOT)
    return leave_out(draft, {line.number: SURROUNDINGS for line in feet if not _signed_below_correction(printed(line))})


def take_sign_off(draft: Draft) -> Draft:
    """Move the signed lines at the end into the article's credits, then one that closes the last paragraph.

    Below who signed, the credit of a picture that did not come along is that of nothing.
    """
    signed: list[tuple[Line, Meta]] = []
    stray: dict[int, str] = {}
    for line in reversed(inked(draft.lines)[-_LAST:]):
        meta = _signed_below_correction(printed(line))
        if meta:
            signed.insert(0, (line, meta))
        elif not signed and draft.part(line) in _RUNNING and is_credit_only(line):
            stray[line.number] = "credit"
        else:
            break
    draft = leave_out(draft, stray) if signed else draft
    for line, meta in signed:
        draft = take_meta(without(draft, {line.number}), line, meta)
    return _take_enclosed(draft)


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
    named = _find("named")(fold(text.strip()))
    names = split_names(named["names"]) if named else ()
    signed = text.strip()[1:-1]
    return Meta((Value(Field.AUTHOR, signed),)) if names and all(is_person(name) for name in names) else None


def _take_enclosed(draft: Draft) -> Draft:
    lines = inked(draft.lines)
    match = _find("enclosed")(folded(lines[-1])) if lines else None
    meta = _signed(match["text"] or match["bare"]) if match else None
    if not match or not meta:
        return _take_reported(draft)
    last = lines[-1]
    offset = last.text.index(printed(last))
    signed, kept = slice_line(last, offset + match.start(), len(last.text)), slice_line(last, 0, offset + match.start())
    start, end = (offset + place for place in match.span("text" if match["text"] else "bare"))
    lines = tuple(kept if line is last else line for line in draft.lines)
    return take_meta(replace(draft, lines=lines), signed, _signed(last.text[start:end]) or meta)


def _take_reported(draft: Draft) -> Draft:
    """Take who reported out of one of the last paragraphs, where a notice may stand behind it."""
    for line in inked(draft.of(*_RUNNING))[-_LAST_REPORTED:]:
        for match in reversed(tuple(_REPORTED.finditer(fold(line.text)))):
            said = line.text[slice(*match.span("text"))]
            meta = read_signature(said.strip())
            formatted = any(run.end > match.start() for run in draft.markup_of(line).runs)
            if not meta or not is_byline(meta):
                continue
            signed = slice_line(line, *match.span())
            before, after = slice_line(line, 0, match.start()), slice_line(line, match.end(), len(line.text))
            kept = line if formatted else join_lines([before, after])
            lines = tuple(kept if each is line else each for each in draft.lines)
            return take_meta(replace(draft, lines=lines), signed, meta)
    return draft
