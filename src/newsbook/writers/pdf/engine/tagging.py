"""Tag a document in time that grows with it: the engine counts all pages anew for every element that it tags."""

from typing import ClassVar

import pydyf

from newsbook.writers.pdf.engine.patch import Engine, Function, Patch


class Counted(pydyf.PDF):  # type: ignore[misc] # pydyf ships no types.
    """A PDF whose pages are counted again only where there are more of them."""

    _known: ClassVar[tuple[bytes, ...]] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """Return the references of the pages, in their order."""
        if len(self._known) != self.pages["Count"]:
            self._known = super().page_references  # type: ignore[misc]
        return self._known


def _add_tags(plain: Function) -> Function:
    """Wrap the engine's function: the file that it tags knows its pages."""

    def add_tags(pdf: Engine, *rest: Engine) -> None:
        pdf.__class__ = Counted
        plain(pdf, *rest)

    return add_tags


PATCHES = (Patch("weasyprint.pdf", "add_tags", "pdf document pdf_version page_streams", _add_tags),)
