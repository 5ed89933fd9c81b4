"""An edition's identifier and time stamp, derived from what is in it and never from clock or chance."""

import hashlib
import uuid

from msgspec.structs import replace

from newsbook.model import Issue
from newsbook.native import dump


def urn(issue: Issue) -> str:
    """Return a `urn:uuid:` that is the same for the same content, wherever its files lie (RFC 9562, version 5)."""
    placeless = replace(issue, media=tuple(replace(media, path="") for media in issue.media))
    digest = hashlib.sha256(dump(placeless)).hexdigest()
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'newsbook:{digest}')}"


def modified(date: str) -> str:
    """Return the UTC time stamp that stands for an issue's day, to the second, as EPUB 3.3 §5.5.3 wants it.

    >>> modified("2020-01-17"), modified("")
    ('2020-01-17T00:00:00Z', '1980-01-01T00:00:00Z')
    """
    day = (date[:10] + "-01-01")[:10] if date else "1980-01-01"
    return f"{max(day, '1980-01-01')}T00:00:00Z"
