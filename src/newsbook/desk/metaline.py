"""Read a meta line: date and time, outlet, and who wrote, edited and photographed, in the many forms of the trade."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from msgspec import Struct

from newsbook.dates import Moment, find_dates
from newsbook.desk.furniture import furniture
from newsbook.desk.labels import Field, date_word, field_of, label
from newsbook.desk.meta import BYLINE_FIELDS, PUBLISHED_AT, UNKEPT, Meta, Value
from newsbook.desk.names import begins_as_japanese, is_japanese_name, is_person, may_be_japanese, split_names
from newsbook.desk.rules import finder
from newsbook.desk.signatures import read_korean, read_signature
from newsbook.desk.unlabelled import is_desk, is_latin_house, is_place, may_be_person, names_in
from newsbook.script import fold, trimmed

_find = partial(finder, "outlets")


class _Piece(Struct, frozen=True):
    """A label, a date or a signature in a line, and the text from it to the next."""

    start: int
    end: int
    field: Field | None = None
    moment: Moment | None = None
    bare: bool = False
    signed: Meta | None = None


# What tells of somebody is no name.
_TALK = re.compile(r"[他她我你这那]|[もはを].{3}|니다\.?$")
_SAYS = re.compile(r"^\d+[文字分秒자]|(?:です|ます|ません|ください|니다)$")
_LONGEST_CREDIT = 80
_LONGEST_LINE = 160
_MOST_UNEXPLAINED = 2
_UNLIKE_META = re.compile(r"[,。:(]|.{25}")
_SENTENCE = re.compile(r"[。!?;…]|,.*,")
_STRONG = re.compile(r"[\t\N{IDEOGRAPHIC SPACE}|｜丨]|\s{2,}")
_BRACKETS = {"(": ")", "[": "]", "【": "】", "<": ">", "—": "—", "-": "-"}
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
_OUTLET = re.compile(r"[\w《》·&.+＋ -]{2,20}")
# A name in Latin letters is one word of a line, its spaces included.
_WORD = re.compile(r"[A-Z][A-Za-z'’.-]+(?: [A-Z][A-Za-z'’.-]*){1,4}(?=[\s|丨/,]|$)|[^\s|丨/]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")
_KOREAN_REPORTER = "기자"
_AROUND = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}/／╱|｜:：,，·"
_BULLETS = "◎●■▲★※◆"
# A date is labelled behind it as well: 2月1日発行, 11/20 10:30 更新, 11:30 입력.
_DATE_SUFFIX = re.compile(
    r"\s*(?:(?P<published>発行|发行|配信|公开|掲载|付|刊|입력|송고|등록|발행)|(?P<updated>更新|수정))"
)
_DATE_PREFIX = re.compile(r"(?:송고시간|입력시간|기사입력|발행일|작성일|등록일|发布时间|发布日期|发稿时间|发表时间)$")
_LONGEST_PREFIX = 6
_EMPLOYER = re.compile(
    r"(?!本|我)(?P<name>[一-鿿·]{2,12}?(?:报|网|社|台|周刊|新闻|客户端|杂志))(?:首席|资深|特约|特派|实习|见习|全媒体|融媒体?|文字|摄影|专栏)?"
    r"(?:记者|特派员|通讯员|作者|作家|撰稿人|评论员)"
)
_WITHOUT_NEWS = re.compile("(?<=[报网社台刊])(?:快|即时|综合)?讯$")
# What a story's day is on the page of an account, which tells no day: 渡口観察 昨天.
_RECENT = re.compile(
    r"(?P<outlet>[\w·]{2,12}(?: [A-Za-z]{2,10})?) (?:昨天|前天|今天|刚刚|\d{1,2} ?(?:分钟|小时|天|周|个月)前"
    r"|\d{1,2}[/-]\d{1,2}(?:[(][月火水木金土日][)])? \d{1,2}:\d\d ?(?:配信|更新|发布)?)"
)
# A day without its year dates nothing.
_YEARLESS = re.compile(r"\d{1,2}(?:[-/.]|月)\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?(?=\s|$)")
_DAY_BEHIND = re.compile(r"\s+(?P<day>\d{1,2}(?:[-/.]|月)\d{1,2}日?(?:\s+\d{1,2}:\d\d)?)$")
# Who writes, right before a name or behind it: 作者林小舟, 林小舟記者. Where, behind one: 發自上海.
_WRITER = re.compile(r"^(?:(?:本报|本刊|本网)?(?:特约|专栏|客座)?(?:作者|作家|撰稿人?|撰文|主笔)[ :]?)")
_REPORTER = re.compile(r"\s?(?:记者|特派员|撰文|撰)$")
_WHENCE = re.compile(r"(?:发自|发于|寄自|写于|记于|于)[一-鿿·]{2,8}")
_TAIL = re.compile("[(]?(?:报道|报导|摄影报道|综合报道)[)]?$")


def parse(text: str, year: int = 0) -> Meta | None:
    """Return what `text` says as a meta line, or None where it is none. `year` is for dates written without one.

    >>> parse("2020-01-17 來源：渡口報 作者：林小滿").values[2].text
    '林小滿'
    """
    return None if len(text) > _LONGEST_LINE + 4 else _parsed(text, year)


# Several steps look at the first and the last lines of a page.
@lru_cache(maxsize=1024)
def _parsed(text: str, year: int) -> Meta | None:
    text = _unbracketed(text)
    plain = fold(text)
    address = PUBLISHED_AT.fullmatch(plain)
    if address and address["label"]:
        return Meta((Value(Field.URL, text),))
    if len(text) > _LONGEST_LINE or _SENTENCE.search(re.sub(r"[。;]$", "", plain)):
        return None
    signed = None if find_dates(text, year) else signature(_without_day(text))
    if signed:
        return signed
    pieces = _pieces(text, plain, year)
    if not pieces:
        return _outlet_and_reporter(text)
    if _is_in_prose(plain, pieces) or any(piece.bare and not _holds_bare(text, piece, pieces) for piece in pieces):
        return None
    return _read(text, pieces)


def parse_outlet(text: str) -> Meta | None:
    """Return a line that is but the name of a newspaper, an agency, a station or a site, as what it names."""
    plain = fold(text)
    is_name = (
        _OUTLET.fullmatch(text) and " " not in text and (_is_called_outlet(text) or _find("account_endings")(plain))
    )
    return Meta((Value(Field.OUTLET, text),)) if is_name else None


def _is_called_outlet(text: str) -> bool:
    """Tell whether a name ends as the name of a newspaper, an agency, a station or a site does."""
    return bool(_find("endings")(fold(text)))


def _unbracketed(text: str) -> str:
    """Return `text` without brackets that hold all of it."""
    text = text.strip().lstrip(_BULLETS).strip()
    plain = fold(text)
    while plain and _BRACKETS.get(plain[0]) == plain[-1] and plain[0] not in plain[1:-1] and len(plain) > 1:
        text = text[1:-1].strip()
        plain = fold(text)
    return text


def _without_day(text: str) -> str:
    """Return a line without a day that it ends in, which dates nothing without its year."""
    day = _DAY_BEHIND.search(fold(text))
    return text[: day.start()] if day else text


def signature(text: str) -> Meta | None:
    """Return who signed in a text that is but a signature, in Chinese or Korean, else None."""
    return read_signature(text.strip(_AROUND)) or read_korean(text) or _reporter(text.strip(_AROUND))


def _reporter(text: str) -> Meta | None:
    """Return who is called a reporter behind his name, as 山田花子記者, and nowhere before it."""
    name = trimmed(_REPORTER, text)
    known = name != text and (names_in(name) or is_japanese_name(name))
    return Meta((Value(Field.AUTHOR, name),)) if known else None


def _outlet_and_reporter(text: str) -> Meta | None:
    """Read what has neither date nor label: 渡口報 記者陳大文／即時報導, 渡口報【陳大文／雲溪報導】, 陳大文/渡口報."""
    recent = _RECENT.fullmatch(fold(text))
    if recent:
        end = recent.end("outlet")
        return Meta((Value(Field.OUTLET, text[:end]),), (text[end:].strip(),))
    name, stroke, paper = text.replace("／", "/").partition("/")
    if stroke and is_person(name) and _is_called_outlet(paper) and _OUTLET.fullmatch(paper):
        return Meta((Value(Field.OUTLET, paper.strip()), Value(Field.AUTHOR, name.strip())))
    outlet, _, byline = text.replace("【", " 【").partition(" ")
    meta = signature(_unbracketed(byline))
    if meta and _is_called_outlet(outlet):
        return Meta((Value(Field.OUTLET, outlet), *meta.values), meta.rest)
    return None


def _pieces(text: str, plain: str, year: int) -> list[_Piece]:
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    # What looks like a date in an address, /2024/05/11/, is none.
    moments = (one for one in find_dates(text, year) if not any(a <= one.start < b for a, b in addresses))
    pieces = [_dated(plain, moment) for moment in moments]
    pieces += list(_signatures(text, pieces))
    for match in label().finditer(plain):
        overlaps = any(piece.start < match.end() - 1 and match.start() < piece.end for piece in pieces)
        if not overlaps and _is_label(plain, match, pieces):
            bare = match["mark"] is not None and not match["mark"].strip(" ・=")
            pieces.append(_Piece(match.start(), match.end(), field_of(match), bare=bare))
    return sorted(pieces, key=lambda piece: piece.start)


def _signatures(text: str, dated: list[_Piece]) -> Iterator[_Piece]:
    """Yield what is but a signature between the dates of a line."""
    starts, ends = (0, *(piece.end for piece in dated)), (*(piece.start for piece in dated), len(text))
    for start, end in zip(starts, ends, strict=True):
        signed = signature(_unbracketed(text[start:end].strip(_AROUND))) if dated else None
        if signed:
            yield _Piece(start, end, signed=signed)


def _dated(plain: str, moment: Moment) -> _Piece:
    """Return the piece of a date, the word behind it that says what it is the date of included."""
    prefix = _DATE_PREFIX.search(plain[max(0, moment.start - _LONGEST_PREFIX) : moment.start])
    if prefix:
        return _Piece(moment.start - len(prefix[0]), moment.end, Field.PUBLISHED, moment)
    suffix = _DATE_SUFFIX.match(plain, moment.end)
    if not suffix or label().match(plain, suffix.start() + len(suffix[0]) - len(suffix[0].lstrip())):
        return _Piece(moment.start, moment.end, None, moment)
    field = Field.PUBLISHED if suffix["published"] else Field.UPDATED
    return _Piece(moment.start, suffix.end(), field, moment)


def _is_label(plain: str, match: re.Match[str], pieces: list[_Piece]) -> bool:
    """Tell whether a word before a colon is a label and not the end of another word, as the 文 of 散文：."""
    glued = plain[: match.start()][-1:].isalpha()
    return not glued or (len(match[0].strip(":|丨 ")) > 1 and any(piece.start < match.start() for piece in pieces))


def _is_in_prose(plain: str, pieces: list[_Piece]) -> bool:
    """Tell whether words run on into a date or out of it, as they do in a sentence."""
    starts = {piece.start for piece in pieces}
    ends = {piece.end for piece in pieces}
    for piece in pieces:
        before, after = plain[: piece.start][-1:], plain[piece.end :][:1]
        labelled = any(other.moment is None and not other.bare and other.end < piece.start for other in pieces)
        if piece.moment and piece.start not in ends and before.isalnum() and not labelled:
            return True
        if piece.moment and piece.end not in starts and after.isalnum() and "T" not in piece.moment.iso:
            return True
    return False


def _holds_bare(text: str, piece: _Piece, pieces: list[_Piece]) -> bool:
    """Tell whether what follows a label without a colon is what such a label announces."""
    after = text[piece.end : _next_start(text, piece, pieces)].strip()
    if piece.field in {Field.PUBLISHED, Field.UPDATED}:
        return not after or bool(find_dates(after))
    if piece.field is Field.OUTLET:
        return bool(_OUTLET.fullmatch(after))
    if piece.field is Field.COUNTER and after.isdecimal():
        return True
    names = split_names(trimmed(_TAIL, after.strip("()[]（）【】［］〔〕 ")))
    is_name = may_be_japanese if fold(text[: piece.end]).endswith(("・", "=")) else is_person
    is_signed = piece.field is Field.AUTHOR and pieces[0].moment is not None and begins_as_japanese(after)
    return (bool(names) and all(map(is_name, names))) or is_signed or bool(furniture(fold(after)))


def _next_start(text: str, piece: _Piece, pieces: list[_Piece]) -> int:
    return min((other.start for other in pieces if other.start >= piece.end), default=len(text))


def _read(text: str, pieces: list[_Piece]) -> Meta | None:
    values: list[Value] = []
    rest = _unlabelled(text[: pieces[0].start], values)
    for piece in pieces:
        after = text[piece.end : _next_start(text, piece, pieces)]
        if piece.signed:
            values += _all_of(piece.signed)
        elif piece.moment:
            values.append(Value(_date_field(piece, pieces, values), piece.moment.iso))
            rest += _unlabelled(after, values)
        elif piece.field in UNKEPT:
            values.append(
                Value(
                    piece.field, text[piece.start : piece.end + len(after)].strip(" \N{IDEOGRAPHIC SPACE}【】[]()|｜")
                )
            )
        elif piece.field in {Field.PUBLISHED, Field.UPDATED} and (day := _YEARLESS.match(fold(after))):
            values.append(Value(Field.STAFF, after[: day.end()]))
            rest += _words(after[day.end() :])
        elif piece.field not in {Field.PUBLISHED, Field.UPDATED, None}:
            employer = _EMPLOYER.match(fold(text[piece.start : piece.end]))
            if employer:
                values.append(Value(Field.EMPLOYER, text[piece.start : piece.start + employer.end("name")]))
            value, more = _value(piece.field, after)
            if _TALK.search(fold(value)) or (piece.field in BYLINE_FIELDS and len(value) > _LONGEST_CREDIT):
                return None
            values += _valued(piece.field, value) if value and piece.field else []
            rest += more
        else:
            rest += _words(after)
    values += [Value(Field.URL, word) for word in rest if _ADDRESS.fullmatch(word)]
    values += [Value(Field.STAFF, word) for word in rest if _find("account")(fold(word))]
    said = (word for word in rest if not _says_nothing(word) and not _ADDRESS.fullmatch(word))
    return _settle(values, [word for word in said if not _find("account")(fold(word))])


def _unlabelled(text: str, values: list[Value]) -> list[str]:
    """Return the words in a part of a line without a label; one that is a signature adds to `values`."""
    signed = signature(text)
    values += _all_of(signed) if signed else ()
    return [] if signed else _words(text)


def _all_of(signed: Meta) -> Iterator[Value]:
    """Yield what a signature says, its places and desks among the words that are not kept."""
    yield from signed.values
    yield from (Value(Field.STAFF, word) for word in signed.rest)


def _valued(field: Field, value: str) -> list[Value]:
    """Return a value for a label; an author's outlet before the name is the employer: 文/渡口網專欄作者 林小滿."""
    signed = signature(value) if field in {Field.AUTHOR, Field.CORRESPONDENT} else None
    if signed:
        return list(signed.values)
    outlet, space, names = value.partition(" ")
    signed = signature(names) if field is Field.OUTLET and space else None
    if signed:
        return [Value(field, outlet), *signed.values]
    titled = _EMPLOYER.fullmatch(fold(outlet))
    outlet = outlet[: titled.end("name")] if titled else outlet
    if field is Field.AUTHOR and space and _is_called_outlet(outlet) and not is_person(outlet):
        return [Value(Field.EMPLOYER, outlet), Value(field, names)]
    if field is Field.OUTLET and outlet and _is_called_outlet(names) and _find("paper")(fold(outlet)):
        return [Value(Field.OUTLET, outlet), Value(Field.STAFF, names)]
    if field is Field.OUTLET and _find("nowhere")(fold(value)):
        return [Value(Field.STAFF, value)]
    return [Value(field, value)]


def _date_field(piece: _Piece, pieces: list[_Piece], values: list[Value]) -> Field:
    if piece.field:
        return piece.field
    label = next((other for other in reversed(pieces) if other.end <= piece.start), None)
    near = label and piece.start - label.end <= 1 and label.field
    if near in {Field.PUBLISHED, Field.UPDATED}:
        return Field(near)
    known = any(value.field is Field.PUBLISHED for value in values)
    return Field.UPDATED if known else Field.PUBLISHED


def _value(field: Field, after: str) -> tuple[str, list[str]]:
    """Split what follows a label into its value and what no longer belongs to it."""
    after = after.strip(" \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}|｜丨/／>·-—")
    behind = after[len(_without_day(after)) :].split() if field in BYLINE_FIELDS else []
    after = _without_day(after) if behind else after
    if field in {Field.OUTLET, Field.SECTION, Field.COUNTER, Field.ORIGINAL_TITLE, Field.URL}:
        value, *more = [part.strip() for part in _STRONG.split(after) if part.strip()] or [""]
    else:
        value, more = after, []
    words = value.split(" ")
    cut = next((at for at, word in enumerate(words) if at and _ends_value(word)), len(words))
    kept = " ".join(words[:cut]).strip("、，,;；。 ()（）[]【】")
    return kept, [word for word in (*words[cut:], *more, *behind) if word]


def _ends_value(word: str) -> bool:
    return bool(furniture(fold(word)) or _ADDRESS.fullmatch(word))


def _words(text: str) -> list[str]:
    address = _ADDRESS.search(text)
    if address:
        return [*_words(text[: address.start()]), address[0], *_words(text[address.end() :])]
    return [text[slice(*word.span())] for word in _WORD.finditer(fold(text))]


def _says_nothing(word: str) -> bool:
    plain = fold(word).strip(":-—·,.;>()[]【】、")
    return (
        not plain
        or bool(date_word().fullmatch(plain))
        or bool(furniture(plain))
        or bool(_find("nowhere")(plain))
        or bool(_WEEKDAY.fullmatch(plain))
        or plain.isdecimal()
    )


def _settle(values: list[Value], rest: list[str]) -> Meta | None:
    """Take a lone unexplained word beside a date for the outlet, names of people for the authors'.

    A line with much unexplained is refused.
    """
    dated = any(value.field in {Field.PUBLISHED, Field.UPDATED} for value in values)
    if len(rest) > 1 and rest[-1] == _KOREAN_REPORTER and is_person(rest[-2]):
        values.append(Value(Field.AUTHOR, rest[-2]))
        del rest[-2:]
    known = any(value.field is Field.OUTLET for value in values)
    for word in tuple(rest):
        told = tuple(_told(word, known=known, dated=dated and len(rest) <= _MOST_UNEXPLAINED))
        values += told
        rest = [each for each in rest if each != word] if told else rest
        known = known or any(value.field is Field.OUTLET for value in told)
    if dated:
        rest = _without_authors(values, rest, known=known)
    if not values or len(rest) > _MOST_UNEXPLAINED or any(_UNLIKE_META.search(fold(word)) for word in rest):
        return None
    return Meta(tuple(values), tuple(rest))


def _told(word: str, *, known: bool, dated: bool) -> Iterator[Value]:
    """Yield what a word says of itself; the outlet, beside a date, unless it is `known`."""
    writers = trimmed(_WRITER, word)
    if _find("section")(fold(word)):
        yield Value(Field.SECTION, word)
    elif _WHENCE.fullmatch(fold(word)):
        yield Value(Field.STAFF, word)
    elif dated and writers != word and all(map(is_person, split_names(writers) or (word,))):
        yield Value(Field.AUTHOR, writers)
    elif not known and _is_outlet(word, dated=dated):
        name = trimmed(_WITHOUT_NEWS, word)
        yield Value(Field.OUTLET, name, sure=parse_outlet(name) is not None)
        if len(word) - len(name) > 1:
            yield Value(Field.STAFF, word[len(name) :])
    elif signed := signature(word):
        yield from _all_of(signed)


def _without_authors(values: list[Value], rest: list[str], *, known: bool) -> list[str]:
    """Return the unexplained words beside a date without names of authors, which are added to `values`.

    Names of people are those, where the line names nobody for certain but them; one that may be a person's is, where
    the outlet is `known` and nothing else is left.
    """
    if {Field.AUTHOR, Field.AUTHOR_AND_PHOTOGRAPHER} & {value.field for value in values}:
        return rest
    bare = {word: word.strip(_AROUND + "、") for word in rest}
    names = [word for word, name in bare.items() if all(map(may_be_person, split_names(name) or (word,)))]
    fields = {value.field for value in values}
    alone = known and len(rest) == 1 and may_be_person(rest[0]) and not BYLINE_FIELDS & fields
    if not alone and not names_in("、".join(bare[word] for word in names)):
        return rest
    values += [Value(Field.AUTHOR, bare[word]) for word in (rest if alone else names)]
    return [word for word in rest if not alone and word not in names]


def _is_outlet(word: str, *, dated: bool) -> bool:
    """Tell whether an unexplained word names the outlet: by its ending, or since it stands beside a date."""
    plain = _WITHOUT_NEWS.sub("", fold(word))
    if _find("button")(plain) or _find("no_outlet")(plain) or is_place(plain) or is_desk(plain):
        return False
    if _find("this_paper")(plain):
        return False
    if not _OUTLET.fullmatch(plain) or _SAYS.search(plain):
        return False
    if plain.isascii():
        return (
            _is_called_outlet(plain)
            or is_latin_house(plain)
            or (dated and " " not in plain and not plain.islower() and "_" not in plain)
        )
    return _is_called_outlet(plain) or (dated and not is_person(word))
