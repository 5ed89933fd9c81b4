"""A figure whose picture cannot be shown: a frame with its caption."""

import re

from msgspec.structs import replace

from newsbook.model import Figure, Span

_FILE_NAME = re.compile(r"\.\w{3,4}$")


def framed(figure: Figure, headline: str) -> Figure:
    """Return `figure` without its picture; what was to be read in its stead is the caption where there is no other.

    Alternative text that repeats the headline or names a file says nothing of the picture.
    """
    told = figure.alt and figure.alt != headline and not _FILE_NAME.search(figure.alt)
    bare = replace(figure, image="")
    return replace(bare, caption=(Span(figure.alt),), alt="") if told and not figure.caption else bare
