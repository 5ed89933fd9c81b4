"""Where the engine lays the fonts of a document: a folder that is claimed, so that no dead run leaves it for good."""

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.text.fonts import FontConfiguration

from newsbook.claims import scratch
from newsbook.writers.pdf.engine.patch import Engine


@contextmanager
def font_configuration() -> Iterator[Engine]:
    """Yield the engine's fonts for one document. Their files go with the context."""
    with scratch() as folder:
        fonts = FontConfiguration()
        fonts._folder = folder  # else it makes one of its own, which nobody sweeps
        try:
            yield fonts
        finally:
            fonts._folder = None
