"""Fetch the pictures that an article names by URL, and put what was fetched on record in its source."""

from urllib.parse import urljoin

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place, Report
from newsbook.fetch.session import Session
from newsbook.inputs import is_url
from newsbook.missingpictures import framed
from newsbook.model import Article, Block, Figure, Retrieval
from newsbook.pictures.datauris import is_data

_HINT = "A frame says so; try again later, or save the page with its pictures from a browser."


def illustrate(article: Article, page: str, session: Session, report: Report) -> Article:
    """Return `article` with its pictures fetched, named by their full URLs. One that cannot be had is reported.

    `page` is the URL of the page that shows them, or empty for a file on disk. The pictures of a file lie beside it,
    unless it names them by a URL, or by a path from the root of its site.
    """
    retrieved: list[Retrieval] = []
    body: list[Block] = []
    for block in article.body:
        url = _url_of(block, page, article.source.url)
        if not isinstance(block, Figure) or not url:
            body.append(block)
            continue
        try:
            retrieved.append(_retrieve(url, page or article.source.url, len(retrieved), session))
            body.append(replace(block, image=url))
        except (InputError, LimitError) as error:
            what = "a picture" if url in str(error) else f"the picture {url[:200]}"
            message = f"{what} cannot be had: {error}"
            report(Diagnostic(Code.PICTURE_NOT_FETCHED, message, Place(article.source.name), _HINT))
            body += framed(block, article)
    retrievals = tuple(dict.fromkeys((*article.source.retrievals, *retrieved)))
    return replace(article, body=tuple(body), source=replace(article.source, retrievals=retrievals))


def _retrieve(url: str, page: str, count: int, session: Session) -> Retrieval:
    if count >= session.terms.most_pictures:
        raise LimitError(f"the article has more than {session.terms.most_pictures} pictures.")
    return session.picture(url, page).retrieval


def _url_of(block: Block, page: str, stated: str) -> str:
    """Return the full URL of a figure's picture; empty for any other block, for a file and what stands in the page."""
    if not isinstance(block, Figure) or not block.image or is_data(block.image):
        return ""
    if not page and not is_url(block.image) and not block.image.startswith("/"):
        return ""
    try:
        return urljoin(page or stated, block.image)
    except ValueError:
        return block.image
