"""A project before it is checked: what was said of it, where each value was said, and what is wrong with it already."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from newsbook.diagnostics import Diagnostic, Place, UsageError
from newsbook.project.values import Project

# Who has more mistakes than this in a file has begun with the wrong file.
_MOST_TOLD = 20

# As much as a sentence quotes of a value or a name.
_LONGEST = 60

# C0 and C1 controls, line and paragraph separators, and what turns the direction of a line: none may steer a terminal.
STEERING = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]")


class Mistake(Struct, frozen=True):
    """What is wrong with the value under a dotted `key`. `subject` is what the sentence calls it, and where it is."""

    key: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.subject} {self.message}"


class ProjectError(UsageError):
    """What was said of a project makes no sense; `mistakes` has everything that is wrong with it."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(self.sentences))

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each mistake, or for as many as anybody would read."""
        lines = tuple(str(mistake) for mistake in self.mistakes[:_MOST_TOLD])
        more = len(self.mistakes) - len(lines)
        return (*lines, f"There are {more:,} more like these.") if more else lines


class ProjectDraft(Struct, frozen=True):
    """A project, and what is known of how it came about.

    `origins` has the place of each value that somebody stated, by its dotted key: a file and a line, or a flag, which
    has no line. What is not in it is a default. Paths in `project` are seen from `folder`. `findings` and `mistakes`
    are those of the file, if it was read from one. `is_part` says that flags have named other inputs than the file has.
    """

    project: Project = Project()
    origins: Mapping[str, Place] = {}
    folder: Path = Path()
    findings: tuple[Diagnostic, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    is_part: bool = False

    def origin(self, key: str) -> Place | None:
        """Return where the value under `key`, or what it is a part of, was stated; None for a default."""
        return next((self.origins[part] for part in upwards(key) if part in self.origins), None)

    def called(self, key: str) -> str:
        """Return what messages call the value under `key`."""
        return called(key, self.origin(key))

    def mistake(self, key: str, message: str) -> Mistake:
        """Return a mistake in the value under `key`, with its place for a subject."""
        return mistake(key, self.origin(key), message)


def mistake(key: str, place: Place | None, message: str) -> Mistake:
    """Return a mistake in the value under `key`, which was stated at `place`."""
    if place is None:
        return Mistake(key, key, message)
    return Mistake(key, f"{place}: {called(key, place)}" if place.line else place.source, message)


def called(key: str, place: Place | None) -> str:
    """Return what messages call the value under `key`: one in a file is counted from 1, as all that people read.

    >>> called("articles[0].replace[1]", Place("newsbook.toml", 7))
    'articles#1.replace#2'
    """
    if place is None or not place.line:
        return key
    return re.sub(r"\[([0-9]+)\]", lambda found: f"#{int(found[1]) + 1}", key)


def upwards(key: str) -> Iterator[str]:
    """Yield a dotted key, and then what it is a part of.

    >>> list(upwards("outputs[0].file"))
    ['outputs[0].file', 'outputs[0]', 'outputs']
    """
    while key:
        yield key
        key = re.sub(r"\.?[^.\[\]]+$|\[[0-9]+\]$", "", key)


def shown(value: object) -> str:
    """Return a value as a sentence quotes it: short, on one line, without what could steer a terminal."""
    if isinstance(value, str):
        return f"“{plain(value)}”"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return "a number beyond measure"
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (((list, tuple), "a list"), ((dict, Struct), "a table"))
    named = next((name for kind, name in kinds if isinstance(value, kind)), "")
    return named or (f"{value}".lower() if isinstance(value, bool) else plain(f"{value}"))


def plain(text: str) -> str:
    r"""Return text of unknown origin cut short, with escapes for what could steer a terminal.

    >>> plain("a\nb")
    'a\\x0ab'
    """
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    encodable = short.encode("utf-8", "backslashreplace").decode()
    return STEERING.sub(lambda match: f"\\x{ord(match[0]):02x}", encodable)


def nearest(name: str, names: tuple[str, ...], likeness: float = 0.6) -> str:
    """Return the one of `names` that is most like `name`; empty where none has that `likeness`, which lies in 0…1.

    >>> nearest("nameplatte", ("nameplate", "number")), nearest("colour", ("nameplate", "number"))
    ('nameplate', '')
    """
    return next(iter(get_close_matches(name, names, n=1, cutoff=likeness)), "") if len(name) <= _LONGEST else ""
