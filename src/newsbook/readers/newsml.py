"""Read NewsML-G2: text items in XHTML, NITF or plain text, the pictures packaged with them, and a package's order.

https://iptc.org/std/NewsML-G2/guidelines/
"""

import hashlib
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.readers.interface import RawPage, Taken, pass_over
from newsbook.readers.newsitem import ItemFacts, ItemPicture, NewsItem, copy_of
from newsbook.readers.nitf import item_of
from newsbook.readers.values import iso
from newsbook.readers.xml import every, first, local, parse, words
from newsbook.release import INDEFINITE

_PICTURES = frozenset({"picture", "graphic"})
_UNRELEASED = frozenset({"withheld", "canceled"})
_HEADLINES = {"kicker": "kicker", "sub": "deck", "deck": "deck", "subheadline": "deck", "subtitle": "deck"}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _Reference(Struct, frozen=True):
    """An item in a package: which one, the section that its group is, and the group itself."""

    item: str
    section: str
    group: str


def read_newsml(page: RawPage) -> Iterator[Taken]:
    """Yield the articles of an item or a message, in the order of its package. Raises `InputError` if it has none."""
    root = _whole(parse(page))
    items = [root] if local(root) == "newsItem" else list(root.iter("{*}newsItem"))
    packages = [root] if local(root) == "packageItem" else list(root.iter("{*}packageItem"))
    known = {item.get("guid", ""): item for item in items}
    order = [reference for package in packages for reference in _references(package)]
    _report_missing(order, known, page)
    texts = _ordered([item for item in items if _kind(item) not in _PICTURES or len(items) == 1], order)
    if not texts:
        raise InputError(f"{page.name} is a {local(root)} of NewsML-G2 without a text in it.")
    for item in texts:
        guid = item.get("guid", "")
        name = f"{page.name}#{items.index(item) + 1}" if len(items) > 1 else page.name
        try:
            yield Taken(copy_of(_item(item, page, name, _place(guid, order), _beside(guid, order, known, page))))
        except (InputError, LimitError) as error:
            if len(texts) == 1:
                raise
            pass_over(page, name, error)


def _whole(root: etree._Element) -> etree._Element:
    """Return the outermost element of a document. The content of an item gets an item around it."""
    if local(root) != "contentSet":
        return root
    item = etree.Element("newsItem")
    item.append(root)
    return item


def _references(package: etree._Element) -> Iterator[_Reference]:
    """Yield what a package refers to, from the root group down. Without a root group, they come as they stand."""
    groups = {group.get("id", ""): group for group in package.iter("{*}group")}
    root = first(package, "groupSet")
    start = groups.get(root.get("root", "")) if root is not None else None
    if start is None:
        yield from (_Reference(each.get("residref", ""), "", "") for each in package.iter("{*}itemRef"))
    else:
        yield from _walked(start, groups, frozenset())


def _walked(group: etree._Element, groups: dict[str, etree._Element], above: frozenset[str]) -> Iterator[_Reference]:
    name = group.get("id", "")
    for each in group:
        if local(each) == "itemRef":
            yield _Reference(
                each.get("residref", ""), words(first(group, "title")) or words(first(group, "name")), name
            )
        elif local(each) == "groupRef" and (inner := each.get("idref", "")) in groups and inner not in {*above, name}:
            yield from _walked(groups[inner], groups, above | {name})


def _report_missing(order: list[_Reference], known: dict[str, etree._Element], page: RawPage) -> None:
    missing = [reference.item for reference in order if reference.item not in known]
    if missing:
        message = f"{len(missing)} items of the package did not come with it; the first is {missing[0]}."
        page.report(Diagnostic(Code.FORM_BROKEN, message, Place(page.name), "Read the whole message, or those items."))


def _ordered(items: list[etree._Element], order: list[_Reference]) -> list[etree._Element]:
    places = {reference.item: place for place, reference in reversed(list(enumerate(order)))}
    return sorted(items, key=lambda item: places.get(item.get("guid", ""), len(order)))


def _place(guid: str, order: list[_Reference]) -> str:
    return next((reference.section for reference in order if reference.item == guid), "")


def _beside(
    guid: str, order: list[_Reference], known: dict[str, etree._Element], page: RawPage
) -> tuple[ItemPicture, ...]:
    """Return the pictures that a package has in the group of a text: those after it and before the next text."""
    group = next((reference.group for reference in order if reference.item == guid), None)
    members = [known[each.item] for each in order if each.group == group and each.item in known]
    texts = [each for each in members if _kind(each) not in _PICTURES]
    if not texts or all(each.get("guid") != guid for each in texts):
        return ()
    mine = texts[0].get("guid") == guid
    found: list[ItemPicture] = []
    for each in members:
        if _kind(each) in _PICTURES:
            found += _released(each, page) if mine else ()
        else:
            mine = each.get("guid") == guid
    return tuple(found)


def _released(item: etree._Element, page: RawPage) -> tuple[ItemPicture, ...]:
    status = _status(item)
    if status not in _UNRELEASED:
        return (_picture(item),)
    message = f"the picture {item.get('guid', '')} is {status} by its provider; it is left out."
    page.report(Diagnostic(Code.PICTURE_UNUSABLE, message, Place(page.name)))
    return ()


def _item(item: etree._Element, page: RawPage, name: str, section: str, beside: tuple[ItemPicture, ...]) -> NewsItem:
    facts = _facts(item, section)
    pictures = (_picture(item),) if _kind(item) in _PICTURES else beside
    nitf = first(item, "contentSet/inlineXML/nitf")
    if nitf is not None:
        inner = item_of(nitf, page, name, facts)
        return NewsItem(name, inner.sha256, inner.facts, inner.html, pictures=(*inner.pictures, *pictures))
    inline = first(item, "contentSet/inlineXML")
    data = first(item, "contentSet/inlineData")
    html = (
        "".join(etree.tostring(each, encoding="unicode", with_tail=False) for each in inline)
        if inline is not None
        else ""
    )
    text = "".join(data.itertext()) if data is not None else ""
    if data is not None and "html" in data.get("contenttype", ""):
        html, text = html or text, ""
    digest = hashlib.sha256(etree.tostring(item)).hexdigest()
    return NewsItem(name, digest, facts, html, text, pictures)


def _facts(item: etree._Element, section: str) -> ItemFacts:
    meta, content = (_part(item, name) for name in ("itemMeta", "contentMeta"))
    rights = _part(item, "rightsInfo")
    titles = _headlines(content)
    made = iso(words(first(content, "contentCreated")) or words(first(meta, "firstCreated")))
    version = iso(words(first(content, "contentModified")) or words(first(meta, "versionCreated")))
    embargo = first(meta, "embargoed")
    language = first(content, "language")
    return ItemFacts(
        headline=titles.get("headline", "") or words(first(meta, "title")),
        kicker=titles.get("kicker", ""),
        deck=titles.get("deck", ""),
        byline=words(first(content, "by")),
        dateline=words(first(content, "dateline")) or words(first(content, "located/name")),
        published=made or version,
        updated=version if made else "",
        authors=_creators(content, "", "author", "writer", "reporter", "journalist"),
        photographers=_creators(content, "photographer"),
        editors=_creators(content, "editor"),
        section=section,
        outlet=_named(meta, "provider") or _named(content, "infoSource"),
        language=(language.get("tag", "") if language is not None else "") or item.get(_LANGUAGE, ""),
        rights=words(first(rights, "copyrightNotice")) or _named(rights, "copyrightHolder"),
        usage=" ".join(map(words, every(rights, "usageTerms"))),
        url=next((each.get("href", "") for each in every(meta, "link") if "web" in each.get("rel", "")), ""),
        identifier=item.get("guid", ""),
        embargo="" if embargo is None else iso(words(embargo)) or INDEFINITE,
        status=_status(item),
    )


def _part(item: etree._Element, name: str) -> etree._Element:
    found = first(item, name)
    return etree.Element(name) if found is None else found


def _headlines(content: etree._Element) -> dict[str, str]:
    """Return an item's headlines by the field that their role makes them."""
    told = (
        (_HEADLINES.get(_code(each.get("role", "")), "headline"), words(each)) for each in every(content, "headline")
    )
    return dict(reversed([entry for entry in told if entry[1]]))


def _code(qcode: str) -> str:
    """Return the code in a QCode such as `ninat:text`, or at the end of a concept's URI."""
    return qcode.rpartition(":")[2].rpartition("/")[2].lower()


def _kind(item: etree._Element) -> str:
    found = first(item, "itemMeta/itemClass")
    return _code(found.get("qcode", "") or found.get("uri", "")) if found is not None else ""


def _status(item: etree._Element) -> str:
    found = first(item, "itemMeta/pubStatus")
    return _code(found.get("qcode", "") or found.get("uri", "")) if found is not None else ""


def _named(element: etree._Element, name: str) -> str:
    found = first(element, name)
    if found is None:
        return ""
    return words(first(found, "name")) or found.get("literal", "") or words(found)


def _creators(content: etree._Element, *roles: str) -> tuple[str, ...]:
    """Return the names of creators and contributors who had one of `roles`; a creator without one is the author."""
    told = [*every(content, "creator"), *(each for each in every(content, "contributor") if each.get("role"))]
    names = (
        words(first(each, "name")) or each.get("literal", "") for each in told if _code(each.get("role", "")) in roles
    )
    return tuple(dict.fromkeys(filter(None, names)))


def _picture(item: etree._Element) -> ItemPicture:
    """Return a picture item with its addresses, the widest first."""
    content = _part(item, "contentMeta")
    described = {_code(each.get("role", "")): words(each) for each in reversed(every(content, "description"))}
    contents = sorted(every(item, "contentSet/remoteContent"), key=lambda each: -_width(each))
    images = tuple(filter(None, (each.get("href", "").removeprefix("./") for each in contents)))
    caption = described.get("caption") or next(iter(described.values()), "") or words(first(content, "headline"))
    credit = words(first(content, "creditline")) or "、".join(_creators(content, "photographer", ""))
    return ItemPicture(images, caption, credit, described.get("alttext", ""))


def _width(remote: etree._Element) -> int:
    width = remote.get("width", "")
    return int(width) if width.isdecimal() and width.isascii() else 0
