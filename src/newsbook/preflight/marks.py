"""Marks and characters that cannot be right: brackets open, marks doubled, blanks between Han, characters lost."""

import re
from collections.abc import Iterator

from newsbook.cjk import widened
from newsbook.diagnostics import Code
from newsbook.preflight.subjects import FILLER, Fault, Passage, Subject, fault
from newsbook.script import fold, scripts

_HAN = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PAIRS = {"（": "）", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "“": "”", "［": "］"}
_CLOSING = {closer: opener for opener, closer in _PAIRS.items()}
# 1） and （1, as items are numbered; a closing bracket behind a number or a letter at the head opens nowhere.
_NUMBERED = re.compile(r"\s*[0-9A-Za-z一二三四五六七八九十]{1,3}[)）〕]")

DOUBLED = re.compile(
    r"[，、；：]{2,}|。{2}(?!。)|(?<!。)。{2}(?!。)|[，、；：][。，、；：]|。[，、；]|[？！][。，、；]|,,+|(?<=[\u3400-\u9fff])[,;:][，。；：]"
)
BLANK = re.compile(r"(?<=[\u3400-\u9fff，。、；：])[ \t\u00a0]+(?=[\u3400-\u9fff])")
_STRAIGHT = re.compile(rf"(?<=[{_HAN}，。：、])[\"'](?=\S)|(?<=\S)[\"'](?=[{_HAN}，。：、；！？])")
_LOST = re.compile(
    r"\ufffd+|〓+|(?<=[\u3400-\u9fff])[□▯](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\?{2,}(?=[\u3400-\u9fff])|锟斤拷|烫烫烫|屯屯屯"
)
_QUOTED = re.compile("[「『“（(《〈【][^」』”）)》〉】]*[」』”）)》〉】]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
# の stands in the names of shops all over the Chinese-speaking world, and is read 的.
_OF = "の"
_MOST_SHOWN = 3


def marks_unpaired(subject: Subject) -> Iterator[Fault]:
    """Find brackets and quotation marks without their other half.

    A quotation of several paragraphs may open each of them or only the first, and closes the last.
    """
    loose = [
        (passage, at)
        for passage in subject.prose
        for at in _unpaired(passage.sure)
        if not (passage.kind == "headline" and passage.text[at] == _ROUNDS_OFF)
    ]
    for passage, at in _without_quotations(loose):
        mark = passage.text[at]
        half = "is not closed" if mark in _PAIRS else "closes what nothing opens"
        hint = "Set the missing half, or take it out."
        yield fault(Code.MARKS_UNPAIRED, subject, passage, (at, at + 1), f"{mark} {half}", hint)


# 獨家專訪》 and the like: what rounds the label before a headline off, in Taiwan, opens nowhere.
_ROUNDS_OFF = "》"


def _unpaired(text: str) -> list[int]:
    """Return where marks without their other half stand in a text."""
    open_: list[int] = []
    loose: list[int] = []
    numbered = _NUMBERED.match(text)
    for at in range(numbered.end() if numbered else 0, len(text)):
        mark = text[at]
        if mark in _PAIRS:
            open_.append(at)
        elif mark in _CLOSING and open_ and text[open_[-1]] == _CLOSING[mark]:
            open_.pop()
        elif mark in _CLOSING:
            loose.append(at)
    return sorted(loose + open_)


def _without_quotations(loose: list[tuple[Passage, int]]) -> Iterator[tuple[Passage, int]]:
    """Yield loose marks without those of quotations that go on over paragraphs, one behind the other."""
    waiting: list[tuple[Passage, int]] = []
    for passage, at in loose:
        mark = passage.text[at]
        if mark in _QUOTES and (not waiting or _goes_on(waiting[-1], passage, at)):
            waiting.append((passage, at))
        elif waiting and mark == _PAIRS[waiting[0][0].text[waiting[0][1]]] and _is_next(waiting[-1][0], passage):
            waiting = []
        else:
            yield from waiting
            waiting = [(passage, at)] if mark in _QUOTES else []
            if not waiting:
                yield passage, at
    yield from waiting


def _goes_on(before: tuple[Passage, int], passage: Passage, at: int) -> bool:
    """Tell whether a quotation that was opened in the paragraph before goes on with the same mark at the head."""
    return at == 0 and passage.text[0] == before[0].text[before[1]] and _is_next(before[0], passage)


def _is_next(before: Passage, passage: Passage) -> bool:
    return before.number > 0 and 0 <= passage.number - before.number <= 1 and before is not passage


_QUOTES = frozenset("「『“")


def marks_doubled(subject: Subject) -> Iterator[Fault]:
    """Find two stops side by side."""
    for passage in subject.prose:
        for match in DOUBLED.finditer(passage.sure):
            yield fault(Code.MARK_DOUBLED, subject, passage, match.span(), "two stops stand side by side", "Keep one.")


def mark_widths(subject: Subject) -> Iterator[Fault]:
    """Find half-width marks beside Han where the article has full-width ones."""
    if not subject.article.language.startswith(("zh", "ja")):
        return
    whole = "".join(passage.text for passage in subject.prose)
    if sum(map(whole.count, "，。、！？：；")) < _FEWEST_MARKS:
        return
    for passage in subject.prose:
        wide = widened(passage.sure)
        spots = [at for at, (one, other) in enumerate(zip(passage.sure, wide, strict=True)) if one != other]
        if spots:
            told = (
                f"{len(spots)} half-width marks stand beside Han"
                if len(spots) > 1
                else "a half-width mark stands beside Han"
            )
            span = (spots[0], spots[0] + 1)
            yield fault(
                Code.MARK_WIDTH_MIXED, subject, passage, span, told, "Use full-width marks; --marks locale does it."
            )


_FEWEST_MARKS = 3


def blanks(subject: Subject) -> Iterator[Fault]:
    """Find blanks between Han, where no headline or list sets parts apart by them."""
    for passage in subject.prose:
        if passage.kind not in {"paragraph", "quotation", "box", "footnote"}:
            continue
        if not _SENTENCE.search(passage.text):
            continue
        text = without_quoted(passage)
        found = [match for match in BLANK.finditer(text) if not is_of_names(text, *match.span())]
        if found and len(found) <= 1 + len(passage.text) // _PARTS:
            for match in found[:_MOST_SHOWN]:
                yield fault(
                    Code.BLANK_IN_TEXT,
                    subject,
                    passage,
                    match.span(),
                    "a blank stands between two characters",
                    "Take it out.",
                )


def is_of_names(text: str, start: int, end: int) -> bool:
    """Tell whether a blank stands behind or in front of what somebody did, as 記者 林小舟 and 林小舟 攝."""
    return bool(_DONE_BEFORE.search(fold(text[max(0, start - 6) : start])) or _DONE.match(fold(text[end : end + 4])))


_DONE_BEFORE = re.compile("(?:记者|通讯员|作者|编辑|责编|[文图摄]|摄影|报道|供稿|[校院长任])$")
_DONE = re.compile("(?:[文图摄](?![\u3400-\u9fff])|摄影|报道|供图|供稿|/)")

_SENTENCE = re.compile("[。？！]")

# A line of which every few characters are set apart by blanks is a list of names or a row of figures.
_PARTS = 12


def straight_quotes(subject: Subject) -> Iterator[Fault]:
    """Find typewriter's quotation marks beside Han or kana."""
    for passage in subject.prose:
        match = _STRAIGHT.search(passage.sure)
        if match:
            yield fault(
                Code.QUOTE_STRAIGHT, subject, passage, match.span(), "a straight quotation mark stands beside Han",
                "Use “ ” or 「 」."
            )  # fmt: skip


def lost_characters(subject: Subject) -> Iterator[Fault]:
    """Find what stands for characters that were lost on the way."""
    for passage in subject.passages:
        for match in _LOST.finditer(passage.sure):
            if passage.text[match.start() - 1 : match.start()] not in tuple("「“『‘"):
                yield fault(
                    Code.CHARACTER_LOST,
                    subject,
                    passage,
                    match.span(),
                    "a character was lost",
                    "Look it up in the original.",
                )


def strange_characters(subject: Subject) -> Iterator[Fault]:
    """Find single characters of the other Chinese script, and kana in Chinese text, outside of quotations."""
    language = subject.article.language
    if not language.startswith("zh"):
        return
    tables = scripts()
    foreign, name = (
        (tables.traditional, "a traditional character in simplified text")
        if "Hans" in language
        else (tables.simplified, "a simplified character in traditional text")
    )
    for passage in subject.passages:
        text = without_quoted(passage) if passage.kind not in {"label", "code", "byline"} else ""
        at = next((at for at, character in enumerate(text) if character in foreign), None)
        if at is not None:
            yield fault(Code.SCRIPT_STRANGE, subject, passage, (at, at + 1), name, "Write it in the article's script.")
        for match in _KANA.finditer(text):
            if match[0] != _OF:
                message = "kana stand in Chinese text"
                yield fault(Code.SCRIPT_STRANGE, subject, passage, match.span(), message, "Translate it, or quote it.")
                break


def without_quoted(passage: Passage) -> str:
    """Return a passage's text, as long as it is, with fillers for what is quoted in it, or in another language."""
    text = passage.sure
    if any(span.language for span in passage.spans):
        text = "".join(
            FILLER * len(span.text) if span.language or span.doubtful else span.text for span in passage.spans
        )
    return _QUOTED.sub(lambda match: FILLER * len(match[0]), text)


CHECKS = (
    marks_unpaired, marks_doubled, mark_widths, blanks, straight_quotes, lost_characters, strange_characters
)  # fmt: skip
