"""Read a sitemap: the addresses of a site's pages, or of more sitemaps.

https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterator

from newsbook.diagnostics import InputError
from newsbook.inputs import is_url
from newsbook.readers.interface import Addresses, Received, Taken
from newsbook.readers.xml import every, local, parse, words

_ROOTS = ("urlset", "sitemapindex")


def read_sitemap(received: Received) -> Iterator[Taken]:
    """Yield the addresses in a sitemap, each once. Raises `InputError` where there are none.

    What a news sitemap says of a page, the page says, too.
    """
    root = parse(received.page())
    if local(root) not in _ROOTS:
        raise InputError(f"{received.name} is no sitemap.")
    found = dict.fromkeys(words(each) for each in (*every(root, "url/loc"), *every(root, "sitemap/loc")))
    urls = tuple(filter(is_url, found))
    if not urls:
        raise InputError(f"{received.name} is a sitemap without an address in it.")
    yield Taken(Addresses(urls, is_sitemap=True))
