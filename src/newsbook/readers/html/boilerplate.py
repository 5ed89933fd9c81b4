"""Find the boilerplate of a page by its tags, classes and ids: navigation, rankings, comments, adverts."""

import re

from lxml import etree

from newsbook.readers.html.blockroles import is_called_pull_quote
from newsbook.readers.html.density import TextDensity
from newsbook.readers.html.tree import BLOCKS, hints, hints_apart

_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar|box)?|aside|foot(?:er)?|nav(?:bar|igation|i)?|gnb|lnb|menu|bread-?crumbs?|crumbs?|share(?:bar|box|s|-?btn)?|sns|social"
    r"|comments?|reply|replies|related?|relate(?:s|d-?\w*)?|recommend(?:s|ed|ation\w*)?|rec|hot(?:news|list|words?)?|rank(?:ing|s)?|popular|most-?(?:read|viewed)"
    r"|ad|ads|adv|adsense|advert(?:isement)?|advertorial|banner|sponsor(?:ed)?|promo(?:tion)?|copy-?right|disclaimer|login|search(?:box)?|tool-?(?:bar|s|box)"
    r"|pager|pagination|paging|page-?nav|tags?|keywords?|qr-?code|subscribe|newsletter|topbar|toplink|font-?size|outbrain|taboola|dable|popin|cookie"
    r"|prev-?next|linklist|more-?(?:news|articles?)|latest|bottom-?links|feedback|jiucuo|vote|emotion|like-?btn|app-?download|download-?app|skip"
    r"|hidd?en|hide|invisible|sr-only|(?:is[_-])?blind|visually-hidden|popup|modal|layer|twitter-tweet|instagram-media|tiktok-embed|bluesky-embed|fb-post|read-?more|also-?read|see-?also|ctread|widget|inarticle|in-?read|member-?only|paywall-?notice)"
    r"(?=$|[\s_-]|[0-9])|\w(?:sidebar|recommend\w*|relate(?:d|s)?\w*news|relatedarticles?|sharebar|breadcrumbs?)(?=$|[\s_-])"
)
_BESIDE_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

# What holds most of the prose of a page holds the story, whatever it is called.
_MOST = 0.5


def boilerplate_in(root: etree._Element, density: TextDensity) -> frozenset[etree._Element]:
    """Return the elements of a page that are called boilerplate, and do not hold most of its prose."""
    whole = density.held.get(root, 0.0)
    return frozenset(
        element
        for element in root.iter(etree.Element)
        if _is_called_so(element) and not density.held.get(element, 0.0) > _MOST * whole
    )


def _is_called_so(element: etree._Element) -> bool:
    if element.tag in {"html", "body"} or is_called_pull_quote(element):
        return False
    if element.tag in _BESIDE_TAGS or element.get("hidden") is not None or _is_unread(element):
        return True
    called = _BESIDE.search(hints(element)) or _BESIDE.search(hints_apart(element))
    return bool(called or _HIDDEN.search(element.get("style", "")))


def _is_unread(element: etree._Element) -> bool:
    """Tell whether a block is hidden from screen readers. Words within a line may be so and are shown all the same."""
    return element.get("aria-hidden") == "true" and element.tag in BLOCKS
