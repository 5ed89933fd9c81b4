"""Laws of gate, store and writers: what holds of every article, whatever is in it."""

import io
import zipfile
from collections import Counter
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from making import epub_of, pdf_of
from newsbook.diagnostics import Diagnostic
from newsbook.gate import Caps, admit_article
from newsbook.model import (
    Article,
    Aside,
    Block,
    Break,
    Crosshead,
    Definitions,
    Figure,
    Issue,
    Items,
    Mark,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Span,
    Table,
    Verse,
)
from newsbook.model.walk import strings
from newsbook.native import dump, load
from newsbook.store import Store
from newsbook.writers.pdf.pdfium import characters_of
from stores import STORE

# What the faces of the tests have, in every language that newsbook sets, with marks that are squeezed, hung and turned.
_WORDS = st.text(
    st.sampled_from("渡口老街早市豆花涼亭書房ひかりカナ나루터골목abcXYZ019（）「」、。，：；！？…—·％"),
    min_size=1,
    max_size=24,
)
_ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn", "Cc"]), max_size=24)
_SPANS = st.builds(
    Span,
    _WORDS,
    marks=st.lists(st.sampled_from([Mark.STRONG, Mark.EMPHASIS]), max_size=2, unique=True).map(tuple),
    href=st.sampled_from(["", "https://example.org/a?b=1&c=2"]),
    ruby=st.sampled_from(["", "", "ㄉㄨˋ"]),
    doubtful=st.booleans(),
)
_TEXTS = st.lists(_SPANS, min_size=1, max_size=3).map(tuple)


def _blocks(texts: st.SearchStrategy[tuple[Span, ...]]) -> st.SearchStrategy[Block]:
    several = st.lists(texts, min_size=1, max_size=4).map(tuple)
    rows = st.integers(1, 4).flatmap(
        lambda columns: st.lists(st.lists(texts, min_size=columns, max_size=columns).map(tuple), min_size=1, max_size=4)
    )
    return st.one_of(
        st.builds(Paragraph, texts),
        st.builds(Crosshead, texts),
        st.builds(PullQuote, texts),
        st.builds(Verse, texts),
        st.builds(Preformatted, texts),
        st.builds(Quotation, several, _WORDS),
        st.builds(Items, several, ordered=st.booleans()),
        st.builds(Aside, several),
        st.builds(Definitions, several, terms=st.just((0,))),
        st.builds(Table, rows.map(tuple), st.sampled_from([0, 1])),
        st.builds(Figure, caption=texts, credit=_WORDS),
        st.just(Break()),
    )


_ARTICLES = st.builds(
    Article,
    _WORDS,
    st.lists(_blocks(_TEXTS), min_size=1, max_size=6).map(tuple),
    kicker=_WORDS,
    deck=_WORDS,
    language=st.sampled_from(["zh-Hant", "zh-Hans", "ja", "ko"]),
)
_STRANGE = st.builds(
    Article,
    _ANYTHING,
    st.lists(_blocks(_ANYTHING.map(lambda text: (Span(text),))), max_size=4).map(tuple),
    language=st.just("zh-Hant"),
)


def told(article: Article) -> Counter[str]:
    """Return how often each character is in what an article prints: no white space, no addresses."""
    shown = "".join(
        text
        for block in (article.headline, article.kicker, article.deck, *article.body)
        for text in ([block] if isinstance(block, str) else strings(block))
        if not text.startswith("https://")
    )
    return Counter("".join(normalize("NFKC", shown).split()))


def counted(text: str) -> Counter[str]:
    return Counter("".join(normalize("NFKC", text).split()))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(_ARTICLES, st.sampled_from(["bulletin", "reader"]))
def test_every_character_of_an_article_is_in_the_text_of_its_pdf(article: Article, style: str) -> None:
    pdf = pdf_of(Issue("渡口報", (article,), article.language), style)
    shown = counted("".join(characters_of(pdf).elements()))
    assert not told(article) - shown


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.one_of(_ARTICLES, _STRANGE))
def test_every_character_of_an_article_is_in_its_e_book(article: Article) -> None:
    book = epub_of(Issue("渡口報", (article,), article.language))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        page = etree.fromstring(archive.read("EPUB/a001.xhtml"))
    shown = "".join(map(str, page.itertext()))
    assert not told(article) - counted(shown)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_ARTICLES)
def test_the_gate_leaves_a_clean_article_alone_and_says_nothing(article: Article) -> None:
    found: list[Diagnostic] = []
    assert admit_article(article, Caps(), found.append) == article
    assert found == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_STRANGE)
def test_what_the_gate_has_let_in_it_lets_in_again_as_it_is(article: Article) -> None:
    admitted = admit_article(article, Caps(), lambda _: None)
    found: list[Diagnostic] = []
    assert admit_article(admitted, Caps(), found.append) == admitted
    assert found == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.one_of(_ARTICLES, _STRANGE), st.binary(max_size=200))
def test_what_is_stored_comes_back_as_it_was(article: Article, raw: bytes) -> None:
    store: Store = STORE
    assert load(store.read(store.put(dump(article))), "x.json") == article
    assert store.read(store.put(raw)) == raw
    assert store.put(raw) == store.put(io.BytesIO(raw))
