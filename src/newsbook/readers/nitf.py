"""Read NITF, the News Industry Text Format, versions 3.x. Its body becomes HTML, its head and metadata facts.

Elements are those of the NITF 3.6 schema. https://iptc.org/standards/nitf/
"""

import hashlib
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, tostring
from lxml.html.builder import E

from newsbook.diagnostics import Code, Diagnostic, InputError, Place
from newsbook.readers.interface import RawPage, Taken
from newsbook.readers.newsitem import ItemFacts, ItemPicture, NewsItem, copy_of
from newsbook.readers.values import iso
from newsbook.readers.xml import every, first, local, parse, words
from newsbook.release import INDEFINITE

_SAME = frozenset({
    "p", "ol", "ul", "li", "dl", "dt", "dd", "pre", "hr", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
    "td", "a", "br", "em", "q", "ruby", "rb", "rt", "rp", "rbc", "rtc", "sub", "sup",
})  # fmt: skip
_OTHER = {"hl2": "h3", "bq": "blockquote", "fn": "p", "tagline": "p", "bibliography": "p", "abstract": "div"}
_SILENT = frozenset({
    "media-metadata", "media-object", "nitf-table-metadata", "tobject", "key-list", "classifier", "note", "alt-code",
    "custom-table", "col", "colgroup", "media-reference",
})  # fmt: skip
_BLOCKS = frozenset({"block", "body.content", "body.end", "body.head", "nitf-table", "datasource"})
_WITHIN = frozenset({"p", "media", "table", "hl2", "block", "bq"})
_KEPT = ("href", "colspan", "rowspan")
_STATUS = {"usable": "usable", "withheld": "withheld", "canceled": "canceled", "embargoed": "usable"}


def read_nitf(page: RawPage) -> Iterator[Taken]:
    """Yield the article in an NITF document. Raises `InputError` where there is none."""
    yield Taken(copy_of(item_of(parse(page), page, page.name, ItemFacts())))


def item_of(root: etree._Element, page: RawPage, name: str, outer: ItemFacts) -> NewsItem:
    """Return the story in the element `nitf`. `outer` is what the form around it states, which goes first."""
    body = first(root, "body")
    if body is None:
        raise InputError(f"{name} is NITF without a body.")
    facts = _facts(root, body)
    told = {field: getattr(outer, field) or getattr(facts, field) for field in ItemFacts.__struct_fields__}
    if films := [each for each in every(body, ".//media") if not _is_picture(each)]:
        message = f"{len(films)} of the media are no pictures; an article has no place for them."
        page.report(Diagnostic(Code.FIELDS_LEFT_OUT, message, Place(name)))
    digest = hashlib.sha256(etree.tostring(root)).hexdigest()
    return NewsItem(name, digest, ItemFacts(**told), html=_html(body), pictures=tuple(_pictures(body)))


def body_of(markup: str) -> str:
    """Return a piece of NITF as HTML; empty where it is none."""
    try:
        root = etree.fromstring(markup.encode(), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return ""
    body = None if root is None else first(root, "body")
    return "" if body is None else _html(body)


def _facts(root: etree._Element, body: etree._Element) -> ItemFacts:
    head = first(body, "body.head")
    head = etree.Element("body.head") if head is None else head
    docdata = first(root, "head/docdata")
    docdata = etree.Element("docdata") if docdata is None else docdata
    status = docdata.get("management-status", "")
    release = _norm(docdata, "date.release")
    return ItemFacts(
        headline=words(first(head, "hedline/hl1")) or words(first(root, "head/title")),
        deck=" ".join(filter(None, map(words, every(head, "hedline/hl2")))),
        byline=words(first(head, "byline")),
        authors=tuple(filter(None, map(words, every(head, "byline/person")))),
        dateline=words(first(head, "dateline")),
        published=_norm(docdata, "date.issue") or _published(root),
        section=_attribute(root, "head/pubdata", "position.section"),
        outlet=words(first(head, "distributor")) or _attribute(root, "head/pubdata", "name"),
        language=_language(root),
        rights=words(first(head, "rights")) or _copyright(docdata),
        usage=_attribute(docdata, "doc.rights", "limitations"),
        url=_attribute(root, "head/pubdata", "ex-ref"),
        identifier=_attribute(docdata, "doc-id", "id-string"),
        embargo=(release or INDEFINITE) if status == "embargoed" else "",
        status=_STATUS.get(status, status),
    )


def _norm(docdata: etree._Element, name: str) -> str:
    return iso(_attribute(docdata, name, "norm"))


def _published(root: etree._Element) -> str:
    return iso(
        _attribute(root, "head/pubdata", "date.publication")
        or _attribute(root, "body/body.head/dateline/story.date", "norm")
    )


def _attribute(element: etree._Element, path: str, name: str) -> str:
    found = first(element, path)
    return found.get(name, "").strip() if found is not None else ""


def _language(root: etree._Element) -> str:
    body = first(root, "body")
    spoken = "{http://www.w3.org/XML/1998/namespace}lang"
    return root.get("baselang") or root.get(spoken) or (body.get(spoken) if body is not None else "") or ""


def _copyright(docdata: etree._Element) -> str:
    year, holder = (_attribute(docdata, "doc.copyright", name) for name in ("year", "holder"))
    return f"© {year} {holder}".strip() if holder else ""


def _html(body: etree._Element) -> str:
    """Return the content of a body, and what stands at its end, as HTML."""
    parts = [*every(body, "body.head/abstract"), *every(body, "body.content"), *every(body, "body.end")]
    return "\n".join(tostring(_made(part), encoding="unicode") for part in parts)


def _made(element: etree._Element) -> HtmlElement:
    """Return an element of NITF and what is in it as the element of HTML that means the same."""
    name = local(element)
    if name == "media":
        return _figure(element)
    if name == "credit":
        return E.p({"class": "attribution"}, words(element))
    made = E(name if name in _SAME else _OTHER.get(name, "span" if _is_inline(element) else "div"))
    for attribute in _KEPT:
        if attribute in element.attrib:
            made.set(attribute, element.get(attribute, ""))
    made.text = element.text
    for child in element:
        inner = _made(child) if local(child) and local(child) not in _SILENT else E.span()
        inner.tail = child.tail
        made.append(inner)
    return made


def _is_inline(element: etree._Element) -> bool:
    """Tell whether an element of no meaning in HTML stands in a run of text: names, places, times, sums of money."""
    return local(element) not in _BLOCKS and not any(local(child) in _WITHIN for child in element)


def _figure(media: etree._Element) -> HtmlElement:
    if not _is_picture(media):
        return E.span()
    picture = _picture(media)
    source = picture.images[0] if picture.images else ""
    return E.figure(E.img(src=source, alt=picture.alt), E.figcaption(picture.caption))


def _is_picture(media: etree._Element) -> bool:
    kinds = {
        media.get("media-type", ""),
        *(each.get("mime-type", "").partition("/")[0] for each in every(media, "media-reference")),
    }
    return not kinds & {"audio", "video", "text", "data", "application"}


def _pictures(body: etree._Element) -> Iterator[ItemPicture]:
    yield from (_picture(media) for media in every(body, ".//media") if _is_picture(media))


def _picture(media: etree._Element) -> ItemPicture:
    """Return a picture with its addresses, the widest first."""
    references = sorted(every(media, "media-reference"), key=lambda each: -_number(each.get("width", "")))
    images = tuple(filter(None, (each.get("source", "") for each in references)))
    credit = words(first(media, "media-producer")) or next(
        filter(None, (each.get("source-credit", "") for each in references)), ""
    )
    alt = next(filter(None, (each.get("alternate-text", "") for each in references)), "")
    return ItemPicture(images, " ".join(filter(None, map(words, every(media, "media-caption")))), credit, alt)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0
