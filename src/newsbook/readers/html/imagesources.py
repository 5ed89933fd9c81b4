"""Where the pictures of a page are to be found: in the attributes of lazy loading, in `srcset`, in a `noscript`."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from newsbook.pictures.datauris import is_data, is_placeholder
from newsbook.readers.html.tree import attribute

# Where pages keep the address of a picture that is loaded only when it comes into view.
_LAZY = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-lazysrc",
    "data-lazy",
    "data-actualsrc",
    "data-url",
    "data-echo",
    "data-original-src",
    "data-lazyload",
    "data-srcurl",
    "data-image",
    "file",
    "zoomfile",
    "_src",
)
_PLACEHOLDER = re.compile(
    r"^(?:about|blob|javascript):|(?:^|/)(?:blank|pixel|spacer|loading|placeholder|none|lazy|grey|gray|transparent|1x1|s)\w{0,8}\.(?:gif|png|svg)",
    re.IGNORECASE,
)

# HTML, section 4.8.4.2.1: candidates stand between commas, each an address with its width or density behind it.
_CANDIDATE = re.compile(r"(\S*[^,\s])(?:\s+([\d.]{1,9})([wx]))?")

# What an A4 page prints at 300 dpi; wider candidates bring nothing but bytes.
_WIDE_ENOUGH = 2400.0

_PICTURES = ("img", "amp-img")


def source_of(element: etree._Element) -> str:
    """Return the address of a picture as the page has it. It is empty where only a placeholder stands there."""
    return next(_sources(element), "")


def _is_placeholder(address: str) -> bool:
    return is_placeholder(address) if is_data(address) else bool(_PLACEHOLDER.search(address))


def resolve(root: etree._Element, url: str) -> None:
    """Make the addresses in a page from `url` absolute, and give each picture the address of its largest form."""
    base = next((attribute(each, "href") for each in root.iter("base") if attribute(each, "href")), "")
    base = _joined(url, base)
    for element in root.iter("img", "amp-img"):
        source = _largest(element) or source_of(element)
        if source:
            element.set(_LAZY[0], _joined(base, source))
    for element in root.iter("a", "link"):
        href = attribute(element, "href")
        if href and not href.startswith(("#", "javascript:")):
            element.set("href", _joined(base, href))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _sources(element: etree._Element) -> Iterator[str]:
    """Yield where a picture may be, the likeliest first. One in the page itself may be a sketch of another."""
    named = [attribute(element, name) for name in (*_LAZY, "src")]
    offered = (_widest(each) for each in (element, *_alternatives(element)))
    found = [value for value in (*named, *offered) if value and not _is_placeholder(value)]
    yield from sorted(found, key=is_data)


def _largest(element: etree._Element) -> str:
    """Return the largest form of a picture, where a page offers several and does not load it lazily; else nothing."""
    lazy = any(attribute(element, name) for name in _LAZY)
    return "" if lazy else _widest(element)


def _alternatives(element: etree._Element) -> Iterator[etree._Element]:
    picture = next(element.iterancestors("picture"), None)
    if picture is not None:
        yield from picture.iter("source")


def _widest(element: etree._Element) -> str:
    """Return the address in `srcset` that is wide enough for print, or the widest."""
    candidates = [
        (float(number) if number and number.count(".") <= 1 and number != "." else 1.0, address)
        for address, number, _ in _CANDIDATE.findall(attribute(element, "data-srcset", "srcset"))
        if not _is_placeholder(address)
    ]
    enough = [each for each in candidates if each[0] >= _WIDE_ENOUGH]
    chosen = min(enough, key=_size) if enough else max(candidates, key=_size, default=(0.0, ""))
    return chosen[1]


def _size(candidate: tuple[float, str]) -> float:
    return candidate[0]


def bring_out_pictures(root: etree._Element) -> None:
    """Give each picture that waits for a script the address in the `noscript` beside it; show one that stands alone."""
    for hidden in tuple(root.iter("noscript")):
        picture = next(hidden.iter(*_PICTURES), None)
        if picture is None or not source_of(picture):
            continue
        beside = _waiting(hidden)
        if beside is None:
            hidden.tag = "span"
        elif not source_of(beside) or (is_data(source_of(beside)) and not is_data(source_of(picture))):
            beside.set("src", source_of(picture))


def _waiting(hidden: etree._Element) -> etree._Element | None:
    """Return the picture in the block that a `noscript` stands in, outside of it."""
    parent = hidden.getparent()
    if parent is None or sum(1 for _ in parent.iter(*_PICTURES)) > sum(1 for _ in hidden.iter(*_PICTURES)) + 1:
        parent = hidden.getprevious()
    inside = set(hidden.iter(*_PICTURES))
    others = () if parent is None else (each for each in parent.iter(*_PICTURES) if each not in inside)
    return next(iter(others), None)
