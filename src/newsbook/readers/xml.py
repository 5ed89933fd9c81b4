"""Parse XML that others have written: no entities but the five of XML, no network, no depth without bound."""

from lxml import etree

from newsbook.diagnostics import Code, Diagnostic, InputError, Place
from newsbook.readers.encoding import decode_xml
from newsbook.readers.interface import RawPage
from newsbook.readers.text import closed_up


def parse(page: RawPage) -> etree._Element:
    """Return the outermost element of a document. A broken one is read as far as it goes, and that is reported.

    Raises `InputError` where nothing of it can be read.
    """
    raw = decode_xml(page).text.lstrip().encode("utf-8", "replace")
    try:
        root = etree.fromstring(raw, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        root = _recovered(page, raw, str(error))
    if any(True for _ in root.iter(etree.Entity)):
        message = "the document uses entities of its own, which are not read; text may be missing."
        page.report(Diagnostic(Code.FORM_BROKEN, message, Place(page.name), "Compare it with the original."))
    return root


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def _recovered(page: RawPage, raw: bytes, why: str) -> etree._Element:
    try:
        root: etree._Element | None = etree.fromstring(raw, _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise InputError(f"{page.name} is broken XML: {why}.")
    message = f"the document is not well formed ({why}); it was read as far as it goes."
    page.report(Diagnostic(Code.FORM_BROKEN, message, Place(page.name), "Compare it with the original."))
    return root


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, empty for a comment, an instruction or an entity."""
    # `QName` refuses what a broken document may be made of: a prefix of no namespace, a bracket in an address.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words(element: etree._Element | None) -> str:
    """Return the text in an element, white space closed up."""
    return closed_up("".join(element.itertext("{*}*"))) if element is not None else ""


def first(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at `path`, whose steps are local names, below `element`, itself not counted."""
    return element.find("/".join(f"{{*}}{step}" if step not in {".", "", "*"} else step for step in path.split("/")))


def every(element: etree._Element, path: str) -> list[etree._Element]:
    """Return all elements at `path`, whose steps are local names, below `element`."""
    return element.findall("/".join(f"{{*}}{step}" if step not in {".", "", "*"} else step for step in path.split("/")))
