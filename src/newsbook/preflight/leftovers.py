"""What a site puts around a story and the desk has not left out: as it came in JSON, or in the midst of a text."""

from collections.abc import Iterator

from newsbook.desk.buttons import is_button
from newsbook.desk.chrome import chrome_kind, is_link_farm
from newsbook.desk.rules import finder
from newsbook.diagnostics import Code
from newsbook.preflight.subjects import Fault, Subject, fault
from newsbook.script import fold

_WORDS = {
    "share-bar": "a share bar",
    "tool-bar": "a button",
    "breadcrumb": "a menu",
    "page-join": "a link to another page",
    "tags": "a list of tags",
    "copyright": "a site's notice",
    "disclaimer": "a site's notice",
    "counter": "a counter",
    "prompt": "a site's prompt",
    "advertisement": "an advertisement",
    "related": "a link to another story",
    "comment": "a comment form",
}


def leftovers(subject: Subject) -> Iterator[Fault]:
    """Find paragraphs that are chrome: share words, menus, link tails, comment forms."""
    for passage in subject.passages:
        if passage.kind not in {"paragraph", "crosshead", "caption", "list", "quotation"} or not passage.number:
            continue
        kind = _kind(fold(passage.text.strip()))
        if kind and not (passage.kind in {"list", "crosshead"} and kind not in _SURE):
            said = _WORDS.get(kind, "part of a site, and not of the story")
            span = (0, len(passage.text))
            yield fault(Code.CHROME_LEFT, subject, passage, span, f"this is {said}", "Leave it out.")


_SURE = frozenset({"share-bar", "tool-bar", "breadcrumb", "page-join", "copyright", "comment"})


def _kind(plain: str) -> str:
    if is_button(plain):
        return "tool-bar"
    if is_link_farm(plain):
        return "link-farm"
    related = finder("chrome", "related")(plain)
    if related and bool(related["rest"]) == bool(related["mark"].strip()) and plain[-1:] not in "。?!”」":
        return "related"
    return chrome_kind(plain) or _form(plain)


def _form(plain: str) -> str:
    """Return `comment` for what a form for comments says."""
    said = sum(word in plain for word in _COMMENTS)
    return "comment" if len(plain) <= _LONGEST and said and plain[-1:] not in "。”」" else ""


_COMMENTS = (
    *(
        "发表评论",
        "我要评论",
        "登录后评论",
        "条评论",
        "最新评论",
        "网友评论",
        "写评论",
        "留言板",
        "发表留言",
        "提交评论",
    ),
    *("匿名评论", "全部评论", "请登录后", "コメントを書く", "コメントを投稿", "댓글 쓰기", "댓글쓰기"),
)
_LONGEST = 40
