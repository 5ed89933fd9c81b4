"""newsbook.toml as a file: found above what is read, and read with Python's own TOML."""

import os
import re
import stat
import tomllib
from pathlib import Path

from newsbook.diagnostics import Place, UsageError
from newsbook.inputs import LIST_PREFIX, SETTINGS, STDIN, is_url
from newsbook.project.draft import plain

# Ten thousand articles with what a person says of each fit into it.
_MOST_BYTES = 1_000_000

# tomllib takes time by the square of a key's length; no key of ours has more than three parts.
_ENDLESS_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+[.][ \t]*+){300}""")

# How tomllib ends a message, and what happens most in plainer words.
_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_PLAINER = (
    ("Cannot overwrite a value", "this key stands here for the second time"),
    ("Cannot declare", "this table stands here for the second time"),
    ("Invalid value", "this is no value; texts stand in quotation marks"),
    ("Expected '=' after a key", "there is no = behind the key"),
)


def find(inputs: tuple[str, ...]) -> Path | None:
    """Return the newsbook.toml in the folder of the first input or the nearest above; None where there is none.

    Where no file or folder is named first, it is looked for in the working folder and above. Only a regular file
    counts, and in a folder where anybody may leave one, only the user's own.
    """
    try:
        start = Path(os.path.realpath(_folder_of(inputs[0]) if inputs else "."))
    except FileNotFoundError:
        return None  # The working folder is gone.
    found = next((folder for folder in (start, *start.parents) if _counts(folder / SETTINGS)), None)
    return _from_here(found) / SETTINGS if found else None


def _folder_of(name: str) -> str:
    """Return the folder that an input lies in: a folder itself, and that of a list or of a pattern."""
    if name == STDIN or is_url(name) or "\0" in name:
        return "."
    if os.path.isdir(name):  # noqa: PTH112 - a Path would fail at a name that is too long.
        return name
    path = Path(name if os.path.lexists(name) else name.removeprefix(LIST_PREFIX))
    return str(next((folder for folder in path.parents if os.path.lexists(folder)), "."))


def _counts(path: Path) -> bool:
    """Tell whether there is a file to be followed. In a sticky folder, as /tmp is, a stranger may have left one."""
    try:
        found, folder = path.stat(), path.parent.stat()
    except (OSError, ValueError):
        return False
    is_open = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    return stat.S_ISREG(found.st_mode) and (not is_open or found.st_uid in {os.geteuid(), folder.st_uid})


def _from_here(folder: Path) -> Path:
    """Return a folder as a person would name it: seen from the working folder, where one lies in the other."""
    try:
        here = Path().resolve(strict=True)
    except OSError:
        return folder
    is_near = folder.is_relative_to(here) or here.is_relative_to(folder)
    return Path(os.path.relpath(folder, here)) if is_near else folder


def text_of(path: Path) -> str:
    """Return the text of a file. Raises `UsageError` where it cannot be read, is too large, or is not in UTF-8."""
    raw = _bytes(path)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(plain(path.name), before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise UsageError(f"{place}: this is not UTF-8; save the file in that encoding.") from error


def _bytes(path: Path) -> bytes:
    name = plain_path(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{name} is a folder; name the file in it.")
        if not stat.S_ISREG(mode):
            raise UsageError(f"{name} is no regular file; put what is to be said into one.")
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UsageError(f"{name} does not exist; check the name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{name} cannot be read: {reason}.") from error
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"{name} has more than {_MOST_BYTES:,} bytes; no project is so large.")
    return raw


def parsed(text: str, name: str) -> dict[str, object]:
    """Return what a text in TOML says. Raises `UsageError` with the place, in the file `name`, where it is none."""
    endless = _ENDLESS_KEY.search(text)
    if endless:
        line = text.count("\n", 0, endless.start()) + 1
        raise UsageError(f"{Place(name, line)}: a key has hundreds of parts; no project has such a key.")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise UsageError(f"{name}: lists or tables are nested too deep; no project needs so many.") from error
    except ValueError as error:
        raise UsageError(_complaint(str(error), text, name)) from error


def _complaint(message: str, text: str, name: str) -> str:
    """Return what tomllib says, with its place in front."""
    match = _WHERE.fullmatch(message)
    what, line, column = match.groups() if match else (message, None, None)
    place = Place(name, int(line or text.count("\n") + 1), int(column or 0)) if match else Place(name)
    own = next((ours for theirs, ours in _PLAINER if what.startswith(theirs)), plain(what[:1].lower() + what[1:]))
    return f"{place}: {own}; mend it, or leave the file out with --no-config."


def plain_path(path: Path) -> str:
    """Return a path whole for a sentence, with escapes for what could steer a terminal."""
    return "/".join(plain(part) for part in str(path).split("/"))
