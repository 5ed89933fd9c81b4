"""Teach WeasyPrint to set CJK lines: flush, marks squeezed, Han and Latin apart, and not a character added.

WeasyPrint 70 breaks a paragraph line by line and justifies at spaces only, which Chinese has none of; it knows neither
the squeeze of neighbouring marks nor the quarter em between Han and Latin. Here a paragraph of CJK text is unrolled
(`unrolling`), its lines are chosen over the whole of it (`newsbook.writers.pdf.breaking`), and the engine is handed
each line finished (`lines`). What is added between characters is added to the advances of the glyphs when a line is
drawn (`drawing`). The text itself is never touched, so that what is copied is what was written. `grid` keeps blocks and
columns on whole lines.

This folder is the one place that reaches into the engine's private parts. It was checked on the versions below; on any
other the engine is left as it is, and a finding says so. A patch for the engine would replace the same functions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock

import weasyprint

from newsbook.diagnostics import Code, Diagnostic, Report
from newsbook.writers.pdf.engine import cascade, drawing, grid, lines, tagging
from newsbook.writers.pdf.engine.patch import Engine, Function

__all__ = ["CHECKED", "PATCHES", "cjk_lines", "unknown_engine"]

CHECKED = ("70.",)

PATCHES = (*cascade.PATCHES, *lines.PATCHES, *grid.PATCHES, *drawing.PATCHES, *tagging.PATCHES)

# Whether this context lays out a document of ours. The functions are wrapped once for a process, and whoever else uses
# the engine in it, in another thread or later, gets the engine's own.
_IS_OURS: ContextVar[bool] = ContextVar("_IS_OURS", default=False)
_WRAPPED = set[str]()
_WRAPPING = Lock()


@contextmanager
def cjk_lines(report: Report) -> Iterator[None]:
    """While the context lasts, WeasyPrint sets CJK lines as above; on an engine that it does not know, as ever."""
    fault = unknown_engine()
    if fault:
        message = f"lines are set plain, for {fault}."
        report(Diagnostic(Code.LINE_MODULE_OFF, message, hint="Install weasyprint>=70,<71."))
        yield
        return
    _wrap_once()
    token = _IS_OURS.set(True)
    try:
        yield
    finally:
        _IS_OURS.reset(token)


def unknown_engine() -> str:
    """Return why the engine at hand cannot be taught, or nothing where it can."""
    if not weasyprint.__version__.startswith(CHECKED):
        return f"WeasyPrint {weasyprint.__version__} is none of the versions that this was checked on"
    changed = [patch.name for patch in PATCHES if not patch.is_known()]
    return f"WeasyPrint's {', '.join(changed)} changed" if changed else ""


def _wrap_once() -> None:
    with _WRAPPING:
        for patch in PATCHES:
            if patch.name not in _WRAPPED:
                owner = patch.place()
                plain = getattr(owner, patch.name)
                setattr(owner, patch.name, _switched(plain, patch.wrap(plain)))
                _WRAPPED.add(patch.name)


def _switched(plain: Function, ours: Function) -> Function:
    """Return a function that is ours in the context of a document of ours, and the engine's own everywhere else."""

    @wraps(plain)
    def switched(*arguments: Engine, **named: Engine) -> Engine:
        return (ours if _IS_OURS.get() else plain)(*arguments, **named)

    return switched
