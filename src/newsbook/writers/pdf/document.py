"""Write an edition as one PDF: rendered, finished, and checked."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from newsbook.diagnostics import DependencyError, Report
from newsbook.model import Edition
from newsbook.store import Store
from newsbook.writers.pdf.check import Profile, check
from newsbook.writers.pdf.finish import finish

_VARIANT = {Profile.PLAIN: None, Profile.ACCESSIBLE: "pdf/ua-1", Profile.ARCHIVE: "pdf/a-3a"}


def write_pdf(edition: Edition, profile: Profile, store: Store, report: Report) -> bytes:
    """Return the edition, whose pictures are in `store`, as a PDF that has been opened again and found whole.

    The same edition gives the same bytes with the same engine and fonts, in any number of threads. Raises
    `DependencyError` where the engine's libraries are missing, `UsageError` where a style asks for what the edition
    does not hold, and `ValidationError` where the finished file is not what was asked for.
    """
    require_engine()
    from newsbook.writers.pdf.rendering import render

    with _uncollected():
        pdf = finish(render(edition, _VARIANT[profile], store, report), edition, profile)
        check(pdf, edition, profile)
    return pdf


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector away while a document is laid out, for all of it is in use until it is written."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


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
