"""The copy desk: mark mended copy up into an article.

What is no part of the story is left out first, then the lines above and below it become fields, and what is left is
the body. Every line with ink on it ends up in the article or among the omissions.
"""

from msgspec.structs import replace

from newsbook.desk.body import body_lines, set_body
from newsbook.desk.bylines import take_bylines
from newsbook.desk.chrome import leave_out_chrome
from newsbook.desk.draft import Step
from newsbook.desk.figures import place_pictures
from newsbook.desk.findings import report_findings
from newsbook.desk.head import take_head
from newsbook.desk.language import language_of
from newsbook.desk.linkfarm import leave_out_link_farm
from newsbook.desk.marked import edit_marked
from newsbook.desk.mixture import find_mixture
from newsbook.desk.omissions import place_omissions, put_back
from newsbook.desk.repeats import leave_out_repeats
from newsbook.desk.shapes import shape_lines
from newsbook.desk.signoff import take_sign_off
from newsbook.desk.stated import stated_lines, take_stated
from newsbook.desk.told import begin, is_text, with_figures
from newsbook.desk.unwrap import unwrap
from newsbook.diagnostics import Report
from newsbook.model import Article, Copy

__all__ = ["edit", "find_mixture", "language_of"]

STEPS: tuple[Step, ...] = (
    leave_out_link_farm,
    leave_out_chrome,
    take_head,
    take_bylines,
    take_sign_off,
    unwrap,
    leave_out_repeats,
)


def edit(copy: Copy, report: Report) -> Article:
    """Return the article that `copy` holds, what was left out recorded in its source."""
    if copy.markup and not is_text(copy):
        return edit_marked(copy, report)
    draft = begin(copy)
    for step in STEPS:
        draft = step(draft)
    draft = put_back(place_omissions(draft, copy), copy, report)
    shaped = shape_lines(body_lines(draft))
    draft = set_body(draft, shaped)
    source = replace(draft.article.source, omissions=draft.omissions)
    article, stated = take_stated(with_figures(replace(draft.article, source=source), copy), stated_lines(copy), report)
    article = replace(article, language=copy.language or language_of(article) or stated)
    report_findings(article, shaped, report)
    return place_pictures(article, copy, report)
