"""An edition's identifier and time stamp, derived from what is in it and never from clock or chance."""

import hashlib
import uuid

import msgspec
from msgspec.structs import replace

from newsbook.model import Issue, Volume


def urn(issue: Issue) -> str:
    """Return a `urn:uuid:` that is the same for the same content, wherever its files lie (RFC 9562, version 5)."""
    return _named(hashlib.sha256(_identified(issue)).hexdigest())


def volume_urn(volume: Volume) -> str:
    """Return a `urn:uuid:` for a volume, which depends on its own name and on what is in its issues."""
    own = msgspec.json.encode(replace(volume, issues=()))
    return _named(hashlib.sha256(own + b"".join(_identified(issue) for issue in volume.issues)).hexdigest())


def _identified(issue: Issue) -> bytes:
    """Return the JSON that the identifier of an issue is made of.

    It is that of the native form, where a picture once had an empty path: a book that a shelf knows keeps its name.
    """
    plain = msgspec.to_builtins(issue)
    for media in plain.get("media", ()):
        media["path"] = ""
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def _named(digest: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'newsbook:{digest}')}"


def modified(date: str) -> str:
    """Return the UTC time stamp that stands for an issue's day, to the second, as EPUB 3.3 §5.5.3 wants it.

    >>> modified("2020-01-17"), modified("")
    ('2020-01-17T00:00:00Z', '1980-01-01T00:00:00Z')
    """
    day = (date[:10] + "-01-01")[:10] if date else "1980-01-01"
    return f"{max(day, '1980-01-01')}T00:00:00Z"
