"""Which links an edition may carry, and how they are written."""

import re
from urllib.parse import quote, urlsplit

_SCHEMES = ("https://", "http://", "mailto:")

# URL Standard, “URL code points”: these stand for themselves, and so do letters outside ASCII. A percent sign begins
# an escape, a number sign the fragment. https://url.spec.whatwg.org/#url-code-points
_PLAIN = "!$&'()*+,-./:;=?@_~%"
_ASCII = re.compile(r"[\x00-\x7f]+")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# A host as browsers take it; what stands in brackets is an address of IPv6.
_HOST = re.compile(r"(?:[^\s\x00-\x2c/:;<=>?@\[\\\]^`{|}~%\x7f]+|\[[0-9A-Fa-f:.]+\])")


def is_link(text: str) -> bool:
    """Tell whether `text` is a link that an edition may carry: the web's schemes and mail, nothing that runs."""
    if not text.startswith(_SCHEMES):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{port}")
    return bool(parts.path) if parts.scheme == "mailto" else bool(_HOST.fullmatch(host))


def address(link: str) -> str:
    """Return a link with what may not stand in one escaped.

    >>> address('https://a.example/早 市?x=<1>&y=100%#"1"#2')
    'https://a.example/早%20市?x=%3C1%3E&y=100%25#%221%22%232'
    """
    before, mark, fragment = link.partition("#")
    return _escaped(before) + mark + _escaped(fragment)


def _escaped(text: str) -> str:
    return _ASCII.sub(lambda run: quote(run[0], safe=_PLAIN), _BARE_PERCENT.sub("%25", text))
