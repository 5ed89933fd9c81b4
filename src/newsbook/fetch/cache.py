"""The cache: what was fetched, on disk. The same cache gives the same pages, whenever and wherever it is read."""

import hashlib
from pathlib import Path

import msgspec

from newsbook.claims import sweep
from newsbook.diagnostics import OutputError
from newsbook.model import Retrieval
from newsbook.targets import write


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
            entry = msgspec.json.decode(self._entry(url).read_bytes(), type=CachedAnswer)
            body = self.body(entry).read_bytes()
        except (OSError, msgspec.DecodeError):
            return None
        return entry if hashlib.sha256(body).hexdigest() == entry.retrieval.sha256 and entry.asked == url else None

    def body(self, entry: CachedAnswer) -> Path:
        """Return the file that holds the bytes of an entry."""
        return self._bodies / entry.retrieval.sha256

    def keep(self, entry: CachedAnswer, body: bytes) -> None:
        """Keep an answer. Raises `OutputError` where the folder cannot be written."""
        try:
            for folder in (self._entries, self._bodies):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = (
                f"the cache {self._entries.parent} cannot be written ({error.strerror}); name another with --cache."
            )
            raise OutputError(message) from error
        write(self.body(entry), body, self._folder)
        write(self._entry(entry.asked), msgspec.json.encode(entry), self._folder)

    def _entry(self, url: str) -> Path:
        return self._entries / f"{hashlib.sha256(url.encode()).hexdigest()}.json"
