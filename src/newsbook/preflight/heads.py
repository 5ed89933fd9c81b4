"""What an article and the issue must have: headline, byline, outlet, date, text below every heading, labels."""

import re
from collections.abc import Iterator

from newsbook.dates import numeral
from newsbook.desk.lines import width
from newsbook.diagnostics import Code
from newsbook.model import Block, Break, Crosshead, Genre, Paragraph
from newsbook.model.walk import plain
from newsbook.preflight.subjects import Fault, Passage, Subject, bare, fault
from newsbook.script import fold

# Behind a number in a headline stands what is counted; a year, an hour or a version is no count.
_COUNT = re.compile(
    r"(?<![\d.:第])(?<!\d,)(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<unit>人|名|位|个|家|户|辆|艘|所|座|间|条|件|万|亿|元|岁|公里|公斤|吨|米|次|场|班|届|%)"
)
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")

# What calls readers to buy; two different ones in an article without a label are an advertisement.
_SELLING = (
    "立即(?:购买|抢购|下单|预订|报名)",
    "限时(?:优惠|抢购|特价|折扣)",
    "(?:优惠|促销|特惠|折扣)(?:价|码|券)",
    "扫码(?:购买|下单|报名|领取)",
    "(?:订购|咨询|购买|预订|加盟|洽询)(?:热线|电话|专线)",
    r"全场\d折|买[一二1-9]送[一二1-9]",
    r"(?:原|售)价\d+",
    "お?申し?込み?はこちら|今すぐ(?:購入|购入)",
    "(?:즉시|지금) ?구매",
    "欢迎(?:选购|订购|来电)",
)
_LABEL = re.compile("广告|廣告|广编|推广|赞助|业配|工商|PR|AD|広告|提供|광고")
_FEWEST_CALLS = 2


def heads(subject: Subject, longest: int, found: frozenset[tuple[str, Code]]) -> Iterator[Fault]:
    """Find what is missing in front of an article, or is too long; `found` is what reading has told already.

    The house's own matter has what newsbook.toml says of it, and lacks nothing.
    """
    article = subject.article
    is_story = article.genre is Genre.STORY
    if is_story and not article.headline and (subject.name, Code.HEADLINE_MISSING) not in found:
        yield bare(Code.HEADLINE_MISSING, subject, "the article has no headline.", "Give it one in newsbook.toml.")
    if width(article.headline) > longest:
        head = next(passage for passage in subject.passages if passage.kind == "headline")
        message = f"the headline is {width(article.headline):g} characters wide, and {longest} are enough"
        yield fault(Code.HEADLINE_LONG, subject, head, (0, 0), message, "Shorten it, or put a part into the deck.")
    if not is_story:
        return
    if not article.byline and not article.credits:
        yield bare(Code.BYLINE_MISSING, subject, "nobody is named as its author.", "byline or credits say it.")
    if not article.source.outlet:
        yield bare(Code.OUTLET_MISSING, subject, "nothing says which paper or site it is from.", "outlet says it.")
    if not article.published and (subject.name, Code.DATE_MISSING) not in found:
        yield bare(Code.DATE_MISSING, subject, "nothing says when it was published.", "published says it.")


def empty_crossheads(subject: Subject) -> Iterator[Fault]:
    """Find crossheads with nothing below them; one above another may be of a higher rank."""
    body = subject.article.body
    for number, block in enumerate(body, 1):
        if isinstance(block, Crosshead) and _is_bare(body[number:]):
            passage = next((each for each in subject.passages if each.number == number), None)
            if passage:
                message = "nothing stands below the crosshead"
                span = (0, len(passage.text))
                yield fault(Code.CROSSHEAD_EMPTY, subject, passage, span, message, "Take it out, or set its text.")


def _is_bare(behind: tuple[Block, ...]) -> bool:
    return all(
        isinstance(block, Break) or (isinstance(block, Paragraph) and not plain(block.text).strip()) for block in behind
    )


def unlabelled(subject: Subject) -> Iterator[Fault]:
    """Find articles that sell something and are not labelled as advertisements."""
    article = subject.article
    if _LABEL.search(fold(f"{article.section} {article.kicker} {article.headline} {article.byline}")):
        return
    if article.genre is Genre.ADVERTISEMENT:
        message = "the advertisement does not say that it is one."
        hint = "Leave labelled = false out: the law asks for the label, as 广告法, article 14, in mainland China."
        yield bare(Code.ADVERTISEMENT_UNLABELLED, subject, message, hint)
        return
    spots: list[tuple[Passage, re.Match[str]]] = []
    for call in _CALLS:
        spots += next(
            ([(each, match)] for each in subject.passages if each.number and (match := call.search(fold(each.text)))),
            [],
        )
    if len(spots) >= _FEWEST_CALLS:
        passage, match = spots[0]
        message = "the article calls its readers to buy, and is not labelled as an advertisement"
        hint = "Write 廣告 into its kicker or section, or leave it out."
        yield fault(Code.ADVERTISEMENT_UNLABELLED, subject, passage, match.span(), message, hint)


_CALLS = tuple(map(re.compile, _SELLING))


def differing_numbers(subject: Subject) -> Iterator[Fault]:
    """Find a count in the headline that the text has nowhere, while it counts the same thing otherwise."""
    text = fold("\n".join(passage.text for passage in subject.passages if passage.number))
    head = next((passage for passage in subject.passages if passage.kind == "headline"), None)
    if head is None:
        return
    numbers = {number.replace(",", "") for number in _NUMBERS.findall(text)}
    for match in _COUNT.finditer(fold(head.text)):
        others = {other["number"] for other in _COUNT.finditer(text) if other["unit"] == match["unit"]}
        number = match["number"].replace(",", "")
        if others and number not in numbers and in_words(int(number)).isdisjoint(_words_in(text)) and len(others) == 1:
            message = f"the text has {', '.join(sorted(others))} of what the headline counts"
            yield fault(Code.NUMBER_DIFFERS, subject, head, match.span(), message, "Look up which is right.")


def in_words(number: int) -> frozenset[str]:
    """Return a number below a hundred as Chinese writes it; nothing for others.

    >>> sorted(in_words(12)), sorted(in_words(2))
    (['十二'], ['两', '二'])
    """
    if not 0 < number < _HUNDRED:
        return frozenset()
    word = numeral(number)
    return frozenset({word, "两"} if word == "二" else {word})


_HUNDRED = 100


def _words_in(text: str) -> frozenset[str]:
    return frozenset(re.findall("[一二三四五六七八九十两]+", text))
