"""Find who publishes a page where its head does not say so: in the copyright line below a story, and on the banner."""

import re
from collections.abc import Iterator

from lxml import etree

from newsbook.readers.html.tree import Tree, attribute, hints, shown_text

# Copyright ⓒ 나루일보. 무단전재 및 재배포 금지: every Korean site says so below its stories, portals for the paper.
_NOTICE = re.compile(
    r"(?:Copyrights?|저작권자|[ⓒⒸ©]|\([cC]\))(?:[\s:ⓒⒸ©|]|\([cC]\)|(?:19|20)\d\d[\s.,~-]*)*(?P<rest>.{2,100})",
    re.IGNORECASE,
)
_KEPT = re.compile("무단|재배포|rights reserved", re.IGNORECASE)
_COMPANY = re.compile(
    r"^\s*(?:주식회사|㈜|\(주\))\s*|\s*(?:주식회사|㈜|\(주\)|Co\.?|Inc\.?|Corp\.?)\s*$", re.IGNORECASE
)
_HANGUL = re.compile("[가-힣]")
_END = re.compile(r"[.,|/(<>\[\]&:]|\s*무단|\s+(?:All|및)\b")
_NAME = re.compile(r"[가-힣A-Za-z0-9][가-힣A-Za-z0-9·+]{1,19}(?: [가-힣A-Za-z0-9·+]{1,9})?")
_LONGEST = 200
_LONGEST_NAME = 20
_BANNER = re.compile(r"(?:^|[\s_-])\w*logo\w*(?=$|[\s_-])")
_NO_NAME = re.compile(r"logo|ロゴ|로고|home|ホーム|홈|トップ|首页|首頁|menu|검색|検索", re.IGNORECASE)
_ALONE = re.compile(r"[^\s。！？!?…]{2,12}(?: [^\s。！？!?…]{1,10}){0,2}")


def noticed(tree: Tree) -> tuple[str, ...]:
    """Return the names in the page's Korean copyright lines, in the order of the page."""
    return tuple(
        dict.fromkeys(
            name
            for element in tree.root.iter("p", "div", "span", "li", "dd", "em", "address")
            if (name := _name_in(element))
        )
    )


def _name_in(element: etree._Element) -> str:
    own = (element.text or "") + "".join(each.tail or "" for each in element)
    if not _KEPT.search(own) or not _HANGUL.search(own):
        return ""
    match = _NOTICE.search(shown_text(element)[-_LONGEST:])
    name = _END.split(_COMPANY.sub("", match["rest"]).lstrip(" '‘’\""))[0] if match else ""
    name = _COMPANY.sub("", name).strip()
    return name if _NAME.fullmatch(name) and len(name) <= _LONGEST_NAME else ""


def on_banner(tree: Tree) -> Iterator[tuple[str, etree._Element]]:
    """Yield the names that the pictures and words of the page's banner give, with where they stand."""
    for element in tree.root.iter("img", "a"):
        around = (element, *(each for each, _ in zip(element.iterancestors(), range(2), strict=False)))
        if not any(_BANNER.search(hints(each)) for each in around):
            continue
        name = attribute(element, "alt") if element.tag == "img" else shown_text(element)
        if name and _ALONE.fullmatch(name) and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name):
            yield name, element
