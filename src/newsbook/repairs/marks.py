"""Half-width marks beside Han characters, made full-width again, on pages that show that a mirror folded them."""

from collections.abc import Iterator

from newsbook.repairs.edits import Edit
from newsbook.widths import widened

KIND = "half-width-mark"


def find(text: str) -> Iterator[Edit]:
    """Yield the edits that make the folded marks of a line full-width."""
    for at, (old, new) in enumerate(zip(text, widened(text), strict=True)):
        if old != new:
            yield Edit(at, at + 1, new, KIND)
