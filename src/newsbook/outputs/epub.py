"""Issues become e-books: one issue, many bound into a volume, a year's articles by month, or each article alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from newsbook.binding import Bound, bind_volume, by_month
from newsbook.diagnostics import Code, Diagnostic, InputError, Place, Report, UsageError
from newsbook.fonts.faces import face_finder
from newsbook.jobs import Outcome
from newsbook.model import FORBIDDEN, Article, Edition, Issue, Volume
from newsbook.model.walk import map_strings, strings
from newsbook.outputs.archive import archived
from newsbook.outputs.culprits import set_without_culprits
from newsbook.outputs.indexing import index_wanted
from newsbook.outputs.pages import draw_cover, read_named
from newsbook.outputs.reduction import within_bytes, within_pixels
from newsbook.project import Output, bytes_of
from newsbook.record import tools
from newsbook.workplace import Product, Workplace

if TYPE_CHECKING:
    from newsbook.layout import Style

# A file name takes 255 bytes on the file systems in use; the number and the suffix have their share of them.
_LONGEST_NAME = 200
_NOT_IN_NAMES = str.maketrans("", "", '\\/:*?"<>|')


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield what `output.collection` asks for: one e-book, or one for each article."""
    from newsbook.layout import coloured, load_style

    sound = replace(bound, issues=tuple(_sound(issue, work.report) for issue in bound.issues))
    binder = _Binder(output, coloured(load_style(output.style, work.store), bound.project.design), work, bound)
    match output.collection:
        case "volume":
            yield binder.volume(bind_volume(sound.issues, bound.facts))
        case "months":
            yield binder.volume(by_month(sound.issues[0]))
        case "individual":
            yield from binder.individual(sound.issues[0])
        case _:
            yield binder.issue(sound.issues[0])


class _Binder(Struct, frozen=True):
    """What every e-book of an output is made with."""

    output: Output
    style: "Style"
    work: Workplace
    bound: Bound

    def issue(self, issue: Issue) -> Product:
        """Return the e-book of an issue."""
        from newsbook.layout import Carrier, make_up

        find_face = face_finder(self.style.fonts, self.work.store)
        wanted, report = index_wanted(self.bound.project), self.work.report
        edition = make_up(issue, Carrier.EBOOK, self.style, tools("ebooklib"), find_face, report, wanted)
        return self._written(edition, self._cover(issue), issue)

    def volume(self, volume: Volume) -> Product:
        """Return the e-book of a volume. To draw the cover takes most memory, and so comes first."""
        from newsbook.layout import as_one, cover_of, make_up_volume

        cover = self._cover(cover_of(volume))
        wanted, report = index_wanted(self.bound.project), self.work.report
        edition = make_up_volume(volume, self.style, tools("ebooklib"), report, wanted)
        return self._written(edition, cover, as_one(volume))

    def individual(self, issue: Issue) -> Iterator[Product]:
        """Yield an e-book for every story, called by its number and headline; the house's own matter is none."""
        from newsbook.layout import alone_in, make_up_lone

        stories = tuple(article for article in issue.articles if not article.genre) or issue.articles
        for number, article in enumerate(stories, 1):
            at = issue.articles.index(article) + 1
            lone = alone_in(issue, at)
            product = self._written(make_up_lone(issue, at, self.style), self._cover(lone), lone)
            yield replace(product, name=_name(number, article, len(stories)))

    def _written(self, edition: Edition, cover: bytes, issue: Issue) -> Product:
        """Write the edition of an issue with what else was asked for, and put the book into the store."""
        from newsbook.writers.epub import write_epub

        store = self.work.store
        if self.output.pages:
            from newsbook.writers.epub.pagelist import with_pages_of

            edition = with_pages_of(edition, read_named(self.output.pages))
        if self.output.embed_fonts:
            from newsbook.layout.embedding import with_fonts

            edition = with_fonts(edition, self.style, store, self.work.report)
        edition = within_pixels(edition, self.output.picture_size, self.work)

        def write(made: Edition) -> tuple[str, int]:
            with store.draft() as file:
                write_epub(made, cover, file, store)
                digest = self._archived(store.adopt(file), made, issue)
            return digest, len(store.read(digest))

        limit = self.output.size_limit
        return Product(within_bytes(edition, bytes_of(limit), write, self.work) if limit else write(edition)[0])

    def _archived(self, digest: str, edition: Edition, issue: Issue) -> str:
        """Return the hash of a book, with what it was made from where its profile asks for that."""
        if self.output.profile != "archive":
            return digest
        find_face = face_finder(self.style.fonts, self.work.store)
        made = self.work.store.read(digest)
        return archived(made, edition, find_face, issue, self.bound, self.output, self.work)

    def _cover(self, issue: Issue) -> bytes:
        """Return the user's picture as a JPEG, or a cover drawn from the style by a job."""
        from newsbook.layout import Carrier, make_up
        from newsbook.writers.cover import fit_cover

        work = self.work
        if self.output.cover:
            try:
                return fit_cover(read_named(self.output.cover))
            except InputError as error:
                message = f"the cover {self.output.cover} cannot be used: {error}; name a JPEG or PNG."
                raise UsageError(message) from error
        find_face = face_finder(self.style.fonts, work.store)

        def drawn(issue: Issue, work: Workplace) -> Outcome[str]:
            edition = make_up(issue, Carrier.COVER, self.style, "", find_face, work.report)
            return draw_cover(edition, find_face, work)

        return work.store.read(set_without_culprits(issue, drawn, work, "drawing its cover"))


def _name(number: int, article: Article, count: int) -> str:
    """Return the file name of an article's e-book, fit for any file system."""
    plain = FORBIDDEN.sub("", article.headline or Path(article.source.name).stem).translate(_NOT_IN_NAMES)
    words = plain.encode("utf-8", "ignore")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"{number:0{len(str(count))}d} {words}".strip() + ".epub"


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
