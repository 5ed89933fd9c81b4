"""Stories on their way from intake to binding: articles, each with the pictures that it came with, and no path."""

from msgspec import Struct

from newsbook.model import Article, Extent, Figure, InnerLink, Retrieval
from newsbook.proof import Pull


class Attached(Struct, frozen=True):
    """A picture as it came, by the name that figures give it.

    `sha256` is what a store holds it under. Where it could not be had, that is empty, and `fault` says why;
    `is_remote` tells that it is on the network and was not asked for.
    """

    name: str
    sha256: str = ""
    fault: str = ""
    is_remote: bool = False


class Raw(Struct, frozen=True):
    """Something that stories were read from, as it came: a page, a picture of one, or the decisions on one.

    `number` is that of the input that it belongs to, `folder` and `path` where it lies, and `sha256` what a store holds
    it under. `retrieval` says how it came where it was fetched. `names` are those of the articles that were read of its
    input. What lies `beside` a file that the project names belongs to that, and to no input.
    """

    number: int
    path: str
    role: str
    sha256: str
    retrieval: Retrieval | None = None
    folder: str = ""
    names: tuple[str, ...] = ()
    beside: str = ""


class Story(Struct, frozen=True):
    """An article and the pictures that it came with.

    `is_enclosed` tells that they came in the same file as the article. What came as a page has its `pull`, where a
    proof sheet asks for it. `extent` is what its page told of how far the story goes; `parts` are the stories of its
    pages, where it was put together of several. `lost` is why nothing could be read of it, though it is there; then a
    notice is to stand in its place. `inner` are the links of its page that were no whole addresses.
    """

    article: Article
    pictures: tuple[Attached, ...] = ()
    is_enclosed: bool = False
    pull: Pull | None = None
    extent: Extent = Extent()
    parts: tuple["Story", ...] = ()
    lost: str = ""
    inner: tuple[InnerLink, ...] = ()


def pictures_named(article: Article) -> tuple[str, ...]:
    """Return the names that the figures of an article give their pictures, each once."""
    return tuple(dict.fromkeys(block.image for block in article.body if isinstance(block, Figure) and block.image))
