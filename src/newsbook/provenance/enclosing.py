"""Files within a file: what an edition that is to be kept carries along, whichever carrier it is."""

import re
import unicodedata
from collections.abc import Callable

from msgspec import Struct

MANIFEST, SIGNATURE, ISSUE = "manifest.json", "manifest.json.sig", "issue.json"
OWN = (MANIFEST, SIGNATURE)
"""What cannot be part of the hash that the manifest has of its file."""

# What is no character of a file's name on one system or the other, nor in an OCF container (EPUB 3.3).
_NOT_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff0-\uffff]'
)
_LONGEST_NAME = 120


class Enclosed(Struct, frozen=True):
    """A file to be carried along. `relation` is what it is to the edition (ISO 19005-3, “Annex E”)."""

    name: str
    type: str
    data: bytes
    relation: str = "Data"
    is_plain: bool = False


class Spot(Struct, frozen=True):
    """A stretch of a file's bytes, and what has to stand there for any content of an enclosed file."""

    start: int
    stop: int
    written: Callable[[bytes], bytes]


def safe_name(number: int, name: str) -> str:
    """Return the name of a source within an edition: by its number, and fit for any file system.

    >>> safe_name(3, "../早市?.txt")
    '003-..早市.txt'
    """
    plain = _NOT_IN_NAMES.sub("", unicodedata.normalize("NFC", name))
    cut = plain.encode("utf-8", "ignore")[-_LONGEST_NAME:].decode("utf-8", "ignore")
    return f"{number:03d}-{cut.rstrip(' .')}"


def media_type(name: str) -> str:
    """Return the media type that the end of a name stands for."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


_TYPES = {
    "txt": "text/plain", "html": "text/html", "htm": "text/html", "md": "text/markdown", "json": "application/json",
    "jsonl": "application/jsonl", "csv": "text/csv", "xml": "application/xml", "rss": "application/rss+xml",
    "css": "text/css", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp",
    "gif": "image/gif", "pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
