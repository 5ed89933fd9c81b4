"""Make up one article of an issue as an e-book of its own."""

from msgspec.structs import replace

from newsbook.layout.makeup import Maker, media_in_use, progression, stylesheets
from newsbook.layout.metadata import lone_metadata
from newsbook.layout.style import Carrier, Style
from newsbook.layout.words import words_for
from newsbook.model import Edition, Entry, Issue


def make_up_lone(issue: Issue, number: int, style: Style) -> Edition:
    """Return the `number`-th article of an issue made up as an e-book: the article with its colophon, and no more."""
    article = issue.articles[number - 1]
    alone = alone_in(issue, number)
    sheets = stylesheets(alone, style, style.faces, Carrier.EBOOK)
    maker = Maker(alone, Carrier.EBOOK, style, words_for(article.language), progression(sheets))
    (document,) = maker.articles(("a001",))
    return Edition(
        documents=(document,),
        stylesheets=sheets,
        media=media_in_use((alone,)),
        contents=(Entry(document.title, document.name),),
        metadata=lone_metadata(issue, number),
        progression=maker.progression,
    )


def alone_in(issue: Issue, number: int) -> Issue:
    """Return the issue with its `number`-th article only."""
    return replace(issue, articles=(issue.articles[number - 1],))
