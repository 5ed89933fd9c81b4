"""Sort what lies in a folder: inputs, what newsbook made itself, what belongs to a site, and what cannot be read."""

import os
import re
import stat
import zipfile
import zlib
from enum import Enum, auto
from itertools import islice
from pathlib import Path

from newsbook.inputs.input import OVERRIDES_SUFFIX, PICTURE_SUFFIXES, READ_SUFFIXES, mode_of

# A proof sheet is made from pages, and is none.
PROOF_SUFFIX = ".proof.html"

# What is to be made of a folder; no article.
SETTINGS = "newsbook.toml"

# What pages are made with, and what a site tells programs (RFC 9309, IAB's ads.txt, RFC 9116).
FURNITURE = frozenset({
    ".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".svg", ".swf", ".download",
})  # fmt: skip
_TOLD_PROGRAMS = frozenset({"robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt"})
_LEFT_BY_SYSTEM = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
# Word's note that somebody has a document open, ~$page.docx, lies beside it.
_IS_OPEN = "~$"
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_HEAD = 2_000
_COLOPHON = "EPUB/back.xhtml"
_MADE_BY = b"newsbook"
# What a proof sheet says of itself at its head, whatever it is called.
_SHEET = b'<meta name="generator" content="newsbook proof">'
_MOST_IN_FOLDER = 10_000


class Standing(Enum):
    """What something in a folder is to newsbook; `KNOWN` is what nothing need be said of, as of pictures."""

    INPUT = auto()
    OWN = auto()
    FURNITURE = auto()
    FOLDER = auto()
    UNREAD = auto()
    KNOWN = auto()


def sort(path: Path) -> Standing:
    """Return what a file or folder is, by its name, and by its first bytes where the name does not tell."""
    name, suffix = path.name, path.suffix.lower()
    if name.startswith((".", _IS_OPEN)) or name in _LEFT_BY_SYSTEM or name == SETTINGS or name.endswith(PROOF_SUFFIX):
        return Standing.KNOWN
    mode = mode_of(path)
    if suffix in READ_SUFFIXES and name.lower() not in _TOLD_PROGRAMS:
        is_own = stat.S_ISREG(mode) and _is_own(path)
        return Standing.OWN if is_own else Standing.INPUT
    if suffix in PICTURE_SUFFIXES or name.endswith(OVERRIDES_SUFFIX):
        return Standing.KNOWN
    if stat.S_ISDIR(mode):
        return Standing.FOLDER if holds_inputs(path) else Standing.KNOWN
    return _sorted_file(path) if stat.S_ISREG(mode) else Standing.KNOWN


def _sorted_file(path: Path) -> Standing:
    """Return what a file is whose name is no input's: a page may end in .php, or in nothing."""
    if path.suffix.lower() in FURNITURE or path.name.lower() in _TOLD_PROGRAMS:
        return Standing.FURNITURE
    if path.suffix.lower() == ".pdf":
        return Standing.OWN if _is_own_print(path) else Standing.UNREAD
    try:
        with path.open("rb") as file:
            return Standing.INPUT if _PAGE.match(file.read(_HEAD)) else Standing.UNREAD
    except OSError:
        return Standing.UNREAD


def holds_inputs(folder: Path) -> bool:
    """Tell whether a folder holds what is read, and is neither that of a saved page's pictures nor that of outputs."""
    if _belongs_to_page(folder):
        return False
    try:
        files = islice(folder.iterdir(), _MOST_IN_FOLDER)
        return any(file.suffix.lower() in READ_SUFFIXES and not _is_own(file) for file in files)
    except OSError:
        return False


def _belongs_to_page(folder: Path) -> bool:
    if folder.name in {"", ".."}:  # as the working folder is called
        folder = Path(os.path.realpath(folder))
    if not folder.name:
        return False
    stem = re.sub(r"(?:_files|\.files|_file|-files)\Z", "", folder.name)
    return any(folder.with_name(stem + suffix).exists() for suffix in (".html", ".htm", ".txt", ".md", ".xhtml"))


def _is_own(path: Path) -> bool:
    """Tell whether what is named as an input is was made by an earlier run: an e-book, or a proof sheet."""
    match path.suffix.lower():
        case ".epub":
            return _is_own_book(path)
        case ".html":
            return _is_own_sheet(path)
    return False


def _is_own_sheet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _SHEET in file.read(_HEAD)
    except OSError:
        return False


def _is_own_book(path: Path) -> bool:
    """Tell whether an e-book is the output of an earlier run, by its colophon."""
    try:
        with zipfile.ZipFile(path) as book:
            return _COLOPHON in book.namelist() and _MADE_BY in book.read(_COLOPHON)
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False


def _is_own_print(path: Path) -> bool:
    """Tell whether a PDF is the output of an earlier run, by what it says of its creator."""
    import pikepdf

    try:
        with pikepdf.open(path) as file:
            return str(file.docinfo.get("/Creator", "")) == _MADE_BY.decode()
    except (OSError, ValueError, RuntimeError, pikepdf.PdfError):
        return False
