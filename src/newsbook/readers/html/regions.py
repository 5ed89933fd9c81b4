"""Sort the lines of a walk: those of the story, those above and below it, and those that have nothing to do with it."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import Part
from newsbook.readers.html.blockroles import LONGEST_DECK, is_called_deck
from newsbook.readers.html.figures import LONGEST_CENTRED, is_called_caption, is_centred, is_divider
from newsbook.readers.html.tree import hints, shown_text
from newsbook.readers.interface import MarkedLine


class Region(IntEnum):
    """Where a line stands on the page. `ABOVE` ends with the headline, `MAIN` is the body, `HEAD` lies between."""

    ABOVE = 0
    HEAD = 1
    MAIN = 2
    FOOT = 3


class PlacedLine(Struct, frozen=True):
    """A line, its region, the element that it stands in, and how it is set."""

    region: Region
    told: MarkedLine
    holder: etree._Element
    look: tuple[str, ...] = ()


_MOST_HEAD = 25
_MOST_ABOVE = 6
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d\D{1,3}\d{1,2}\D{1,3}\d{1,2}(?!\d).{0,6}\d\d:\d\d")
_FROM = re.compile(r"\s*(?:来源|來源|稿源|出处|出處)\s*[:：]")
_NO_LEAD = re.compile(
    r"^\s*[【\[]?(?:摘要|导读|導讀|核心提示|内容提要|内容摘要|AI|要点)|会員|ログイン|ご利用|登录|登入|注册|註冊"
)
_MOST_UNTITLED = 6
_MOST_FOOT = 12
# What heads the stories of others below a story, and what is signed all the same.
_OTHERS = re.compile(
    r"[\s【\[■◆●▼▶□◇★☆]*(?:"
    r"(?:編集部の?)?(?:この記事の|あなたに)?(?:関連|おすすめ|新着|注目|最新|人気|話題|特集|ピックアップ)の?"
    r"(?:記事|ニュース|リンク|コンテンツ|トピックス|特集|動画|タグ)?"
    r"|(?:アクセス|人気記事|記事|総合|週間|デイリー)?ランキング(?:[（(].{1,10}[）)])?"
    r"|あわせて読みたい|こちらも(?:おすすめ|読む)|外部サイト|次に読みたい|もっと見る"
    r"|(?:관련|추천|최신|인기|화제|많이 본|실시간|핫|함께 볼만한|언론사 주요|이 기자의"
    r"|(?:이 시각|금주의|오늘의)?\s?(?:주요|베스트|BEST)?)"
    r"\s?(?:기사|뉴스|이슈|포토|영상))[\s】\]:：]*",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\W*(?:责任编辑|責任編輯|责编|責編|(?:网络|值班)?编辑|編輯|记者|記者|作者|撰文|来源|來源|稿源|校对|審核|审核|著者|執筆|文責|글|취재|기자)\s*[:：／/＝=]"
)
_SHORTEST_DECK = 5
_SHORTEST_LINK = 8
_FIGURES = re.compile(r"[\d\W_]+")
_LONGEST_KICKER = 30
_SET_APART = re.compile(r"color|font-size|cent(?:er|re)|^font|small|#[0-9a-f]{3,6}\b", re.IGNORECASE)
_LONGEST_CAPTION = 80
# Who wrote or edited, and when: a picture's caption names who took it.
_NO_CAPTION = re.compile(
    r"(?:文|撰文|作者|[記记]者|[編编][輯辑]|[責责][編编]|[來来]源|采[訪访写寫]|整理|撰稿|口述|[監监]制|出品|策[劃划])\s*[/／|｜丨:：]"
    r"|(?:19|20)\d\d\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?(?:\s*(?:\d{1,2}:\d\d(?::\d\d)?|[星週周].{1,2}))?$"
)
_FONT_SIZE = re.compile(r"font-size:\s*(\d{2}(?:\.\d+)?)px")
_LARGE = 18.0
_FEW_CENTRED = 3
_LONG = 40
_MANY = 3
_MOST = 0.6
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|shoulder|overline|yinti|jianti|pre-?title|pre|lead-?title|over-?head)(?=$|[\s_-])"
)


def settle(lines: list[PlacedLine]) -> tuple[tuple[MarkedLine, ...], list[PlacedLine]]:
    """Return the lines of the story, with the parts that their places give them, and the lines that are left out."""
    at = next((at for at, line in enumerate(lines) if line.told.markup.part is Part.HEADLINE), -1)
    first = next((at for at, line in enumerate(lines) if line.region is Region.MAIN), len(lines))
    notes = {number for number, line in enumerate(lines) if line.told.markup.part is Part.NOTE}
    kept = {number: line.told for number, line in enumerate(lines) if line.region is Region.MAIN or number in notes}
    if at >= 0:
        kept[at] = lines[at].told
        if at and _is_kicker(lines[at - 1], lines[at]):
            kept[at - 1] = _as(lines[at - 1], Part.KICKER)
    below = (line for line in lines[at + 1 :] if line.region is Region.HEAD)
    if at >= 0 and not any(_DATED.search(line.told.text) for line in below):
        kept |= {number: _as(lines[number], Part.HEAD) for number in _dated_above(lines, at) if number not in kept}
    start = at + 1 if at >= 0 else max(0, first - _MOST_UNTITLED)
    head = [number for number in range(start, len(lines)) if number < first or lines[number].region is Region.HEAD]
    body = "\n".join(line.told.text for line in lines if line.region is Region.MAIN)
    kept |= {number: _in_head(lines[number], body) for number in head[:_MOST_HEAD]}
    if at >= first:
        kept |= {
            number: _as(lines[number], Part.HEAD)
            for number in range(first, at)
            if number != at - 1 or not _is_kicker(lines[at - 1], lines[at])
        }
        kept |= {at + 1: _as(lines[at + 1], Part.DECK)} if at + 1 < len(lines) and _is_deck(lines[at + 1]) else {}
    feet = [at for at, line in enumerate(lines) if line.region is Region.FOOT and at not in notes]
    feet = _feet([at for at in feet if not _leads_away(lines[at])], lines)
    kept |= {number: _as(lines[number], Part.FOOT) for number in feet if lines[number].told.text}
    rest = [line for number, line in enumerate(lines) if number not in kept]
    ordered = [replace(lines[number], told=kept[number]) for number in sorted(kept)]
    return tuple(_with_captions(ordered)), rest


def _feet(numbers: list[int], lines: list[PlacedLine]) -> list[int]:
    """Return the lines below the body that may say who wrote it: down to the lists of others, and what is signed."""
    end = next((at for at, number in enumerate(numbers) if _OTHERS.fullmatch(lines[number].told.text)), len(numbers))
    return [
        number for at, number in enumerate(numbers[:_MOST_FOOT]) if at < end or _SIGNED.match(lines[number].told.text)
    ]


def _as(line: PlacedLine, part: Part) -> MarkedLine:
    return replace(line.told, markup=replace(line.told.markup, part=part))


def _dated_above(lines: list[PlacedLine], at: int) -> Iterator[int]:
    """Yield the lines right above a headline that tell when and where the story was published."""
    for number in range(max(0, at - _MOST_ABOVE), at):
        text = lines[number].told.text
        if _DATED.search(text) or _FROM.match(text):
            yield number


def _in_head(line: PlacedLine, body: str) -> MarkedLine:
    if line.told.markup.part in {Part.PICTURE, Part.HEADLINE} or _is_lead(line, body):
        return line.told
    return _as(line, Part.DECK if _is_deck(line) else Part.HEAD)


def _leads_away(line: PlacedLine) -> bool:
    """Tell whether a line below the body is the headline of another story: in a list, a link but for figures."""
    if not any(each.tag in {"li", "dd", "dt"} for each in (line.holder, *line.holder.iterancestors())):
        return False
    linked = sum(len(_FIGURES.sub("", shown_text(link))) for link in line.holder.iter("a"))
    return linked >= max(_SHORTEST_LINK, len(_FIGURES.sub("", line.told.text)))


def _is_lead(line: PlacedLine, body: str) -> bool:
    """Tell whether a line above the body belongs to it: a paragraph with more sentences than a deck, none twice."""
    text = line.told.text
    sentences = [sentence.strip() for sentence in text.split("。")[:-1]]
    long = len(text) >= _LONG and len(sentences) > 1 and text.endswith("。")
    return long and not _NO_LEAD.search(text) and not any(sentence in body for sentence in sentences)


def _is_deck(line: PlacedLine) -> bool:
    heading = line.holder.tag in _HEADINGS
    return (heading or is_called_deck(line.holder)) and _SHORTEST_DECK <= len(line.told.text) <= LONGEST_DECK


def _is_kicker(line: PlacedLine, headline: PlacedLine) -> bool:
    if not 0 < len(line.told.text) <= _LONGEST_KICKER:
        return False
    siblings = line.holder.getparent() is headline.holder.getparent()
    return bool(_KICKER.search(hints(line.holder))) or (siblings and line.holder.tag in _HEADINGS)


def _with_captions(lines: list[PlacedLine]) -> list[MarkedLine]:
    """Give a picture without a caption the block after it, where that is called or set like one.

    A picture that stands on the page twice is shown where it first has a caption.
    """
    usual, centred = _usual_look(lines), _is_mostly_centred(lines)
    told: list[MarkedLine] = []
    before: PlacedLine | None = None
    for line in lines:
        last = told[-1] if told else None
        if before and last and _awaits_caption(last, before) and _is_caption(line, before, usual, centred=centred):
            markup = replace(last.markup, runs=line.told.markup.runs, origins=line.told.markup.origins)
            told[-1] = MarkedLine(line.told.text, markup)
        else:
            told.append(line.told)
        before = line
    return list(_once(told))


def _awaits_caption(told: MarkedLine, line: PlacedLine) -> bool:
    return told.markup.part is Part.PICTURE and not told.text and not is_divider(line.holder)


def _is_mostly_centred(lines: list[PlacedLine]) -> bool:
    """Tell whether a page centres so many of its lines that this says nothing of one."""
    body = [line for line in lines if line.told.markup.part is Part.PARAGRAPH and line.told.text]
    return sum(is_centred(line.holder) for line in body) * _FEW_CENTRED > len(body)


def _usual_look(lines: list[PlacedLine]) -> tuple[str, ...] | None:
    """Return how most of the body's paragraphs are set, None where there are too few to tell."""
    looks = Counter(line.look for line in lines if _is_long(line))
    look, number = max(looks.items(), key=lambda entry: entry[1], default=((), 0))
    return look if number >= _MANY and number > _MOST * looks.total() else None


def _is_long(line: PlacedLine) -> bool:
    return line.told.markup.part is Part.PARAGRAPH and len(line.told.text) >= _LONG


def _is_caption(line: PlacedLine, picture: PlacedLine, usual: tuple[str, ...] | None, *, centred: bool) -> bool:
    """Tell whether a line behind a picture is its caption: called so, its alt, beside it, or set smaller or paler.

    Where a page has `centred` most of its lines, one more is none for that. Who wrote, and a day, are no captions.
    """
    text = line.told.text.strip()
    part, alt = line.told.markup.part, picture.told.markup.alt.strip()
    if part not in {Part.PARAGRAPH, Part.CROSSHEAD} or line.holder.tag in _HEADINGS or _NO_CAPTION.match(text):
        return False
    if is_called_caption(line.holder, len(text)) or (alt and text == alt):
        return True
    if is_centred(line.holder) and len(text) <= LONGEST_CENTRED:
        return not centred and not _is_large(line)
    beside = line.holder.tag == "p" and line.holder in picture.holder.iterancestors()
    apart = usual is not None and line.look != usual and _SET_APART.search(" ".join(line.look)) and not _is_large(line)
    return bool(beside or apart) and len(text) <= _LONGEST_CAPTION and part is Part.PARAGRAPH


def _is_large(line: PlacedLine) -> bool:
    """Tell whether a line is set as large as a heading."""
    return any(float(size) >= _LARGE for size in _FONT_SIZE.findall(" ".join(line.look)))


def _once(told: list[MarkedLine]) -> Iterator[MarkedLine]:
    """Yield lines without the pictures that stand elsewhere too, with a caption or before."""
    captioned = {line.markup.image for line in told if line.markup.image and line.text}
    seen: set[str] = set()
    for line in told:
        image = line.markup.image
        if not image or (image not in seen and (line.text or image not in captioned)):
            yield line
        seen |= {image} if image and (line.text or image not in captioned) else set()
