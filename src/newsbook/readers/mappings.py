"""Look values up in mappings whose shape nobody vouches for: what is not as it should be counts as missing."""

from collections.abc import Mapping
from typing import TypeAlias

Entry: TypeAlias = Mapping[str, object]


def text_in(entry: object, *names: str) -> str:
    """Return the first of the values `names` that is a text and says something."""
    values = (entry.get(name) for name in names) if isinstance(entry, Mapping) else ()
    return next((text for value in values if isinstance(value, str) and (text := value.strip())), "")


def maps_in(entry: object, name: str) -> tuple[Entry, ...]:
    """Return the mappings in the list `name`; one that stands there alone counts as a list."""
    value = entry.get(name) if isinstance(entry, Mapping) else None
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, Mapping))
