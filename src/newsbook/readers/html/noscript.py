"""Bring out the pictures that a page shows where no script runs, in place of what its scripts would fill in."""

from lxml import etree

from newsbook.readers.html.imagesources import source_of

_PICTURES = ("img", "amp-img")


def bring_out_pictures(root: etree._Element) -> None:
    """Give each picture that waits for a script the address in the `noscript` beside it; show one that stands alone."""
    for hidden in tuple(root.iter("noscript")):
        picture = next(hidden.iter(*_PICTURES), None)
        if picture is None or not source_of(picture):
            continue
        beside = _waiting(hidden)
        if beside is None:
            hidden.tag = "span"
        elif not source_of(beside):
            beside.set("src", source_of(picture))


def _waiting(hidden: etree._Element) -> etree._Element | None:
    """Return the picture in the block that a `noscript` stands in, outside of it."""
    parent = hidden.getparent()
    if parent is None or sum(1 for _ in parent.iter(*_PICTURES)) > sum(1 for _ in hidden.iter(*_PICTURES)) + 1:
        parent = hidden.getprevious()
    inside = set(hidden.iter(*_PICTURES))
    others = () if parent is None else (each for each in parent.iter(*_PICTURES) if each not in inside)
    return next(iter(others), None)
