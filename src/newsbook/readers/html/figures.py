"""Find the pictures of a story and the elements that hold a picture with its caption."""

import re
from urllib.parse import unquote, urlsplit

from lxml import etree

from newsbook.pictures.datauris import SMALLEST, is_data
from newsbook.readers.html.density import leads_away
from newsbook.readers.html.imagesources import source_of
from newsbook.readers.html.tree import UNSHOWN, attribute, hints, shown_text

_ICON = re.compile(
    r"(?:^|[\s_/-])(?:icons?|ico|logos?|avatars?|head[_-]?(?:img|pic)|def_head|emojis?|emoticon|qr-?code|erweima|btn|button"
    r"|arrow|share|badge|spacer|vip|crown|(?:next|prev)[_-]?page|wx|weixin|qzone|facebook|linkedin|sns|twitter|tweet|hatena|hatebu|kakao\w*|naver\w*|youtube|line-it)(?=$|[\s_./-])",
    re.IGNORECASE,
)
_ICONS = frozenset({
    "ads", "avatar", "avatars", "btn", "button", "emoji", "emoticon", "face", "icon", "icons", "logo", "share", "sns",
    "social", "sprite",
})  # fmt: skip

_PICTURE_HOLDER = re.compile(
    r"(?:^|[\s_-]|article|news|view|body|cont|content|art)(?:pic(?:s|ture)?|photos?|images?|img|figure|thumb(?:nail)?|media|gallery|slides?|swiper|visual|end_photo_org|illust\w*)[lcr]?"
    r"(?=$|[\s_0-9-]|box|wrap|area|info|left|right|center)"
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:\w*caption\w*|cap|(?:img|image|pic|photo)[_-]?(?:desc\w*|txt|text|info|note|title|tit|intro|alt|con)|desc(?:r|ription)?|cutline|legend|note|explain|zhu|tushuo|tuzhu|setsumei)(?=$|[\s_0-9-])"
)
_LONGEST = 240
_LEVELS = 6
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
LONGEST_CENTRED = 100
_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,20})?")
_STRIP = 0.18


def is_picture(element: etree._Element) -> bool:
    """Tell whether `element` is a picture of some size, and neither an icon nor a logo."""
    if element.tag not in {"img", "amp-img"} or next(element.iterancestors("noscript"), None) is not None:
        return False
    sizes = (attribute(element, "width"), attribute(element, "height"))
    small = any(size.removesuffix("px").isdecimal() and int(size.removesuffix("px")[:6]) < SMALLEST for size in sizes)
    source = source_of(element)
    *folders, file = ("",) if is_data(source) else source.partition("?")[0].lower().split("/")
    named = _ICON.search(hints(element)) or _ICON.search(file) or not _ICONS.isdisjoint(folders)
    return not small and not named and bool(source)


def picture_name(source: str) -> str:
    """Return the file that `source` names beside the page, or its address where it is on the network.

    >>> picture_name("./page_files/%E6%B8%A1.jpg?v=2"), picture_name("//img.example/a.jpg")
    ('page_files/渡.jpg', 'https://img.example/a.jpg')
    """
    if is_data(source):
        return source
    if source.startswith("//"):
        return f"https:{source}"
    try:
        parts = urlsplit(source)
    except ValueError:
        return source
    if parts.scheme or source.startswith("/"):
        return source
    return unquote(parts.path).removeprefix("./")


def captioned(
    picture: etree._Element, around: frozenset[etree._Element], lengths: dict[etree._Element, int]
) -> etree._Element | None:
    """Return the element that holds `picture`, its caption and nothing else. The result is None where none surely does.

    `around` are the elements that headline and body stand in; `lengths` is how many characters each shows.
    """
    at = picture
    for _ in range(_LEVELS):
        parent = at.getparent()
        if parent is None or parent in around:
            return None
        at = parent
        if not lengths.get(at, 0):
            continue
        if at.tag == "figure" or (at.tag == "a" and not leads_away(at) and _is_alone(at, lengths)):
            return at
        if lengths[at] > _LONGEST:
            return None
        if _holds_caption(at, picture):
            return at
        if at.tag in {"p", "article", "section", "main"}:
            return None
    return None


def _holds_caption(holder: etree._Element, picture: etree._Element) -> bool:
    """Tell whether what stands with `picture` in `holder` is set apart as its caption."""
    within = [each for each in holder.iter() if each is not picture and each.tag not in UNSHOWN]
    if sum(is_picture(each) for each in holder.iter("img")) > 1:
        return False
    if any(
        each.tag == "figcaption" or (each is not holder and _CAPTION.search(hints(each)) and shown_text(each))
        for each in within
    ):
        return True
    if holder.tag in {"table", "tbody", "dl"}:
        return sum(bool(shown_text(each)) for each in holder.iter("td", "dd")) == 1
    return _is_apart(holder) and (_is_called_holder(holder) or holder.tag == "picture")


def _is_alone(link: etree._Element, lengths: dict[etree._Element, int]) -> bool:
    """Tell whether a link to the larger picture holds but one, and its caption."""
    return 0 < lengths[link] <= _LONGEST and sum(map(is_picture, link.iter("img"))) == 1


def _is_called_holder(holder: etree._Element) -> bool:
    """Tell whether `holder`, or the list of pictures that it is an item of, is called something that holds pictures."""
    around = list(holder.iterancestors())[:2] if holder.tag == "li" else []
    return any(_PICTURE_HOLDER.search(hints(each)) for each in (holder, *around))


def _is_apart(holder: etree._Element) -> bool:
    """Tell whether the text in `holder` stands in an element of its own, and not loose beside the picture."""
    texts = [each for each in holder if shown_text(each) and each.tag != "br"]
    loose = (holder.text or "") + "".join(each.tail or "" for each in holder)
    return len(texts) == 1 and not loose.strip()


def is_called_caption(element: etree._Element, length: int) -> bool:
    """Tell whether a block next to a picture is called its caption."""
    return (element.tag == "figcaption" or bool(_CAPTION.search(hints(element)))) and length <= _LONGEST


def is_centred(element: etree._Element) -> bool:
    """Tell whether a block is set centred, as captions are."""
    styled = _CENTRED.search(element.get("style", "")) or element.get("align", "").lower() == "center"
    return bool(styled) or element.tag == "center"


def is_divider(picture: etree._Element) -> bool:
    """Tell whether a picture is a strip much wider than high, as between two parts of a story, by what is stated."""
    ratio = attribute(picture, "data-ratio")
    if _NUMBER.fullmatch(ratio):
        return float(ratio) < _STRIP
    sides = [attribute(picture, name).removesuffix("px") for name in ("width", "height")]
    width, height = (float(side) if _NUMBER.fullmatch(side) else 0.0 for side in sides)
    return bool(width and height) and height < _STRIP * width


def is_caption_of_group(element: etree._Element) -> bool:
    """Tell whether a block is, or stands in, the caption of several pictures: a `figcaption`, or one beside them."""
    at: etree._Element | None = element
    for _ in range(_DEEPEST):
        if at is None or at.tag in {"figure", "article", "section", "main", "body"}:
            return False
        if at.tag == "figcaption" or (_CAPTION.search(hints(at)) and at.tag in {"p", "div", "span", "h4", "h5", "h6"}):
            group = at.getparent()
            return group is not None and sum(map(is_picture, group.iter("img", "amp-img"))) > 1
        at = at.getparent()
    return False


# How deep in a caption its text may stand.
_DEEPEST = 3
