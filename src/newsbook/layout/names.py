"""Names of people and agencies as a catalogue sorts them."""

import re

_LATIN = re.compile(r"[A-Za-zÀ-ɏ.'’-]+(?: [A-Za-zÀ-ɏ.'’-]+)+")


def file_as(name: str) -> str:
    """Return a name as it is filed: the family's first, where it is Latin and stands last.

    Names in Han, kana and Hangul begin with the family's already.

    >>> file_as("Anna Bell"), file_as("林小舟"), file_as("김 나루")
    ('Bell, Anna', '林小舟', '김 나루')
    """
    if not _LATIN.fullmatch(name):
        return name
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}"
