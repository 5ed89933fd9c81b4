"""Links that lead nowhere, and addresses that are none: of the web, of mail, of telephones."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from newsbook.diagnostics import Code
from newsbook.model import Article, Footnote, InnerLink
from newsbook.preflight.subjects import Fault, Passage, Subject, bare, fault
from newsbook.script import fold, letters_of

_WEB = re.compile(
    r"(?:https?|ftp)[:：]?[/\\]{1,3}[^\s\u3000-\u9fff\uff00-\uffef「」“”‘’<>]+|(?<![\w@/.-])www\.[^\s\u3000-\u9fff\uff00-\uffef「」“”<>]+",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"(?:https?://|ftp://|www\.)(?:[\w-]+(?:\.[\w-]+)+|localhost|\[[0-9a-f:]+\]|\d+(?:\.\d+){3})(?::\d+)?(?:[/?#].*)?",
    re.IGNORECASE,
)
# A blank within an address, where what stands behind it can be nothing else: a path, a suffix, a query.
_BROKEN = re.compile(
    r"https?://[^\s\u3000-\u9fff]*(?:[/.?=&_-]\s+[\w%-]+[/.?=&_-][\w./?=&%#-]+|\s+/[\w./?=&%#-]{3,}|\s+\.(?:com|cn|net|org|html?|tw|jp)\b)"
)
_END = ".,;:!?)]}'\"。，、；：！？）"
_MAIL = re.compile(r"[\w.+-]+\s?[@＠]\s?[\w.-]*[\w-]|[\w.+-]+[@＠](?=[\s，。、；）)]|$)")
_SOUND_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE | re.ASCII)
_ACCOUNT = re.compile(r"[@＠]\w+$")
_PHONE = re.compile(
    r"(?:电话|電話|热线|熱線|专线|專線|手机|手機|TEL|Tel|전화|☎)[\s:：号號码碼为為是]{0,4}(?P<number>[+(（]?\d[\d\s()（）+‐–—-]{3,24}\d)"
)
_SHORTEST, _LONGEST = 5, 15
_SHORT_NUMBER = 3
# A link is looked for in so many passages around that of the one before, by so much of what stands before its words.
_NEAR = 400
_BEFORE = 12


def dead_links(subject: Subject, names: frozenset[str]) -> Iterator[Fault]:
    """Find links within the issue that lead to nothing in it; `names` are those of its inputs."""
    notes = {block.name for block in subject.article.body if isinstance(block, Footnote) and block.name}
    referred = {span.note for passage in subject.passages for span in passage.spans if span.note}
    for passage in subject.passages:
        at = 0
        for span in passage.spans:
            place, at = (at, at + len(span.text)), at + len(span.text)
            if span.note and span.note not in notes:
                message = f"the mark leads to the footnote {span.note}, and there is none"
                yield fault(Code.LINK_DEAD, subject, passage, place, message, "Set the note, or take the mark out.")
            if span.href and _is_inner(span.href) and not _is_there(span.href, names):
                message = f"the link leads to {span.href}, which is not in the issue"
                yield fault(Code.LINK_DEAD, subject, passage, place, message, "Write the whole address, or no link.")
            elif span.href and not _is_inner(span.href) and not _is_sound(span.href):
                message = f"the link {span.href} is no address"
                yield fault(Code.ADDRESS_MALFORMED, subject, passage, place, message, "Mend the address.")
    for name in sorted(notes - referred):
        number = next(n for n, block in enumerate(subject.article.body, 1) if getattr(block, "name", "") == name)
        yield bare(Code.LINK_DEAD, subject, f"no mark leads to the footnote {name}.", "Set its mark.", number)


def called(articles: Iterable[Article]) -> frozenset[str]:
    """Return what the pages of the articles are called, the further ones and the other copies, too."""
    sources = tuple(article.source for article in articles)
    others = (other.name for source in sources for other in source.reprints)
    named = (page.name for source in sources for page in (source, *source.pages))
    return frozenset(posixpath.basename(name.partition("#")[0]) for name in (*named, *others))


def dead_inner_links(subject: Subject, names: frozenset[str]) -> Iterator[Fault]:
    """Find links of a page to files that are not in the issue, and to places that it does not have.

    A page with an address has its files on the network. What the copy desk left out is passed over.
    """
    if not subject.inner or subject.article.source.url:
        return
    left = {letters_of(omission.text) for omission in subject.article.source.omissions}
    letters = [letters_of(passage.text) for passage in subject.passages]
    at = 0
    for link in subject.inner:
        line = letters_of(link.line)
        path = unquote(re.split("[?#]", link.href, maxsplit=1)[0])
        if line in left or (path and posixpath.basename(path) in names):
            continue
        near = (*range(at, min(len(letters), at + _NEAR)), *range(max(0, at - _NEAR), at))
        found = next((number for number in near if _is_same(line, letters[number], letters_of(link.words))), None)
        if found is not None:
            at = found
            aim = "which is not in the issue" if path else "which is nowhere on the page"
            passage, message = subject.passages[found], f"the link leads to {link.href}, {aim}"
            place = _place(link, passage.text)
            yield fault(Code.LINK_DEAD, subject, passage, place, message, "Write the whole address, or no link.")


def _is_same(line: str, passage: str, words: str) -> bool:
    """Tell by their letters whether a passage is the line with a link, a part of it with its words, or holds it."""
    return bool(line) and words in passage and (line in passage or passage in line)


def _place(link: InnerLink, text: str) -> tuple[int, int]:
    """Return where the words of a link stand in a passage, in either script; it is all of it where they were mended."""
    before, words, folded = fold(link.line[max(0, link.at - _BEFORE) : link.at]), fold(link.words), fold(text)
    start = folded.find(before + words)
    start = start + len(before) if start >= 0 else folded.find(words)
    return (start, start + len(words)) if start >= 0 else (0, len(text))


def _is_inner(href: str) -> bool:
    return not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href)


def _is_there(href: str, names: frozenset[str]) -> bool:
    return href.partition("#")[0] in names


def _is_sound(href: str) -> bool:
    if href.startswith(("mailto:", "tel:")):
        return not href.startswith("mailto:") or bool(_SOUND_MAIL.match(href.removeprefix("mailto:")))
    try:
        host = urlsplit(href).hostname or ""
    except ValueError:
        return False
    return bool(host) and not re.search(r"\s", href.strip()) and ("." in host or ":" in host or host == "localhost")


def malformed_addresses(subject: Subject) -> Iterator[Fault]:
    """Find addresses in the text that are none, or are broken in two."""
    for passage in subject.passages:
        if passage.kind in {"code", "label"}:
            continue
        for span, message in _addresses(passage):
            yield fault(Code.ADDRESS_MALFORMED, subject, passage, span, message, "Write it whole.")
    url = subject.article.source.url
    if url and not _is_sound(url):
        yield bare(Code.ADDRESS_MALFORMED, subject, f"the article's address {url} is none.", "url says where it stood.")


def _addresses(passage: Passage) -> Iterator[tuple[tuple[int, int], str]]:
    text = passage.text
    broken = [match.span() for match in _BROKEN.finditer(text)]
    yield from ((span, "an address is broken in two") for span in broken)
    for match in _WEB.finditer(text):
        address = match[0].rstrip(_END)
        is_within = any(start <= match.start() < end for start, end in broken)
        if not is_within and not _SOUND.fullmatch(address):
            yield (match.start(), match.start() + len(address)), "this is no address"
    for match in _MAIL.finditer(text):
        is_account = not match[0][0].isascii() or match[0].startswith(("@", "＠"))
        if not is_account and not _SOUND_MAIL.fullmatch(match[0]):
            yield match.span(), "this is no address of mail"
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match["number"])
        if not _SHORTEST <= len(digits) <= _LONGEST:
            yield match.span("number"), "this is no number of a telephone"
