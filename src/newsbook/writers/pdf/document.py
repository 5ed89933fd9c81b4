"""Write an edition as one PDF: documents joined, laid out with adjusted CJK lines, written, and checked."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from xml.etree.ElementTree import Element

from newsbook.assets import template_environment
from newsbook.diagnostics import Code, DependencyError, Diagnostic, Report, UsageError
from newsbook.model import Edition
from newsbook.store import Store
from newsbook.writers.pdf.beside import FITTINGS, mend_beside
from newsbook.writers.pdf.check import check
from newsbook.writers.pdf.derived import face_sheets, faces_of
from newsbook.writers.pdf.links import join_links, name_links
from newsbook.writers.pdf.stranded import PASSES, Engine, mend_stranded
from newsbook.writers.pdf.vertical import mark_upright, turned_upright


class Profile(StrEnum):
    """What kind of PDF is written: an ordinary one, or one that conforms to PDF/UA-1 (ISO 14289-1)."""

    PLAIN = "plain"
    ACCESSIBLE = "accessible"


_VARIANT = {Profile.PLAIN: None, Profile.ACCESSIBLE: "pdf/ua-1"}


def write_pdf(edition: Edition, profile: Profile, store: Store, report: Report) -> bytes:
    """Return the edition, whose pictures are in `store`, as a PDF that has been opened again and found whole.

    The same edition gives the same bytes with the same engine and fonts. Raises `DependencyError` where the engine's
    libraries are missing, `UsageError` where a style asks for what the edition does not hold, and
    `ValidationError` where the finished file is not what was asked for.
    """
    pdf = name_links(_render(edition, _VARIANT[profile], store, report), edition)
    check(pdf, edition)
    return pdf


def _render(edition: Edition, variant: str | None, store: Store, report: Report) -> bytes:
    require_engine()
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from newsbook.writers.pdf.fetcher import BASE, EditionFetcher
    from newsbook.writers.pdf.lines import cjk_lines

    faces = faces_of(edition)
    fetcher = EditionFetcher(edition, faces, store)
    try:
        with _messages(report), cjk_lines(report):
            fonts = FontConfiguration()
            page = weasyprint.HTML(string=_join(edition), base_url=BASE, url_fetcher=fetcher)
            sheets = [
                weasyprint.CSS(string=sheet.css, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
                for sheet in face_sheets(edition, faces, BASE)
            ]
            if edition.is_vertical:
                mark_upright(page.etree_element)
            options = {"stylesheets": sheets, "pdf_variant": variant, "pdf_tags": True}
            pdf = _laid_out(page, fonts, options).write_pdf(**options)
    except FatalURLFetchingError as error:
        raise UsageError(f"{error}; a style may use only what the edition holds.") from error
    if not isinstance(pdf, bytes):
        raise TypeError("the engine returned no PDF")
    return turned_upright(pdf) if edition.is_vertical else pdf


def _laid_out(html: Engine, fonts: Engine, options: Mapping[str, object]) -> Engine:
    """Return the engine's pages, made anew where pictures must be fitted, or leave the foot of a page empty."""
    mended = set[Element]()
    document = html.render(fonts, **options)
    for left in reversed(range(FITTINGS)):
        if not mend_beside(_boxes_of(document), is_last=not left):
            break
        document = html.render(fonts, **options)
    for _ in range(PASSES):
        if not mend_stranded(_boxes_of(document), html.etree_element, mended):
            break
        document = html.render(fonts, **options)
    join_links(document)
    return document


def _boxes_of(document: Engine) -> list[Engine]:
    return [page._page_box for page in document.pages]  # noqa: SLF001 - the engine tells in no other way where boxes lie.


def require_engine() -> None:
    """Load WeasyPrint. Raises `DependencyError`, naming packages, where its libraries are missing."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise DependencyError(
            f"WeasyPrint cannot load its libraries ({error.args[0] if error.args else error}); "
            "install Pango and HarfBuzz (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "Fedora: pango; macOS: brew install pango)."
        ) from error


def _join(edition: Edition) -> str:
    authors = [person.name for person in edition.metadata.contributors if person.relator == "aut"]
    template = template_environment().get_template("print.html")
    return template.render(metadata=edition.metadata, authors=authors, documents=edition.documents)


@contextmanager
def _messages(report: Report) -> Iterator[None]:
    """Turn what the engine logs while it works into findings."""
    logger = logging.getLogger("weasyprint")
    handler = _Findings(report)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class _Findings(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        self._report(Diagnostic(Code.ENGINE_MESSAGE, f"WeasyPrint: {record.getMessage()}"))
