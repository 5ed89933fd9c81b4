"""The first newsbook.toml of an issue, written from what lies in its folder, with remarks on what may be said."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from msgspec import Struct

from newsbook.dates import find_dates
from newsbook.project.draft import plain
from newsbook.project.written import quoted

# 第12期, 第十二號, No. 12, #12, 제12호, vol-12; or a number that a name ends with.
_NUMBER = re.compile(
    r"第\s*([0-9]{1,5})\s*[期號号]|제\s*([0-9]{1,5})\s*호|(?<![a-z])(?:no\.?|#|issue|vol\.?)[\s_-]*([0-9]{1,5})\b",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"(?<![0-9.])(?<![0-9]-)([0-9]{1,4})$")
_BETWEEN = re.compile(r"^[\s_.,()（）·・-]+|[\s_.,()（）·・-]+$")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class Named(Struct, frozen=True):
    """What a folder's name tells of an issue; empty where it tells nothing."""

    nameplate: str = ""
    number: str = ""
    date: str = ""


class FoundArticle(Struct, frozen=True):
    """An article that lies in a folder: the name of its input, and its headline."""

    name: str
    headline: str


class Beginning(Struct, frozen=True):
    """What is known of an issue before anybody has said anything of it.

    `sections` are names with the inputs that belong there. `logo` and `cover` are names of pictures.
    """

    inputs: tuple[str, ...] = (".",)
    issue: Named = Named()
    publisher: str = ""
    language: str = ""
    style: str = "bulletin"
    styles: tuple[str, ...] = ()
    articles: tuple[FoundArticle, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    logo: str = ""
    cover: str = ""


def named(folder: str, above: str = "") -> Named:
    """Return what the name of a folder tells of an issue; the one above tells the nameplate where it does not.

    >>> named("渡口街坊報 第12期 2024-07-05")
    Named(nameplate='渡口街坊報', number='12', date='2024-07-05')
    >>> named("2024-07-05", "渡口週刊").nameplate
    '渡口週刊'
    """
    text, day, number = folder, "", ""
    for found in find_dates(folder)[:1]:
        day = found.iso[:10] if len(found.iso) >= len("2024-07-05") else ""
        text = folder[: found.start] + " " + folder[found.end :]
    match = _NUMBER.search(text) or _LAST_NUMBER.search(text.strip())
    if match:
        number = next(filter(None, match.groups()))
        text = text[: match.start()] + " " + text[match.end() :]
    nameplate = _tidy(text) or (named(above).nameplate if above else "")
    return Named(nameplate, number.lstrip("0") or number, day)


def _tidy(text: str) -> str:
    return re.sub(r"[\s_]+", " ", _BETWEEN.sub("", text))


def file_stem(issue: Named) -> str:
    """Return what the outputs of an issue are called: its nameplate with its number or day.

    >>> file_stem(Named("渡口/街坊", "12"))
    '渡口-街坊-12'
    """
    told = "-".join(filter(None, (issue.nameplate, issue.number or issue.date)))
    return _UNSAFE.sub("-", told).strip(".- ") or "issue"


def text_of(begun: Beginning) -> str:
    """Return the text of a newsbook.toml that says what is known, and shows what else may be said."""
    return "\n".join((*_head(begun), *_issue(begun), *_design(begun), *_parts(begun), *_outputs(begun))) + "\n"


def _head(begun: Beginning) -> Iterator[str]:
    yield "# What this issue is and what is made of it. `newsbook build` makes it, `newsbook config` shows what holds,"
    yield "# and docs/project.md explains every key. What stands behind a # is a remark, or a setting to switch on."
    yield ""
    yield "# Files, folders, patterns as letters/*.txt, @lists and URLs, in this order."
    yield f"inputs = {quoted(begun.inputs)}"
    yield ""
    yield f"# {', '.join(begun.styles)}; or a folder of your own." if begun.styles else "# A style's name or folder."
    yield f"style = {quoted(begun.style)}"
    yield ""
    if len(begun.articles) > 1:
        yield "# What comes first, and in which order; the rest follows as it was read."
        yield "# order = ["
        yield from (f"#   {quoted(each.name)},{_remark(each.headline)}" for each in begun.articles)
        yield "# ]"
        yield ""


def _remark(text: str) -> str:
    return f"  # {plain(text)}" if text else ""


def _issue(begun: Beginning) -> Iterator[str]:
    issue = begun.issue
    yield "[issue]"
    yield from _stated("nameplate", issue.nameplate, "渡口街坊報")
    yield from _stated("number", issue.number, "12")
    yield from _stated("date", issue.date, "2024-07-05", "The day of the issue; else that of the newest article.")
    yield from _stated("publisher", begun.publisher, "渡口街坊會")
    yield from _stated("language", begun.language, "zh-Hant", "zh-Hans, zh-Hant, ja or ko; else each article's own.")
    yield ""


def _stated(key: str, value: str, example: str, remark: str = "") -> Iterator[str]:
    end = f"  # {remark}" if remark else ""
    yield f"{key} = {quoted(value)}{end}" if value else f"# {key} = {quoted(example)}{end}"


def _design(begun: Beginning) -> Iterator[str]:
    yield "[design]"
    yield from _stated("logo", begun.logo, "logo.svg", "Stands for the nameplate's letters.")
    yield '# page = "A4"'
    yield '# accent = "#17406d"'
    yield ""
    yield "# [conversion]"
    yield '# script = "hant"  # Brings Chinese articles to one script: hans, hant, hant-tw or hant-hk.'
    yield ""


def _parts(begun: Beginning) -> Iterator[str]:
    for name, articles in begun.sections:
        yield from ("[[sections]]", f"name = {quoted(name)}", f"articles = {quoted(articles)}", "")
    first = begun.articles[0].name if begun.articles else "page.txt"
    if not begun.sections:
        yield "# [[sections]]"
        yield '# name = "街坊"'
        yield f"# articles = {quoted((first,))}  # Names or patterns."
        yield ""
    yield "# What a page gets wrong about itself, or does not say."
    yield "# [[articles]]"
    yield f"# of = {quoted(first)}"
    yield '# headline = "…"'
    yield '# kicker = "讀者來函"'
    yield ""


def _outputs(begun: Beginning) -> Iterator[str]:
    stem = PurePath("out") / file_stem(begun.issue)
    yield "[[outputs]]"
    yield f"file = {quoted(f'{stem}.pdf')}"
    yield '# profile = "accessible"  # PDF/UA-1; archive is PDF/A-3a, with its sources in it.'
    yield ""
    yield "[[outputs]]"
    yield f"file = {quoted(f'{stem}.epub')}"
    yield from _stated("cover", begun.cover, "cover.jpg", "Else one is drawn.")
