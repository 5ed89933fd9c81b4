"""Articles that have broken e-books before, and others like them: always the same ones, in the tests' own words."""

import random
from collections.abc import Callable

from newsbook.model import (
    Article,
    Block,
    Break,
    CellSpan,
    Credit,
    Crosshead,
    Figure,
    Items,
    Mark,
    Paragraph,
    PullQuote,
    Quotation,
    Role,
    Source,
    Span,
    Table,
    Text,
)

WORDS = "渡口老街早市豆花涼亭書房路燈碼頭石階黑板長桌鄰里街坊會借閱"

# What parsers, serialisers and zips have tripped over.
SNAGS = (
    "前文先於一切元素。<p>段</p>",
    "<div>" * 300 + "底" + "</div>" * 300,
    "a -- b --> c <!-- d --",
    "<o:p>字</o:p><v:shape/>",
    "<p @click='x' :y=1 a:b:c=2 中文=3>",
    "]]> <![CDATA[ &nbsp; &amp; &#0; &#xD800; &bogus;",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "<script>alert(1)</script><style>*{}</style>",
    "\N{CJK UNIFIED IDEOGRAPH-20021}\N{CJK UNIFIED IDEOGRAPH-2A6D6}\N{FISHING POLE AND FISH}",
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}\N{VARIATION SELECTOR-16}",
    "葛\N{VARIATION SELECTOR-17}飾 e\N{COMBINING ACUTE ACCENT}",
    "\N{RIGHT-TO-LEFT OVERRIDE}左右\N{POP DIRECTIONAL FORMATTING}\N{ZERO WIDTH SPACE}\N{WORD JOINER}",
    "　　全形空白\N{NO-BREAK SPACE}\N{EM SPACE}不斷",
    "一\t二\n三\n\n四",
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{NEXT LINE}",
    "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "\ue000\uf8ff\U000f0000",
    "\N{REPLACEMENT CHARACTER}？\N{OBJECT REPLACEMENT CHARACTER}",
    "'\"<>&",
    "３月12日!? 5月、나루터 골목のひかり",
    "../../etc/passwd C:\\x\\y %2e%2e %00 #x ?y",
    " ",
    "",
)

# What no XML can hold: the only thing that may be missing from a book.
LOST = ("\x00", "\x08", "\x1b[0m", "\ud800", "\udfff", "\ufffe", "\uffff", "\x0b\x0c")


class Chance:
    """Draws the parts of articles."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - articles to test with, no secret.

    def words(self) -> str:
        """Return a string, nasty more often than not."""
        pieces = [self._random.choice(SNAGS) for _ in range(self._random.randint(0, 2))]
        pieces.insert(self._random.randint(0, len(pieces)), "".join(self._random.choices(WORDS, k=9)))
        return "".join(pieces)

    def spans(self) -> Text:
        """Return a text of some spans, of every kind that there is."""
        return tuple(self._span() for _ in range(self._random.randint(0, 4)))

    def _span(self) -> Span:
        kind = self._random.randint(0, 5)
        return Span(
            text=self.words(),
            marks=tuple(Mark)[: self._random.randint(0, 2)],
            href=("", "https://example.org/?a=1&b=<2>#\"x'", "javascript:x")[kind] if kind < 3 else "",
            ruby=self.words() if kind == 3 else "",
            doubtful=kind == 4,
        )

    def reach(self) -> CellSpan:
        """Return how far a cell reaches, in or out of its table."""
        return CellSpan(*(self._random.randint(-1, 2) for _ in range(4)))

    def block(self) -> Block:
        """Return a block of any type."""
        makers: tuple[Callable[[], Block], ...] = (
            lambda: Paragraph(self.spans()),
            lambda: Crosshead(self.spans()),
            lambda: Figure(self.spans(), self.words(), "", self.words()),
            lambda: Quotation((self.spans(), self.spans()), self.words()),
            lambda: PullQuote(self.spans()),
            lambda: Items((self.spans(), self.spans(), ()), ordered=self._random.random() < 0.5),
            lambda: Table(
                ((self.spans(), self.spans()), (self.spans(),)),
                self._random.randint(0, 1),
                self.spans(),
                (self.reach(), self.reach()),
            ),
            Break,
        )
        return self._random.choice(makers)()

    def article(self) -> Article:
        """Return an article; one in ten has an empty body."""
        count = 0 if self._random.random() < 0.1 else self._random.randint(1, 8)
        return Article(
            headline=self.words(),
            body=tuple(self.block() for _ in range(count)),
            kicker=self._random.choice(("", self.words())),
            deck=self._random.choice(("", self.words())),
            published=self._random.choice(("", "2024", "2024-05", "2024-05-06", "2024-05-06T08:30:00+08:00")),
            section=self._random.choice(("", "街坊", self.words())),
            language=self._random.choice(("zh-Hant", "zh-Hans", "ja", "ko")),
            credits=(Credit(Role.AUTHOR, self._random.choice(("林小舟", self.words()))),),
            source=Source(name="page.txt", url=self._random.choice(("", "https://example.org/a?b=1&c=<2>"))),
        )


def nasty_articles(count: int) -> tuple[Article, ...]:
    """Return so many nasty articles, each another, and all of what an e-book can hold."""
    return tuple(Chance(seed).article() for seed in range(count))
