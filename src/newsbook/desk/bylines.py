"""Find the bylines that stand inside a story: below its first picture, or for all of its pictures at once."""

import re

from msgspec.structs import replace

from newsbook.desk.captions import is_caption
from newsbook.desk.cutline import read_cutline
from newsbook.desk.draft import Draft, folded, inked, leave_out, printed, with_credits, without
from newsbook.desk.head import take_meta
from newsbook.desk.metaline import is_byline, parse
from newsbook.desk.script import trimmed

# Below headline, date and a picture or two a story may begin with its byline; further down it is somebody's speech.
_DEEPEST = 4
_ALL_PICTURES = re.compile(
    r"[(【\[]?\s*(?:除.{2,12}外,?\s*)?(?:本文|本版|文中|文内|以上|本组|本报道|本专题)?(?:所有|全部)?(?:配图|图片|照片)\s*(?:除.{2,12}外)?,?"
    r"\s*(?:均由|均为|皆由|都由|由|均系|均|丨|[|:/])\s*(?P<credit>[^。,]{2,40})[)】\]]?。?"
)

_EXCEPTED = re.compile(r"^[(【\[]?\s*除.{2,12}外,?\s*|[)】\]]。?$")


def take_bylines(draft: Draft) -> Draft:
    """Move bylines from the first lines of the story into its credits, and the credit of all pictures from any."""
    draft = take_credit_of_all_pictures(draft)
    for line in inked(draft.lines)[:_DEEPEST]:
        meta = parse(printed(line))
        if meta and is_byline(meta) and not is_caption(line, frozenset()):
            draft = take_meta(without(draft, {line.number}), line, meta)
    return draft


def take_credit_of_all_pictures(draft: Draft) -> Draft:
    """Move the line that credits all pictures at once into the article's credits."""
    short = (
        line for line in inked(draft.lines) if len(line.text) <= _LONGEST and _ALL_PICTURES.fullmatch(folded(line))
    )
    cutlines = {line.number: read_cutline(trimmed(_EXCEPTED, printed(line))) for line in short}
    whole = {number: found.credits for number, found in cutlines.items() if found and found.credit_start == 0}
    draft = leave_out(draft, dict.fromkeys(whole, "credit"))
    credited = tuple(credit for names in whole.values() for credit in names)
    return replace(draft, article=with_credits(draft.article, credited))


_LONGEST = 60
