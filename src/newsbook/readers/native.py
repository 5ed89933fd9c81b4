"""Read newsbook's own JSON, less the characters that no edition can hold."""

import codecs

import msgspec

from newsbook import native
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import FORBIDDEN, Article, Issue
from newsbook.readers.page import Page


def read_native(page: Page) -> Article | Issue:
    """Return the article or issue. Raises `InputError` for what is not newsbook's JSON."""
    document = native.load(page.raw.removeprefix(codecs.BOM_UTF8), page.name)
    plain = msgspec.json.decode(native.dump(document))
    cleaned = _clean(plain)
    if cleaned == plain:
        return document
    message = "control characters were taken out of the text."
    page.report(Diagnostic(Code.CONTROL_CHARACTERS, message, Place(page.name)))
    return msgspec.convert(cleaned, type=Article | Issue)


def _clean(value: object) -> object:
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return {key: _clean(item) for key, item in value.items()} if isinstance(value, dict) else value
