"""Issues become e-books: one issue, many bound into a volume, a year's articles by month, or each article alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from newsbook.assets import style_fonts
from newsbook.diagnostics import Code, Diagnostic, InputError, Place, Report, UsageError
from newsbook.faces import Face, find_face
from newsbook.model import FORBIDDEN, Edition, Issue, Volume
from newsbook.model.walk import map_strings, strings
from newsbook.record import tools
from newsbook.store import Store


class Ebook(Struct, frozen=True):
    """What the user said about an e-book: its style, the files of its cover and of the PDF that has its pages."""

    style: str = "bulletin"
    cover: str = ""
    pages: str = ""
    embed_fonts: bool = False


def make_epub(issue: Issue, book: Ebook, target: BinaryIO, store: Store, report: Report) -> None:
    """Write an issue, whose pictures are in `store`, as an EPUB into `target`, open for reading and writing."""
    from newsbook.layout import Carrier, make_up

    sound = _sound(issue, report)
    edition = make_up(sound, Carrier.EBOOK, book.style, tools("ebooklib"), _finder(book), report)
    _write(edition, _cover(sound, book, store, report), book, target, store, report)


def make_volume(volume: Volume, book: Ebook, target: BinaryIO, store: Store, report: Report) -> None:
    """Write issues bound into one as an EPUB into `target`; to draw the cover takes most memory, and so comes first."""
    from newsbook.layout import cover_of, make_up_volume

    sound = replace(volume, issues=tuple(_sound(issue, report) for issue in volume.issues))
    cover = _cover(cover_of(sound), book, store, report)
    _write(make_up_volume(sound, book.style, tools("ebooklib")), cover, book, target, store, report)


def make_lone(  # noqa: PLR0913, PLR0917
    issue: Issue, number: int, book: Ebook, target: BinaryIO, store: Store, report: Report
) -> None:
    """Write the `number`-th article of an issue as an EPUB of its own into `target`."""
    from newsbook.layout import alone_in, make_up_lone

    sound = _sound(issue, report)
    edition = make_up_lone(sound, number, book.style)
    _write(edition, _cover(alone_in(sound, number), book, store, report), book, target, store, report)


def _write(  # noqa: PLR0913, PLR0917
    edition: Edition, cover: bytes, book: Ebook, target: BinaryIO, store: Store, report: Report
) -> None:
    """Give an edition its cover and what else was asked for, and write it."""
    from newsbook.writers.epub import write_epub

    if book.pages:
        from newsbook.writers.epub.pagelist import with_pages_of

        edition = with_pages_of(edition, _bytes(book.pages))
    if book.embed_fonts:
        from newsbook.faces import find_font
        from newsbook.layout.embedding import with_fonts
        from newsbook.subsets import cut_down

        find_file = partial(find_font, brought=style_fonts(book.style))
        edition = with_fonts(edition, book.style, _finder(book), find_file, cut_down, report)
    write_epub(edition, cover, target, store)


def _finder(book: Ebook) -> Callable[[str], Face | None]:
    """Return what finds faces, those that the style of a book brings along before the installed ones."""
    return partial(find_face, brought=style_fonts(book.style))


def _cover(issue: Issue, book: Ebook, store: Store, report: Report) -> bytes:
    """Return the user's picture as a JPEG, or a cover drawn from the style."""
    from newsbook.layout import Carrier, make_up
    from newsbook.writers.cover import draw_cover, fit_cover

    if not book.cover:
        return draw_cover(make_up(issue, Carrier.COVER, book.style, "", _finder(book), report), store, report)
    try:
        return fit_cover(_bytes(book.cover))
    except InputError as error:
        raise UsageError(f"the cover {book.cover} cannot be used: {error}; name a JPEG or PNG.") from error


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from error


def _sound(issue: Issue, report: Report) -> Issue:
    """Return an issue without characters that no XML can hold, so that one article never spoils the book.

    What was read is free of them; what a program of its own made may not be.
    """
    if not any(map(FORBIDDEN.search, strings(issue))):
        return issue
    message = "control characters were taken out of the text."
    for article in issue.articles:
        if any(map(FORBIDDEN.search, strings(article))):
            report(Diagnostic(Code.CONTROL_CHARACTERS, message, Place(article.source.name or article.headline)))
    return map_strings(issue, lambda text: FORBIDDEN.sub("", text))


def bind(issues: tuple[Issue, ...], frame: Issue) -> Volume:
    """Return issues bound into a volume, called and dated as `frame` says; else as most of them are, and the newest."""
    return Volume(
        nameplate=frame.nameplate or _commonest(issue.nameplate for issue in issues),
        issues=issues,
        language=frame.language or _commonest(issue.language for issue in issues),
        number=frame.number,
        date=frame.date or max(issue.date for issue in issues),
        publisher=frame.publisher or _commonest(issue.publisher for issue in issues),
        rights=frame.rights or _commonest(issue.rights for issue in issues),
    )


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value])


def by_month(issue: Issue) -> Volume:
    """Return an issue's articles as a volume of months, those without a date behind them; in a month by their time."""
    from newsbook.layout.words import words_for

    months = sorted({article.published[:7] for article in issue.articles}, key=lambda month: (not month, month))
    undated = words_for(issue.language).undated
    parts = tuple(
        replace(
            issue,
            number="" if month else undated,
            date=month,
            articles=tuple(
                sorted(
                    (article for article in issue.articles if article.published[:7] == month),
                    key=lambda article: article.published,
                )
            ),
        )
        for month in months
    )
    return bind(parts, issue)
