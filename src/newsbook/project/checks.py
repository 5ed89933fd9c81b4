"""Every check of what people say about a project, whether in a file, by a flag or in Python, and one sentence for each.

A value is first held against its field, and comes out in canonical form; then values are held against each other, and
against the disk. Everything that is wrong is told at once.
"""

import codecs
import glob
import os
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.gate import Caps, is_held_open
from newsbook.gate import kind_of as kind_of_file
from newsbook.inputs import LIST_PREFIX, SETTINGS, STDIN, is_url
from newsbook.languagetags import canonical
from newsbook.model import FORBIDDEN
from newsbook.project.draft import Mistake, ProjectDraft, ProjectError, nearest, plain, shown
from newsbook.project.fields import SettingField, answered, misfit, paired, refusal, walked
from newsbook.project.idle import idle_flags, idle_lines
from newsbook.project.lengths import checked_binding, checked_bleed
from newsbook.project.meanings import is_pattern
from newsbook.project.outputs import KINDS_TOLD, kind_of, kind_of_suffix
from newsbook.project.papers import paper_size
from newsbook.project.paths import located, paths_named, place_of, seen_from_here
from newsbook.project.sizes import bytes_of
from newsbook.project.values import Output, PictureAmendment, Project, Replacement, pieces

# ISO 8601 as far as articles state it: a year, a month, or a day with a time or without.
_MONTH = re.compile("[0-9]{4}(-[0-9]{2})?")
_DIGITS = re.compile("[0-9]{8}")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?")


def check(draft: ProjectDraft, report: Report) -> Project:
    """Return the project of a draft in canonical form; what was found in its file is reported.

    Raises `ProjectError`, which has every mistake, where anything is wrong with it.
    """
    for finding in draft.findings:
        report(finding)
    checking = _Checking(draft)
    project = walked(draft.project, checking.canonical)
    mistakes = [*draft.mistakes, *checking.mistakes]
    known = {mistake.key for mistake in mistakes}
    for compare in _TOGETHER:
        wrongs = (wrong for wrong in compare(project, draft.folder) if known.isdisjoint((wrong.key, wrong.by)))
        mistakes += (draft.mistake(wrong.key, wrong.message) for wrong in wrongs)
    mistakes += _missing(project, draft)
    mistakes += (draft.mistake(key, message) for key, message in idle_flags(project, draft))
    if mistakes:
        raise ProjectError(tuple(sorted(dict.fromkeys(mistakes), key=lambda each: _line(draft, each))))
    for key, message in idle_lines(project, draft):
        report(Diagnostic(Code.SETTING_UNFIT, f"{draft.called(key)} {message}", draft.origin(key) or Place()))
    return project


def _line(draft: ProjectDraft, mistake: Mistake) -> int:
    place = draft.origin(mistake.key)
    return place.line if place else 0


class _Checking:
    """A way through a project, field by field, and the mistakes on it."""

    def __init__(self, draft: ProjectDraft) -> None:
        self.mistakes: list[Mistake] = []
        self._draft = draft

    def canonical(self, key: str, field: SettingField, value: object) -> object:
        """Return a value in canonical form; where it is a mistake, the field's default."""
        value = answered(field, value)
        why = refusal(field, value)
        if why:
            self.mistakes.append(self._draft.mistake(key, why))
            return field.default
        if field.is_list and isinstance(value, list | tuple):
            return tuple(self._one(f"{key}[{number}]", field, item, "") for number, item in enumerate(value))
        return None if value is None else self._one(key, field, value, field.default)

    def _one(self, key: str, field: SettingField, value: object, default: object) -> object:
        value = paired(field, value)
        why = misfit(field, value) or _out_of_range(field, value) or _unprintable(field, value, is_item=field.is_list)
        made = default
        if not why:
            try:
                made = _FORMS[field.form](value) if isinstance(value, str) and value else value
            except ValueError as error:
                why = f"is {shown(value)}, which is {error}"
        if why:
            self.mistakes.append(self._draft.mistake(key, why))
        return float(made) if field.scalar is float and isinstance(made, int) else made


def _out_of_range(field: SettingField, value: object) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    low = field.above if field.above is not None else field.at_least
    high = field.at_most
    if low is None or high is None or (low <= value <= high and value != field.above):
        return ""
    least = f"above {low:,} and up" if field.above is not None else f"from {low:,}"
    return f"is {shown(value)}, which is out of range; write a number {least} to {high:,}."


def _unprintable(field: SettingField, value: object, *, is_item: bool) -> str:
    """Return why a text cannot stand in an edition, or a path on a disk; names in lists may not be empty either."""
    if isinstance(value, Replacement):
        quoted, text = msgspec.structs.astuple(value)
        if not quoted:
            return "quotes nothing; write the words as they stand in the article."
        return _CONTROL if FORBIDDEN.search(quoted) or FORBIDDEN.search(text) else ""
    if not isinstance(value, str):
        return ""
    if is_item and not value:
        return "is an empty name; take it out."
    found = "\0" in value if field.form == "path" else FORBIDDEN.search(value)
    return _CONTROL if found else ""


_CONTROL = "holds a control character; write it without."


def _day(value: str) -> str:
    """Return a day in ISO 8601, written so or as people write one: 2024/7/5, 民國113年7月5日, 5 July 2024."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        told = _as_people_write(value)
        if len(told) == len("YYYY-MM-DD"):
            return told
        raise ValueError("no date; write YYYY-MM-DD.") from error


def _as_people_write(value: str) -> str:
    """Return the date that a text is, from its first character to its last, in ISO 8601; empty where it is none.

    Of 7/5/2024 nobody knows which is the month, and a day without a year may be of any.
    """
    from newsbook.dates import find_dates

    text = value.strip()
    found = find_dates(text) if len(text) <= _LONGEST_DATE else ()
    is_whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0].iso if is_whole else ""


# Nobody writes a longer one: 中華民國一百一十三年十二月二十五日（星期三）下午十二時三十五分.
_LONGEST_DATE = 60


def moment(value: str) -> str:
    """Return a day, a month or a year, or a day with its time, in ISO 8601, written so or as people write one.

    Raises `ValueError`, with what to write.
    """
    try:
        if _MONTH.fullmatch(value):
            date.fromisoformat(f"{value}-01-01"[:10])
            return value
        if _DIGITS.fullmatch(value):
            return date.fromisoformat(value).isoformat()
        made = datetime.fromisoformat(value)
        return value[:10] + value[10:].replace(" ", "T", 1) if _MOMENT.fullmatch(value) else made.isoformat()
    except ValueError as error:
        told = _as_people_write(value)
        if told:
            return told
        raise ValueError("no date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS.") from error


def _language(value: str) -> str:
    tag = canonical(value)
    if not tag:
        raise ValueError("no language tag; write zh-Hans, zh-Hant, ja or ko.")
    return tag


def _encoding(value: str) -> str:
    try:
        "".encode(codecs.lookup(value).name)
        b"\xff".decode(value, "replace")  # Some codecs, as idna, are no encodings of pages.
    except (LookupError, ValueError) as error:
        raise ValueError("no encoding; try utf-8, gb18030, big5, euc-jp, shift_jis or euc-kr.") from error
    return value


def _paper(value: str) -> str:
    paper_size(value)
    return value


_COLOUR = re.compile("#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}")


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise ValueError("no colour; write # and three or six digits, as #17406d.")
    return value


# A family stands in quotes in a style sheet, and between commas where fontconfig lists it.
_FAMILY = re.compile(r'[^",\\\x00-\x1f\x7f]+')


def _family(value: str) -> str:
    if not _FAMILY.fullmatch(value):
        raise ValueError("no name of a family; write it without quotes, commas and backslashes.")
    return value


# What is filled in where it stands in a running head.
RUNNING = ("nameplate", "number", "date", "headline")


def _running_head(value: str) -> str:
    unknown = set(re.findall("[{}]|[{][^{}]*[}]", re.sub(f"[{{](?:{'|'.join(RUNNING)})[}}]", "", value)))
    if unknown:
        raise ValueError(f"no running head; what is filled in is {', '.join(f'{{{name}}}' for name in RUNNING)}.")
    return value


def _size(value: str) -> str:
    bytes_of(value)
    return value


def _address(value: str) -> str:
    if not re.match(r"(?:https?://[^/\s]|mailto:\S)", value):
        raise ValueError("no address of the web; write it whole, with https://.")
    return value


def _code(value: str) -> str:
    if value not in {code.value for code in Code}:
        like = nearest(value, tuple(code.value for code in Code))
        raise ValueError(f"no finding; did you mean {like}?" if like else "no finding; docs/findings.md has them all.")
    return value


def _as_it_is(value: str) -> str:
    return value


# By what values.py calls it: a form that a text must have.
_FORMS: dict[str, Callable[[str], str]] = {
    "": _as_it_is,
    "path": _as_it_is,
    "style": _as_it_is,
    "day": _day,
    "moment": moment,
    "language": _language,
    "encoding": _encoding,
    "paper": _paper,
    "colour": _colour,
    "family": _family,
    "running head": _running_head,
    "size": _size,
    "address": _address,
    "code": _code,
    "bleed": checked_bleed,
    "binding": checked_binding,
}


class Wrong(Struct, frozen=True):
    """What is wrong with the value under `key`, beside that under `by`; no news where one of them is a mistake."""

    key: str
    message: str
    by: str = ""


def _of_outputs(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield what is wrong with each output: no kind, or one that its file or its fields contradict."""
    del folder
    for number, output in enumerate(project.outputs):
        at, kind = f"outputs[{number}]", kind_of(output)
        yield from _of_kind(output, at, kind)
        for name, of in KINDS_TOLD.items():
            if getattr(output, name) != getattr(Output(), name) and kind and kind not in of:
                message = f"is for {' and '.join(_A[each] for each in of)}, and this is {_A[kind]}; leave it out."
                yield Wrong(f"{at}.{name}", message, f"{at}.kind")
        if output.profile == "accessible" and kind == "epub":
            yield Wrong(f"{at}.profile", "is accessible, as every EPUB is; leave it out.", f"{at}.kind")
        if output.profile == "archive" and output.collection == "individual":
            message = "is archive, which is for issues and volumes; leave it out of individual books."
            yield Wrong(f"{at}.profile", message, f"{at}.collection")
        if output.sign_with and output.profile != "archive":
            yield Wrong(f"{at}.sign_with", "signs what is to be kept; write profile = “archive”.", f"{at}.profile")
        if output.collection and output.pages:
            yield Wrong(f"{at}.pages", "is for one issue, which its PDF was made of; leave it out.")


def _of_kind(output: Output, at: str, kind: str) -> Iterator[Wrong]:
    """Yield that an output has no kind, or that its file is called as another."""
    stated = kind_of_suffix(output.file)
    if not kind:
        message = "does not tell what is to be made; end its name in .pdf or .epub, or write kind = “pdf” or “epub”."
        yield Wrong(f"{at}.file", message, f"{at}.kind")
    elif stated and output.collection == "individual":
        message = f"is {shown(output.file)}, and each article is a book of its own; name a folder for them."
        yield Wrong(f"{at}.file", message, f"{at}.collection")
    elif stated and {kind, stated} not in _ALIKE and kind != stated:
        message = f"is {shown(output.file)}, which is the name of {_A[stated]}, and is to be {_A[kind]}."
        yield Wrong(f"{at}.file", message, f"{at}.kind")


# Pages of one signature are on whole sheets, of four.
_FOLDED = 4


def _of_sheets(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield what contradicts itself in booklets and sheets, which are printed and not kept or read aloud."""
    imposed = {
        place_of(output.file, folder) for output in project.outputs if output.file and (output.booklet or output.sheets)
    }
    for number, output in enumerate(project.outputs):
        at = f"outputs[{number}]"
        is_imposed = output.booklet or output.sheets
        if output.booklet and output.sheets:
            yield Wrong(f"{at}.sheets", "is for pages side by side, and a booklet is folded; leave one of the two out.")
        if is_imposed and output.profile != "plain":
            message = f"is {output.profile}, and a PDF for print has no tags; make two files, one of each."
            yield Wrong(f"{at}.profile", message)
        if output.paper and not is_imposed:
            yield Wrong(f"{at}.paper", "is for booklets and sheets; write page under [design], or booklet = true.")
        if output.signature and not output.booklet:
            yield Wrong(f"{at}.signature", "is for booklets; write booklet = true, or leave it out.")
        if output.signature % _FOLDED:
            yield Wrong(f"{at}.signature", f"is {output.signature}, which is no multiple of four; write 16 or 32.")
        if output.pages and place_of(output.pages, folder) in imposed:
            yield Wrong(
                f"{at}.pages", f"is {_path(output.pages)}, a booklet; name the PDF in which pages are in order."
            )


def _of_press(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield what is for pages that are trimmed or bound, where an output is neither."""
    del folder
    for number, output in enumerate(project.outputs):
        at = f"outputs[{number}]"
        for name in ("bleed", "crop_marks"):
            if output.sheets and getattr(output, name):
                yield Wrong(f"{at}.{name}", "is for what is trimmed, and sheets are handed out whole; leave it out.")
        if output.binding and (output.booklet or output.sheets):
            message = "is for pages that are bound one behind the other; leave it out of booklets and sheets."
            yield Wrong(f"{at}.binding", message)


_A = {"pdf": "a PDF", "epub": "an EPUB", "proof": "a proof sheet", "json": "newsbook's JSON", "ninjs": "ninjs"}
_ALIKE = ({"json", "ninjs"},)


def _of_names(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield the outputs that would be written into one file, or into one that is read for them."""
    taken: dict[str, int] = {}
    for number, output in enumerate(located(project, folder).outputs):
        key, named = f"outputs[{number}].file", project.outputs[number].file or output.file
        file = output.file if output.file == STDIN else place_of(output.file, Path())
        other = taken.setdefault(file, number)
        if kind_of(output) and other != number:
            yield Wrong(key, f"is {shown(named)}, as that of output {other + 1} is; name a file of its own.")
        elif file in {place_of(name, Path()) for name in (output.cover, output.pages, output.sign_with) if name}:
            yield Wrong(key, f"is {shown(named)}, which is read for the e-book; name another.")


def _of_fetching(project: Project, folder: Path) -> Iterator[Wrong]:
    del folder
    if project.fetching.offline and project.fetching.refresh:
        yield Wrong("fetching.refresh", "cannot be had offline; leave one of the two out.")


# Smaller type is none that is read.
_SMALLEST = 5.0


def _of_design(project: Project, folder: Path) -> Iterator[Wrong]:
    del folder
    if 0 < project.design.text < _SMALLEST:
        yield Wrong(
            "design.text", f"is {shown(project.design.text)}, which nobody can read; write {_SMALLEST:g} or more."
        )


def _of_inputs(project: Project, folder: Path) -> Iterator[Wrong]:
    del folder
    for number, name in enumerate(project.inputs):
        if not is_url(name) and Path(name).name == SETTINGS:
            yield Wrong(f"inputs[{number}]", f"is {_path(name)}, which is no article; name it with -c.")


def _of_articles(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield sections without a name or with that of another, and amendments of nothing."""
    del folder
    names: set[str] = set()
    for number, section in enumerate(project.sections):
        if not section.name:
            message = "has no name; write name = and the name as it is to be printed."
            yield Wrong(f"sections[{number}]", message, f"sections[{number}].name")
        elif section.name in names:
            message = f"is {shown(section.name)}, as that of another section is; join the two."
            yield Wrong(f"sections[{number}].name", message)
        names.add(section.name)
    for number, amendment in enumerate(project.articles):
        if not amendment.of:
            message = "does not say which article is meant; write of = and the input's name."
            yield Wrong(f"articles[{number}]", message, f"articles[{number}].of")
        if amendment.hold and amendment.leave_out:
            message = "is true, and so is leave_out; say one of the two."
            yield Wrong(f"articles[{number}].hold", message, f"articles[{number}].leave_out")
        yield from _of_pictures(f"articles[{number}].pictures", amendment.pictures)


# A pattern is held against every name.
_MOST_PATTERNS = 1_000


def _of_patterns(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield that there are more patterns than could be held against names."""
    del folder
    entries = {
        "order": project.order,
        "sections": tuple(entry for section in project.sections for entry in section.articles),
        "articles": tuple(amendment.of for amendment in project.articles),
    }
    for key, named in entries.items():
        count = sum(map(is_pattern, set(named)))
        if count > _MOST_PATTERNS:
            message = f"has {count:,} patterns, more than {_MOST_PATTERNS:,}; write names, or fewer patterns."
            yield Wrong(key, message)


def _of_pictures(key: str, pictures: tuple[PictureAmendment, ...]) -> Iterator[Wrong]:
    """Yield pictures of which nothing says which are meant, and those that are both put in and left out."""
    for number, picture in enumerate(pictures):
        at = f"{key}[{number}]"
        if not (picture.of or picture.file):
            message = "does not say which picture is meant; write of = and its number or name, or file = to put one in."
            yield Wrong(at, message, f"{at}.of")
        elif picture.leave_out and (picture.file or not picture.of):
            yield Wrong(f"{at}.leave_out", "is true, and a file is named; say one of the two.", f"{at}.file")


def _of_matter(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield pieces of the house's own that say nothing, or the same twice over."""
    del folder
    for name in ("notices", "boxes", "advertisements", "corrections"):
        for number, piece in enumerate(getattr(project, name)):
            at = f"{name}[{number}]"
            if not any(getattr(piece, each, "") for each in ("text", "file", "picture")):
                yield Wrong(at, "says nothing; write text = and what it says.", f"{at}.text")
    for key, piece in pieces(project):
        if piece.text and piece.file:
            yield Wrong(f"{key}.file", "is named, and so is text; leave one of the two out.", f"{key}.text")
    for number, role in enumerate(project.staff.roles):
        if not role.names:
            yield Wrong(f"staff.roles[{number}]", "names nobody; write names = and who does it.")


def _of_check(project: Project, folder: Path) -> Iterator[Wrong]:
    """Yield allowances that do not say what they allow, or why."""
    del folder
    for number, allowance in enumerate(project.check.allow):
        at = f"check.allow[{number}]"
        if not allowance.code:
            yield Wrong(at, "does not say what may stand; write code = and the code of the finding.", f"{at}.code")
        elif not allowance.reason.strip():
            yield Wrong(at, "gives no reason; write reason = and why it may stand.", f"{at}.reason")


_TOGETHER: tuple[Callable[[Project, Path], Iterator[Wrong]], ...] = (
    _of_outputs,
    _of_sheets,
    _of_press,
    _of_names,
    _of_fetching,
    _of_design,
    _of_inputs,
    _of_articles,
    _of_patterns,
    _of_matter,
    _of_check,
)


def _missing(project: Project, draft: ProjectDraft) -> Iterator[Mistake]:
    """Yield the files that are not there and will not be made.

    An input that a flag has named is not among them: reading finds that out, and goes on with the others.
    """
    inputs = () if _is_flag(draft, "inputs") else project.inputs
    files = [(f"inputs[{number}]", name) for number, name in enumerate(inputs) if not _is_told_apart(name)]
    files += paths_named(project)
    made = {place_of(output.file, draft.folder) for output in project.outputs if output.file}
    for key, name in files:
        if name and "\0" not in name and place_of(name, draft.folder) not in made:
            fault = _unfit_file(key, name, draft.folder, project.gate)
            if fault:
                yield draft.mistake(key, f"is {_path(name)}, which {fault}")


_OF_PICTURES = re.compile(r".*\.(?:pictures\[[0-9]+\]\.file|picture|cover|logo)")


def _unfit_file(key: str, name: str, folder: Path, caps: Caps) -> str:
    """Return why a file that is named under a key cannot be read; empty where it can be. Inputs are opened later."""
    here = seen_from_here(name, folder)
    try:
        found = os.stat(here)  # noqa: PTH116 - a Path fails at names too long.
    except (OSError, ValueError):
        hint = "a ~ is not expanded; write the whole path" if name.startswith("~") else "check the name"
        return f"does not exist; {hint}."
    if key.startswith("inputs") or is_held_open(Path(here)):
        return ""
    if kind := kind_of_file(found.st_mode):
        return f"is {kind}; name a file."
    cap = "picture_bytes" if _OF_PICTURES.fullmatch(key) else "page_bytes"
    most: int = getattr(caps, cap)
    return f"has more than {most:,} bytes (cap {cap})." if found.st_size > most else ""


def _is_flag(draft: ProjectDraft, key: str) -> bool:
    place = draft.origin(key)
    return place is not None and not place.line


def _is_told_apart(name: str) -> bool:
    """Tell whether an input is none whose existence can be looked up: a stream, a URL, a list or a pattern."""
    return name == STDIN or is_url(name) or name.startswith(LIST_PREFIX) or glob.has_magic(name)


def _path(name: str) -> str:
    return "/".join(plain(part) for part in name.split("/"))
