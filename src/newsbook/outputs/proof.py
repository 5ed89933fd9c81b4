"""Articles become a proof sheet: raw beside repaired text, for the editor to read and decide on."""

from base64 import b64encode
from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.binding import Bound
from newsbook.model import Article, Media
from newsbook.project import Output
from newsbook.store import Store
from newsbook.workplace import Product, Workplace

# A picture as large as a proof shows it, at two pixels to a point.
_SIDE = 720


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield the proof sheet of the issue, as HTML. `bound` has the findings that stand on it."""
    from newsbook.proof import make_sheet, pull_galley

    del output
    (issue,) = bound.issues
    pictures = {media.name: _data_uri(media, work.store) for media in issue.media}
    pages = (
        page
        for article, story in zip(issue.articles, bound.stories, strict=True)
        for page in ([(_told(part.article, article), part.pull) for part in story.parts] or [(article, story.pull)])
    )
    galleys = (
        pull_galley(f"a{number}", article, pull, pictures, bound.findings)
        for number, (article, pull) in enumerate(pages, 1)
    )
    names = [article.source.name for article in issue.articles]
    sheet = make_sheet(names[0] if len(names) == 1 else f"{len(names)} articles", tuple(galleys))
    yield Product(work.store.put(sheet))


def _told(page: Article, whole: Article) -> Article:
    """Return a page of an article with what the issue file has changed in that."""
    return replace(page, source=replace(page.source, changes=whole.source.changes))


def _data_uri(media: Media, store: Store) -> str:
    from newsbook.pictures import prepare

    small = prepare(store.read(media.sha256), _SIDE)
    return f"data:{small.type};base64,{b64encode(small.data).decode()}"
