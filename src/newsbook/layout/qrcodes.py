"""QR codes that lead from paper to where a story was published, as outlines, and as large as a telephone needs."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report, printable
from newsbook.layout.style import QRCode, Style
from newsbook.layout.templates import is_link
from newsbook.model import Article, Issue, Media
from newsbook.store import Store

# ISO/IEC 18004, 6.3.8: four modules of white on every side.
_QUIET = 4
# Telephones read modules of a third of a millimetre from a hand's breadth; printers in offices blur a tenth.
_MODULE = 0.42
# Version 10 has 57 modules, and room for 213 bytes at level M: 27 mm on paper. A larger one dwarfs its story.
_LARGEST_VERSION = 10
# What RFC 3986 lets stand in an address for itself.
_PLAIN = "!$&'()*+,-./:;=?@_~%#[]"


def with_codes(style: Style, issue: Issue, wanted: str, store: Store, report: Report) -> Style:
    """Return a style with a code for the address of each article, if `wanted` is yes; where it is empty the style says.

    An article without an address, or with one too long, has none: one finding for all of a kind, and for those
    without an address only where the user asks for codes.
    """
    if wanted == "no" or not (wanted or style.page.qr):
        return replace(style, codes={})
    codes: dict[str, QRCode] = {}
    media: list[Media] = []
    bare: list[Article] = []
    long: list[Article] = []
    for article in issue.articles:
        url = article.source.url
        drawn = _drawn(url) if is_link(url) else None
        if drawn is None:
            (long if is_link(url) else bare).append(article)
        elif url not in codes:
            svg, modules = drawn
            digest = store.put(svg)
            media.append(Media(f"qr-{digest[:12]}.svg", "image/svg+xml", modules, modules, digest))
            codes[url] = QRCode(f"images/{media[-1].name}", round(modules * _MODULE, 2))
    if bare and wanted:
        report(_left_out(bare, "no address", "Give one"))
    if long:
        report(_left_out(long, "an address that is too long for one", "Give a shorter one"))
    return replace(style, codes=codes, media=(*style.media, *media))


# More than this are not named one by one.
_MOST_NAMED = 5


def _left_out(articles: Sequence[Article], why: str, hint: str) -> Diagnostic:
    names = [article.source.name or article.headline[:60] for article in articles]
    if len(names) == 1:
        message, where = f"there is no QR code, for it has {why}.", Place(names[0])
    else:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        named = ", ".join(map(printable, names[:_MOST_NAMED]))
        message, where = f"{len(names)} articles have no QR code, for they have {why}: {named}{more}.", Place()
    return Diagnostic(Code.QR_LEFT_OUT, message, where, f"{hint}, as url under [[articles]].")


def _drawn(url: str) -> tuple[bytes, int] | None:
    """Return a code for an address as a drawing, and its side in modules; None where it would be too large."""
    import segno
    from segno.encoder import DataOverflowError

    try:
        code = segno.make_qr(_in_ascii(url), error="m", version=None)
    except DataOverflowError:
        return None
    if int(code.version) > _LARGEST_VERSION:
        return None
    modules = tuple(bytes(row) for row in code.matrix)
    side = len(modules) + 2 * _QUIET
    # White is drawn, too: what lies below must not show between the modules.
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
    path = " ".join(_outlines(modules))
    body = f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" fill-rule="evenodd" d="{path}"/></svg>'
    return f"{head}{body}".encode("ascii"), side


def _in_ascii(url: str) -> str:
    """Return an address as RFC 3986 has it, for telephones take it as it is; a host in another script by its IDNA name.

    >>> _in_ascii("https://渡口.example/食堂?id=1")
    'https://xn--6orp42d.example/%E9%A3%9F%E5%A0%82?id=1'
    """
    import idna

    parts = urlsplit(url)
    host = parts.hostname or ""
    if host.isascii():
        return quote(url, safe=_PLAIN)
    with suppress(idna.IDNAError):
        parts = parts._replace(netloc=parts.netloc.replace(host, idna.encode(host, uts46=True).decode("ascii")))
    return quote(urlunsplit(parts), safe=_PLAIN)


def _outlines(modules: Sequence[bytes]) -> Iterator[str]:
    """Yield the outline of each dark area as a path: squares side by side would show hairlines between them."""
    ways = _edges(modules)
    while ways:
        start = next(iter(ways))
        points, at = [start], ways[start].pop()
        while at != start:
            points.append(at)
            at = ways[at].pop()
        ways = {point: ends for point, ends in ways.items() if ends}
        yield "M" + "L".join(f"{x + _QUIET} {y + _QUIET}" for x, y in points) + "Z"


def _edges(modules: Sequence[bytes]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return the edges between dark and light, each from point to point with the dark on its right."""
    side = len(modules)

    def is_dark(x: int, y: int) -> bool:
        return 0 <= x < side and 0 <= y < side and modules[y][x] == 1

    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for y in range(side):
        for x in range(side):
            if is_dark(x, y):
                around = (
                    ((x, y), (x + 1, y), is_dark(x, y - 1)),
                    ((x + 1, y), (x + 1, y + 1), is_dark(x + 1, y)),
                    ((x + 1, y + 1), (x, y + 1), is_dark(x, y + 1)),
                    ((x, y + 1), (x, y), is_dark(x - 1, y)),
                )
                for begin, end, is_within in around:
                    if not is_within:
                        ways.setdefault(begin, []).append(end)
    return ways
