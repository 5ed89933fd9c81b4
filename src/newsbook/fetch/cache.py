"""The cache: what was fetched, on disk. The same cache gives the same pages, whenever and wherever it is read."""

import hashlib
import re
from pathlib import Path

import msgspec

from newsbook.claims import sweep
from newsbook.diagnostics import OutputError, printable
from newsbook.model import Retrieval
from newsbook.store import clear, open_entry
from newsbook.targets import write

_DIGEST = re.compile("[0-9a-f]{64}")
# An entry says where a body came from, and no more.
_MOST_ENTRY = 1 << 20


class CachedAnswer(msgspec.Struct, frozen=True):
    """What is kept of an answer: the URL that was asked for, what came of it, and the media type that was stated."""

    asked: str
    type: str
    retrieval: Retrieval


class Cache:
    """A folder of entries, each named by the hash of the URL asked for, and of bodies, each named by its own hash."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._entries, self._bodies = folder, folder / "entries", folder / "bodies"
        sweep(folder)

    def find(self, url: str) -> CachedAnswer | None:
        """Return what is kept of `url`, or None where nothing is kept, or what is kept is damaged."""
        try:
            with open_entry(self._entry(url)) as file:
                entry = msgspec.json.decode(file.read(_MOST_ENTRY), type=CachedAnswer)
            if entry.asked != url or not _DIGEST.fullmatch(entry.retrieval.sha256):
                return None
            with open_entry(self.body(entry)) as file:
                is_whole = hashlib.file_digest(file, "sha256").hexdigest() == entry.retrieval.sha256
        except (OSError, UnicodeDecodeError, RecursionError, msgspec.DecodeError):
            return None
        return entry if is_whole else None

    def body(self, entry: CachedAnswer) -> Path:
        """Return the file that holds the bytes of an entry."""
        return self._bodies / entry.retrieval.sha256

    def keep(self, entry: CachedAnswer, body: bytes) -> None:
        """Keep an answer. Raises `OutputError` where the folder cannot be written, or a link leads out of it."""
        try:
            for folder in (self._entries, self._bodies):
                folder.mkdir(parents=True, exist_ok=True)
            for place in (self.body(entry), self._entry(entry.asked)):
                clear(place)
        except OSError as error:
            raise self._unwritable(error.strerror or "no folder can have this name") from error
        if link := next((folder for folder in (self._entries, self._bodies) if folder.is_symlink()), None):
            raise self._unwritable(f"{link.name} is a link")
        write(self.body(entry), body, self._folder)
        write(self._entry(entry.asked), msgspec.json.encode(entry), self._folder)

    def _unwritable(self, reason: str) -> OutputError:
        name = printable(self._folder)
        return OutputError(f"the cache {name} cannot be written ({reason}); name another with --cache.")

    def _entry(self, url: str) -> Path:
        return self._entries / f"{hashlib.sha256(url.encode()).hexdigest()}.json"
