"""The copy desk: mark mended copy up into an article.

What is no part of the story is left out first, then the lines above and below it become fields, and what is left is
the body. Every line with ink on it ends up in the article or among the omissions. A step uses the markup of a line
where the page has any, and looks for its signs where it has none.
"""

from msgspec.structs import replace

from newsbook.desk.account import balance
from newsbook.desk.adverts import leave_out_adverts
from newsbook.desk.body import set_body
from newsbook.desk.buttons import leave_out_buttons
from newsbook.desk.bylines import leave_out_foot, take_bylines, take_credit_of_all_pictures, take_sign_off
from newsbook.desk.chrome import leave_out_chrome, leave_out_last_heads, leave_out_link_farm
from newsbook.desk.draft import Step, begin
from newsbook.desk.edges import find_doubtful_edges
from newsbook.desk.figurewords import take_figure_words
from newsbook.desk.findings import find_doubts, place_omissions, put_back
from newsbook.desk.head import take_head, take_leading, take_titles
from newsbook.desk.japanese import take_japanese_bylines
from newsbook.desk.language import find_mixture, language_of
from newsbook.desk.metadata import take_metadata
from newsbook.desk.opening import take_opening
from newsbook.desk.pictures import place_pictures, place_pictures_of_text
from newsbook.desk.repeats import leave_out_repeats
from newsbook.desk.unwrap import unwrap
from newsbook.desk.wholeness import find_lacks, leave_out_teasers, not_whole, notice_in
from newsbook.diagnostics import Report
from newsbook.model import Article, Copy, Part
from newsbook.script import letters_of

__all__ = ["edit", "edit_own", "find_mixture", "language_of", "letters_of", "not_whole", "notice_in"]

STEPS: tuple[Step, ...] = (
    leave_out_link_farm,
    leave_out_teasers,
    leave_out_chrome,
    take_figure_words,
    leave_out_buttons,
    take_japanese_bylines,
    take_titles,
    take_head,
    take_leading,
    take_opening,
    leave_out_foot,
    take_credit_of_all_pictures,
    take_bylines,
    take_sign_off,
    unwrap,
    leave_out_adverts,
    leave_out_repeats,
    leave_out_last_heads,
    place_omissions,
    put_back,
    set_body,
    place_pictures_of_text,
    take_metadata,
    find_doubts,
    find_doubtful_edges,
    find_lacks,
    place_pictures,
    balance,
)


# Of the house's own matter nothing is left out, and nothing in it is taken for anything but what it is marked as.
OWN_STEPS: tuple[Step, ...] = (take_titles, set_body, place_pictures)


def edit_own(copy: Copy) -> Article:
    """Return the article that a copy of the house's own holds; its headline is what is marked as one."""
    draft = replace(begin(copy), is_own=True)
    has_title = any(told.part is Part.HEADLINE for told in copy.markup)
    for step in OWN_STEPS if has_title else OWN_STEPS[1:]:
        draft = step(draft)
    return replace(draft.article, credits=(), dateline="")


def edit(copy: Copy, report: Report) -> Article:
    """Return the article that `copy` holds, what was left out recorded in its source."""
    draft = begin(copy)
    for step in STEPS:
        draft = step(draft)
    for finding in draft.findings:
        report(finding)
    return draft.article
