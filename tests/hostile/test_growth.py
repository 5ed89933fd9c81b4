"""Growth: four times as much text costs about four times as many steps, whichever the shape; counted, not timed.

`benchmarks/growth.py` measures the same shapes at lengths up to a million characters.
"""

from io import BytesIO

import pytest

from counting import steps
from hostile.shapes import FORMS, PIECES
from newsbook import desk, readers, repairs
from newsbook.diagnostics import Diagnostic
from newsbook.gate import Caps, admit_copy
from newsbook.model import Copy

# Lists, tables and line ends make many lines, of which each costs its own; the others stand for lines without an end.
SHAPES = (
    "blanks", "ideographic spaces", "opening brackets", "corner brackets", "mojibake", "crumbs with bars",
    "crumbs with arrows", "commas", "soft hyphens and joiners", "entities", "ellipses", "question marks", "lost bytes",
    "Pinyin in brackets",
)  # fmt: skip
SIZE = 1_000
MOST = 1.25


def quiet(finding: Diagnostic) -> None:
    del finding


def worked(form: str, shape: str, size: int) -> int:
    make, suffix = FORMS[form]
    raw = make(shape, size).encode()

    def work() -> None:
        received = readers.Received(f"page{suffix}", lambda: BytesIO(raw), (), "", quiet)
        for taken in readers.take(received, form):
            if isinstance(taken.document, Copy):
                admitted = admit_copy(taken.document, Caps(), quiet)
                desk.edit(repairs.repair(admitted, quiet), quiet)

    return steps(work)


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("shape", SHAPES)
def test_steps_grow_with_the_text_and_not_with_its_square(form: str, shape: str) -> None:
    worked(form, shape, SIZE)
    small, large = worked(form, shape, SIZE), worked(form, shape, 4 * SIZE)
    assert large <= 4**MOST * max(small, 4_000), f"{small} steps, then {large}"


def test_shapes_are_known() -> None:
    assert set(SHAPES) <= set(PIECES)
