"""Render an edition: give WeasyPrint what belongs to it and nothing else, lay it out until it fits, and write it."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from newsbook.assets import template_environment
from newsbook.diagnostics import Code, Diagnostic, Report, UsageError
from newsbook.fonts.derived import Derived, face_sheets, faces_of, file_name
from newsbook.model import Edition
from newsbook.store import Store
from newsbook.writers.pdf.composition import compose
from newsbook.writers.pdf.engine import cjk_lines, unknown_engine
from newsbook.writers.pdf.engine.boxes import pages_of
from newsbook.writers.pdf.engine.fontfiles import font_configuration
from newsbook.writers.pdf.engine.patch import Engine
from newsbook.writers.pdf.floats import FLOATINGS, float_figures
from newsbook.writers.pdf.locators import fill_in, locators, pages_of_anchors
from newsbook.writers.pdf.newspaper import compose_newspaper
from newsbook.writers.pdf.vertical import mark_upright, turned_picture

# The host is in the domain that RFC 2606 keeps from ever existing.
BASE = "http://edition.invalid/"

# An index is filled in once, and again where its own length moves what it leads to.
_INDEXINGS = 4


class EditionFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types.
    """A fetcher that knows the pictures of one edition. WeasyPrint 70 asks for a subclass of its own."""

    def __init__(self, edition: Edition, faces: Iterable[Derived], store: Store) -> None:
        super().__init__(allowed_protocols=("http",), allow_redirects=False)
        self._media = {f"{BASE}images/{item.name}": item for item in edition.media}
        self._store = store
        self._is_vertical = edition.is_vertical
        self._faces = {f"{BASE}{file_name(face)}": face.file for face in faces}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the picture that `url` names. Raises for whatever is not in the edition."""
        del headers
        if url in self._faces:
            return URLFetcherResponse(url, self._faces[url], {"Content-Type": "font/otf"})
        if url not in self._media:
            raise FatalURLFetchingError(f"the edition holds no {url}")
        item = self._media[url]
        raw = self._store.read(item.sha256)
        # A drawing is a code, which is read from every side.
        is_turned = self._is_vertical and item.type != "image/svg+xml"
        return URLFetcherResponse(url, turned_picture(item, raw) if is_turned else raw, {"Content-Type": item.type})


def render(edition: Edition, variant: str | None, store: Store, report: Report) -> bytes:
    """Return an edition as a PDF of one of the engine's variants, as the engine writes it.

    Raises `UsageError` where a style asks for what the edition does not hold.
    """
    faces = faces_of(edition, store)
    fetcher = EditionFetcher(edition, faces, store)
    try:
        with _messages(report), cjk_lines(report), font_configuration() as fonts:
            page = weasyprint.HTML(string=joined(edition), base_url=BASE, url_fetcher=fetcher)
            sheets = [
                weasyprint.CSS(string=sheet.css, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
                for sheet in face_sheets(edition, faces, BASE)
            ]
            if edition.is_vertical:
                mark_upright(page.etree_element)
            options = {"stylesheets": sheets, "pdf_variant": variant, "pdf_tags": True}
            document = _with_index(page, fonts, options, edition)
            _join_links(document)
            pdf = document.write_pdf(**options)
    except FatalURLFetchingError as error:
        raise UsageError(f"{error}; a style may use only what the edition holds.") from error
    if not isinstance(pdf, bytes):
        raise TypeError("the engine returned no PDF")
    return pdf


def _with_index(page: Engine, fonts: Engine, options: Mapping[str, object], edition: Edition) -> Engine:
    """Return a document laid out; one with an index again with its pages filled in, until they hold."""
    places = locators(page.etree_element)
    document = _composed(page, fonts, options, edition)
    for _ in range(_INDEXINGS if places else 0):
        changed = list(fill_in(places, pages_of_anchors([made.anchors for made in document.pages])))
        if not changed:
            break
        if edition.is_vertical:
            for element in changed:
                mark_upright(element)
        document = _composed(page, fonts, options, edition)
    return document


def _composed(page: Engine, fonts: Engine, options: Mapping[str, object], edition: Edition) -> Engine:
    is_planned = bool(edition.plan.kind) and not unknown_engine()
    if is_planned and edition.plan.kind == "modules":
        return compose_newspaper(page, fonts, options, edition.plan)
    if is_planned:
        return compose(page, fonts, options, edition.plan, is_vertical=edition.is_vertical)
    _drop_jumps(page.etree_element)
    return _laid_out(page, fonts, options)


def _laid_out(html: Engine, fonts: Engine, options: Mapping[str, object]) -> Engine:
    """Return the engine's pages, made anew where pictures leave the foot of a page empty."""
    floated = set[Element]()
    document = html.render(fonts, **options)
    for _ in range(FLOATINGS):
        if not float_figures(pages_of(document), html.etree_element, floated):
            break
        document = html.render(fonts, **options)
    return document


def _drop_jumps(root: Element) -> None:
    """Drop what only planned pages have: jump lines, the heads of what is continued, and the rules between modules."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class") in {"jump", "again", "across-rule", "down-rule"}:
                parent.remove(child)


def _join_links(document: Engine) -> None:
    """Leave the pages no links but those that stand for a whole one: the engine makes one of every box inside, too."""
    for page in document.pages:
        # The last of a link's four parts is its box.
        page.links = [link for link in page.links if link[3].link]


def joined(edition: Edition) -> str:
    """Return the documents of an edition as one page of HTML, which has no style sheets yet."""
    authors = [person.name for person in edition.metadata.contributors if person.relator == "aut"]
    template = template_environment().get_template("print.html")
    return template.render(metadata=edition.metadata, authors=authors, documents=edition.documents)


@contextmanager
def _messages(report: Report) -> Iterator[None]:
    """Turn what the engine logs while it works, in this context and in no other, into findings."""
    logger = logging.getLogger("weasyprint")
    handler = _Findings(report)
    token = _LISTENING.set(handler)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        _LISTENING.reset(token)


class _Findings(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        if _LISTENING.get() is self:
            self._report(Diagnostic(Code.ENGINE_MESSAGE, f"WeasyPrint: {record.getMessage()}"))


# Every thread's messages come to every handler.
_LISTENING: ContextVar[_Findings | None] = ContextVar("_LISTENING", default=None)
