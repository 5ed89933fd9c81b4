"""The text of an XML document: in the encoding that it declares, where that is the one that it is in."""

import re

from newsbook.readers.encoding import Decoded, decode
from newsbook.readers.interface import Page

# XML 1.0 §2.8, production 23. https://www.w3.org/TR/xml/#sec-prolog-dtd
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)")


def decode_xml(page: Page) -> Decoded:
    """Return the text of a document without its declaration, which speaks of bytes that are none any more."""
    declared = _ENCODING.match(page.raw[:1000])
    decoded = decode(page, declared[1].decode("ascii") if declared else "")
    return Decoded(_DECLARATION.sub("", decoded.text, count=1), decoded.encoding)
