"""Read newsbook's own JSON, less the characters that no edition can hold."""

import codecs

from newsbook import native
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import FORBIDDEN, Article, Issue
from newsbook.model.walk import map_strings
from newsbook.readers.page import Page


def read_native(page: Page) -> Article | Issue:
    """Return the article or issue. Raises `InputError` for what is not newsbook's JSON."""
    document = native.load(page.raw.removeprefix(codecs.BOM_UTF8), page.name)
    cleaned = map_strings(document, lambda text: FORBIDDEN.sub("", text))
    if cleaned is not document:
        message = "control characters were taken out of the text."
        page.report(Diagnostic(Code.CONTROL_CHARACTERS, message, Place(page.name)))
    return cleaned
