"""What comes in: arguments of the command line become files to read, each with what lies beside it."""

from newsbook.inputs.expansion import SETTINGS, Expansion, expand, expansions, join
from newsbook.inputs.input import (
    LIST_PREFIX,
    MOST_BYTES,
    OVERRIDES_SUFFIX,
    PICTURE_SUFFIXES,
    READ_SUFFIXES,
    STDIN,
    TEXT_SUFFIXES,
    Input,
    album_of,
    by_name,
    in_series,
    is_url,
    name_of,
    path_beside,
    paths_of,
    pictures_of,
    read_all,
)
from newsbook.inputs.sorting import FURNITURE

__all__ = [
    "FURNITURE",
    "LIST_PREFIX",
    "MOST_BYTES",
    "OVERRIDES_SUFFIX",
    "PICTURE_SUFFIXES",
    "READ_SUFFIXES",
    "SETTINGS",
    "STDIN",
    "TEXT_SUFFIXES",
    "Expansion",
    "Input",
    "album_of",
    "by_name",
    "expand",
    "expansions",
    "in_series",
    "is_url",
    "join",
    "name_of",
    "path_beside",
    "paths_of",
    "pictures_of",
    "read_all",
]
