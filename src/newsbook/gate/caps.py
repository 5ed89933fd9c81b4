"""How much of each thing the gate lets in: the settings under `[gate]`, and `--cap NAME=NUMBER`."""

from typing import Annotated

from msgspec import Meta, Struct

from newsbook.diagnostics import LimitError

_MOST = 1_000_000_000_000


class Caps(Struct, frozen=True, forbid_unknown_fields=True):
    """How much the gate lets in. Characters are those of Unicode, bytes those of the file."""

    input_bytes: Annotated[int, Meta(description="Bytes of an input, also of an archive.", ge=1, le=_MOST)] = (
        2_000_000_000
    )
    page_bytes: Annotated[int, Meta(description="Bytes of a page, or of a file in an archive.", ge=1, le=_MOST)] = (
        100_000_000
    )
    picture_bytes: Annotated[int, Meta(description="Bytes of a picture.", ge=1, le=_MOST)] = 200_000_000
    pixels: Annotated[int, Meta(description="Pixels of a picture, before it is decoded.", ge=1, le=_MOST)] = 40_000_000
    depth: Annotated[int, Meta(description="Lists and objects of JSON within each other.", ge=10, le=500)] = 100
    elements: Annotated[int, Meta(description="Elements of a page of HTML.", ge=1, le=_MOST)] = 300_000
    text: Annotated[int, Meta(description="Characters of the text of a page.", ge=1, le=_MOST)] = 2_000_000
    lines: Annotated[int, Meta(description="Lines of the text of a page.", ge=1, le=_MOST)] = 200_000
    line: Annotated[int, Meta(description="Characters of a line; a longer one is divided.", ge=100, le=_MOST)] = 20_000
    spans: Annotated[
        int, Meta(description="Formatted runs of a paragraph; one of more is divided.", ge=10, le=_MOST)
    ] = 1_000
    heading: Annotated[
        int, Meta(description="Characters of a heading or a name; what is beyond becomes text.", ge=20, le=_MOST)
    ] = 500
    reading: Annotated[
        int,
        Meta(description="Characters of a reading above the line; a longer one is set in brackets.", ge=1, le=_MOST),
    ] = 100
    marks: Annotated[int, Meta(description="Combining marks on one character.", ge=1, le=_MOST)] = 10
    story: Annotated[int, Meta(description="Characters of a story that pages are made of.", ge=1, le=_MOST)] = 500_000
    parts: Annotated[
        int,
        Meta(description="Paragraphs, items, cells, lines and runs of a story that pages are made of.", ge=1, le=_MOST),
    ] = 7_000
    stories: Annotated[
        int, Meta(description="Characters of all stories of one input that pages are made of.", ge=1, le=_MOST)
    ] = 1_000_000


DEFAULT = Caps()


def over(what: str, has: int, unit: str, name: str, caps: Caps) -> LimitError:
    """Return the failure of what is beyond a cap; it says which cap that is.

    >>> print(over("page.txt", 3_000_000, "characters", "text", Caps()))
    page.txt has 3,000,000 characters, more than 2,000,000; split it, or raise the cap with --cap text=NUMBER.
    """
    most = getattr(caps, name)
    return LimitError(
        f"{what} has {has:,} {unit}, more than {most:,}; split it, or raise the cap with --cap {name}=NUMBER."
    )
