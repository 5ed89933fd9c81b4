"""The scorer's own corpus: every line of a damaged page is scored, however much a mirror has put into it."""

import pytest

from corpora import LEVELS, damaged_pages, paired


@pytest.mark.parametrize("level", LEVELS)
def test_every_line_is_paired_with_what_it_was(level: int) -> None:
    for page in damaged_pages(level)[::6]:
        shown, clean = page.raw.decode().split("\n"), [line for _, line in page.lines]
        assert tuple(paired(shown, clean)) == page.lines
