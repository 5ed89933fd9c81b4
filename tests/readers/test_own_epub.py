"""An e-book that newsbook made, read again: every article as it was, but for what its colophon tells only to people."""

from pathlib import Path

from making import bound, made, taken
from newsbook.model import Article, Figure
from newsbook.project import Facts, Output, Project
from test_ninjs import WHOLE


def read_back(folder: Path, article: Article) -> Article:
    from newsbook.native import dump

    source = folder / "in.json"
    source.write_bytes(dump(article))
    project = Project(issue=Facts(date="2024-03-07"))
    book = folder / "book.epub"
    book.write_bytes(made(bound((source,), project), Output(kind="epub")))
    (story,) = taken((book,)).stories
    return story.article


def test_a_book_of_our_own_is_read_as_it_was_written(tmp_path: Path) -> None:
    body = tuple(block for block in WHOLE.body if not (isinstance(block, Figure) and block.image))
    article = Article(**{name: getattr(WHOLE, name) for name in ("headline", "kicker", "deck", "language")}, body=body)
    got = read_back(tmp_path, article)
    assert (got.headline, got.kicker, got.deck) == (article.headline, article.kicker, article.deck)
    assert got.body == body
