"""An e-book that newsbook made, read again: every article as it was, but for what its colophon tells only to people."""

from pathlib import Path

from newsbook.diagnostics import Diagnostic
from newsbook.ebooks import Ebook, make_epub
from newsbook.files import Input
from newsbook.model import Article, Figure
from newsbook.pipeline import Options, gather, read
from stores import STORE
from test_ninjs import WHOLE


def read_back(folder: Path, article: Article) -> Article:
    from newsbook.native import dump

    ignored: list[Diagnostic] = []
    source = folder / "in.json"
    source.write_bytes(dump(article))
    options = Options(date="2024-03-07")
    frame, stories = read((Input(source.name, source),), options, ignored.append)
    book = folder / "book.epub"
    with book.open("w+b") as target:
        make_epub(gather(frame, stories, options, STORE, ignored.append), Ebook(), target, STORE, ignored.append)
    (story,) = read((Input(book.name, book),), Options(), ignored.append)[1]
    return story.article


def test_a_book_of_our_own_is_read_as_it_was_written(tmp_path: Path) -> None:
    body = tuple(block for block in WHOLE.body if not (isinstance(block, Figure) and block.image))
    article = Article(**{name: getattr(WHOLE, name) for name in ("headline", "kicker", "deck", "language")}, body=body)
    got = read_back(tmp_path, article)
    assert (got.headline, got.kicker, got.deck) == (article.headline, article.kicker, article.deck)
    assert got.body == body
