"""Findings and failures: what newsbook says about its input, and how it gives up.

A *finding* is data: work goes on and the reader of the report decides. Its severity is a function of its code, so
that the same thing never warns in one place and fails in another. A *failure* is a `NewsbookError`: an exit code
and a sentence that says what to do next. Only the command line catches it.
"""

import re
from collections.abc import Callable
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import ClassVar, TypeAlias

from msgspec import Struct


class Exit(IntEnum):
    """How the command line ends; documented in the README, and complete."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    PROBLEMS = 3
    INPUT = 4
    OUTPUT = 5
    VALIDATION = 6
    DEPENDENCY = 7
    LIMIT = 8
    INTERRUPTED = 130
    TERMINATED = 143


class Severity(StrEnum):
    """A note is for the record; a warning fails under `--strict`; a problem also changes the exit code to 3."""

    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


class Code(StrEnum):
    """Every finding there is, by its stable code."""

    ARTICLE_UNUSABLE = "article-unusable"
    STORY_NOT_SET = "story-not-set"
    PICTURE_UNUSABLE = "picture-unusable"
    PICTURE_NOT_FETCHED = "picture-not-fetched"
    PICTURE_NOT_SUPPLIED = "picture-not-supplied"
    PICTURE_WITHOUT_CAPTION = "picture-without-caption"
    PICTURE_SLICED = "picture-sliced"
    PICTURE_SMALL = "picture-small"
    PICTURES_REDUCED = "pictures-reduced"
    ALT_TEXT_UNKNOWN = "alt-text-unknown"
    ENCODING_GUESSED = "encoding-guessed"
    ENCODING_BROKEN = "encoding-broken"
    ENCODING_MISSTATED = "encoding-misstated"
    ENCODING_MIXED = "encoding-mixed"
    METADATA_DISAGREES = "metadata-disagrees"
    CONTROL_CHARACTERS = "control-characters"
    OVER_CAP = "over-cap"
    LINK_LEFT_OUT = "link-left-out"
    REPAIRED = "repaired"
    REPAIR_DOUBTFUL = "repair-doubtful"
    CHARACTER_UNKNOWN = "character-unknown"
    DAMAGE_QUOTED = "damage-quoted"
    CHROME_LEFT_OUT = "chrome-left-out"
    WORDS_LEFT_OUT = "words-left-out"
    LINK_FARM_LEFT_OUT = "link-farm-left-out"
    STORY_DOUBTFUL = "story-doubtful"
    HEADLINE_MISSING = "headline-missing"
    BODY_MISSING = "body-missing"
    BYLINE_DOUBTFUL = "byline-doubtful"
    DATE_MISSING = "date-missing"
    LANGUAGE_UNCERTAIN = "language-uncertain"
    SCRIPT_MIXED = "script-mixed"
    STRUCTURE_DOUBTFUL = "structure-doubtful"
    GLYPH_MISSING = "glyph-missing"
    FACE_MISSING = "face-missing"
    FACE_NOT_EMBEDDED = "face-not-embedded"
    FONT_LICENCE = "font-licence"
    LINE_MODULE_OFF = "line-module-off"
    ENGINE_MESSAGE = "engine-message"
    INPUT_IGNORED = "input-ignored"
    INPUT_NOT_READ = "input-not-read"
    NOT_WHOLE = "not-whole"
    FORM_BROKEN = "form-broken"
    FIELDS_LEFT_OUT = "fields-left-out"
    FACT_UNREADABLE = "fact-unreadable"
    DUPLICATE_DOUBTFUL = "duplicate-doubtful"
    DUPLICATE_LEFT_OUT = "duplicate-left-out"
    EMBARGOED = "embargoed"
    WITHDRAWN = "withdrawn"
    RELEASE_NOTED = "release-noted"
    USAGE_TERMS = "usage-terms"
    OVERRIDES_UNUSABLE = "overrides-unusable"
    OVERRIDE_UNFIT = "override-unfit"
    OVERRIDDEN = "overridden"
    QR_LEFT_OUT = "qr-left-out"
    INDEX_NAME_UNFOUND = "index-name-unfound"
    INDEX_READING_UNKNOWN = "index-reading-unknown"
    MARKS_UNPAIRED = "marks-unpaired"
    MARK_DOUBLED = "mark-doubled"
    MARK_WIDTH_MIXED = "mark-width-mixed"
    BLANK_IN_TEXT = "blank-in-text"
    QUOTE_STRAIGHT = "quote-straight"
    CHARACTER_LOST = "character-lost"
    SCRIPT_STRANGE = "script-strange"
    PARAGRAPH_DOUBLED = "paragraph-doubled"
    SENTENCE_DOUBLED = "sentence-doubled"
    CHROME_LEFT = "chrome-left"
    NAME_VARIES = "name-varies"
    DATE_IMPOSSIBLE = "date-impossible"
    WEEKDAY_WRONG = "weekday-wrong"
    DATES_DISAGREE = "dates-disagree"
    HEADLINE_REPEATED = "headline-repeated"
    HEADLINE_LONG = "headline-long"
    NUMBER_DIFFERS = "number-differs"
    CROSSHEAD_EMPTY = "crosshead-empty"
    SECTION_EMPTY = "section-empty"
    BYLINE_MISSING = "byline-missing"
    OUTLET_MISSING = "outlet-missing"
    ADVERTISEMENT_UNLABELLED = "advertisement-unlabelled"
    PICTURE_COARSE = "picture-coarse"
    PICTURE_REPEATED = "picture-repeated"
    PICTURE_UNUSED = "picture-unused"
    LINK_DEAD = "link-dead"
    ADDRESS_MALFORMED = "address-malformed"
    WORD_LISTED = "word-listed"
    ALLOWANCE_UNUSED = "allowance-unused"
    PAGES_IMPOSED = "pages-imposed"
    PAGES_REDUCED = "pages-reduced"
    BOOKLET_THICK = "booklet-thick"
    SETTINGS_READ = "settings-read"
    SETTING_UNKNOWN = "setting-unknown"
    SETTING_UNFIT = "setting-unfit"
    STORE_UNUSABLE = "store-unusable"
    ARTICLE_LEFT_OUT = "article-left-out"
    ARTICLE_HELD = "article-held"
    READING_LEFT_OUT = "reading-left-out"
    SOURCE_SHARED = "source-shared"


_SEVERITY: dict[Code, Severity] = {
    Code.ARTICLE_UNUSABLE: Severity.PROBLEM,
    Code.STORY_NOT_SET: Severity.PROBLEM,
    Code.OVERRIDES_UNUSABLE: Severity.PROBLEM,
    Code.EMBARGOED: Severity.PROBLEM,
    Code.WITHDRAWN: Severity.PROBLEM,
    Code.PICTURE_UNUSABLE: Severity.WARNING,
    Code.PICTURE_NOT_FETCHED: Severity.WARNING,
    Code.PICTURE_SMALL: Severity.WARNING,
    Code.FORM_BROKEN: Severity.WARNING,
    Code.INPUT_NOT_READ: Severity.WARNING,
    Code.NOT_WHOLE: Severity.WARNING,
    Code.ENCODING_BROKEN: Severity.WARNING,
    Code.CONTROL_CHARACTERS: Severity.WARNING,
    Code.OVER_CAP: Severity.WARNING,
    Code.REPAIR_DOUBTFUL: Severity.WARNING,
    Code.CHARACTER_UNKNOWN: Severity.WARNING,
    Code.WORDS_LEFT_OUT: Severity.WARNING,
    Code.STORY_DOUBTFUL: Severity.WARNING,
    Code.HEADLINE_MISSING: Severity.WARNING,
    Code.BODY_MISSING: Severity.WARNING,
    Code.BYLINE_DOUBTFUL: Severity.WARNING,
    Code.DUPLICATE_DOUBTFUL: Severity.WARNING,
    Code.LANGUAGE_UNCERTAIN: Severity.WARNING,
    Code.GLYPH_MISSING: Severity.WARNING,
    Code.FACE_NOT_EMBEDDED: Severity.WARNING,
    Code.FONT_LICENCE: Severity.WARNING,
    Code.LINE_MODULE_OFF: Severity.WARNING,
    Code.OVERRIDE_UNFIT: Severity.WARNING,
    Code.MARKS_UNPAIRED: Severity.WARNING,
    Code.MARK_DOUBLED: Severity.WARNING,
    Code.MARK_WIDTH_MIXED: Severity.WARNING,
    Code.BLANK_IN_TEXT: Severity.WARNING,
    Code.QUOTE_STRAIGHT: Severity.WARNING,
    Code.CHARACTER_LOST: Severity.WARNING,
    Code.SCRIPT_STRANGE: Severity.WARNING,
    Code.PARAGRAPH_DOUBLED: Severity.WARNING,
    Code.SENTENCE_DOUBLED: Severity.WARNING,
    Code.CHROME_LEFT: Severity.WARNING,
    Code.NAME_VARIES: Severity.WARNING,
    Code.DATE_IMPOSSIBLE: Severity.WARNING,
    Code.WEEKDAY_WRONG: Severity.WARNING,
    Code.DATES_DISAGREE: Severity.WARNING,
    Code.HEADLINE_REPEATED: Severity.WARNING,
    Code.CROSSHEAD_EMPTY: Severity.WARNING,
    Code.ADVERTISEMENT_UNLABELLED: Severity.WARNING,
    Code.PICTURE_COARSE: Severity.WARNING,
    Code.PICTURE_REPEATED: Severity.WARNING,
    Code.LINK_DEAD: Severity.WARNING,
    Code.ADDRESS_MALFORMED: Severity.WARNING,
    Code.WORD_LISTED: Severity.WARNING,
    Code.PAGES_REDUCED: Severity.WARNING,
    Code.BOOKLET_THICK: Severity.WARNING,
    Code.SETTING_UNKNOWN: Severity.WARNING,
    Code.SETTING_UNFIT: Severity.WARNING,
    Code.SOURCE_SHARED: Severity.WARNING,
}


class Place(Struct, frozen=True, omit_defaults=True):
    """Where something was found. `line` and `column` count from 1 in the decoded input; 0 is the whole of it."""

    source: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.source, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(part for part in parts if part)


class Diagnostic(Struct, frozen=True, omit_defaults=True):
    """A finding: its code, what was found, where, and what one can do about it."""

    code: Code
    message: str
    where: Place = Place()
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """How much it matters, by its code alone; what is not listed is a note."""
        return _SEVERITY.get(self.code, Severity.NOTE)


Report: TypeAlias = Callable[[Diagnostic], None]
"""Takes a finding. Tests pass `found.append`, the command line a collector that also prints."""


def of_it(name: str, why: object) -> str:
    """Return a sentence on the input `name` for a finding whose place says the name already.

    >>> of_it("in.csv#2", "in.csv#2 has no text to be read.")
    'it has no text to be read.'
    """
    said = str(why).removeprefix(f"{name}: ")
    return re.sub(rf"^{re.escape(name)} (?=(?:is|has|lists)\b)", "it ", said)


def printable(text: str | Path) -> str:
    r"""Return a text or a file's name on one line, so that it cannot steer a terminal and fits into JSON.

    Control characters, those that turn the direction of text, and bytes of a name that are no UTF-8 become escapes.

    >>> printable("page\n\x1b\udcff.txt")
    'page\\x0a\\x1b\\xff.txt'
    """
    return _UNFIT.sub(lambda match: f"\\x{_code(match[0]):02x}", str(text))


_UNFIT = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _code(character: str) -> int:
    """Return the number of a character; of a byte that is no UTF-8, that of the byte (PEP 383)."""
    return ord(character) - 0xDC00 if "\udc80" <= character <= "\udcff" else ord(character)


def extra(name: str) -> str:
    """Return the commands that bring the libraries of an extra, to an installed newsbook and to a clone."""
    return f"pip install 'newsbook[{name}]', or in a clone .venv/bin/pip install '.[{name}]'"


class NewsbookError(Exception):
    """A failure: impossible to go on. The message says what happened and what to do next, in one sentence.

    NewsbookError
    ├── UsageError         2  options or configuration make no sense
    ├── InputError         4  no usable input
    ├── OutputError        5  the target cannot be written
    ├── ValidationError    6  the finished file fails its own check, or a warning under --strict
    ├── DependencyError    7  a library, program or font is missing
    └── LimitError         8  an input exceeds a limit
    """

    exit: ClassVar[Exit] = Exit.INTERNAL

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be told, a line each; most failures are one sentence."""
        return (str(self),)


class UsageError(NewsbookError):
    """Options or configuration make no sense."""

    exit = Exit.USAGE


class InputError(NewsbookError):
    """Nothing that was given can be used."""

    exit = Exit.INPUT


class OutputError(NewsbookError):
    """The target cannot be written."""

    exit = Exit.OUTPUT


class ValidationError(NewsbookError):
    """The finished file fails its own check, or a warning was found under `--strict`."""

    exit = Exit.VALIDATION


class DependencyError(NewsbookError):
    """A library, a program or a font is missing."""

    exit = Exit.DEPENDENCY


class LimitError(NewsbookError):
    """An input exceeds a limit."""

    exit = Exit.LIMIT
