"""JSON from anywhere: what is no text in its strings, numbers of any length, and depth that no reader could go into."""

import json
import re

from newsbook.diagnostics import Code, Diagnostic, LimitError, Place, Report
from newsbook.gate.caps import Caps

_LONE = re.compile("[\ud800-\udfff]")
# A surrogate in JSON may be spelt out (RFC 8259, section 7).
_SPELT = re.compile(r"\\u[dD][89a-fA-F]")
_LONGEST_NUMBER = 4000


def parse_json(text: str, name: str, caps: Caps, report: Report) -> tuple[object, bool]:
    """Return the value of a JSON text, and whether anything in it was changed.

    � stands for each lone surrogate, which is a finding. Raises `ValueError` where it is no JSON, `LimitError` or
    `RecursionError` where it is nested too deep.
    """
    value = json.loads(text, strict=False, parse_int=_number)
    if text.count("[") + text.count("{") > caps.depth and _is_deeper(value, caps.depth):
        raise LimitError(f"{name} is nested deeper than {caps.depth:,} levels (cap depth); no article is.")
    if not _SPELT.search(text) and not _LONE.search(text):
        return value, False
    scrubbing = _Scrubbing()
    value = scrubbing.clean(value)
    if scrubbing.count:
        message = f"{scrubbing.count} halves of characters (lone surrogates), which are no text; � stands for each."
        report(Diagnostic(Code.CONTROL_CHARACTERS, message, Place(name)))
    return value, bool(scrubbing.count)


def _number(digits: str) -> int | str:
    """Return a whole number, or its digits where they are too many for one."""
    return int(digits) if len(digits) < _LONGEST_NUMBER else digits


def _is_deeper(value: object, most: int) -> bool:
    """Tell whether lists and objects stand in each other more than `most` times."""
    level = [value]
    for _ in range(most + 1):
        held = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list))
        level = [item for items in held for item in items if isinstance(item, dict | list)]
    return bool(level)


class _Scrubbing:
    """A way through a value that puts � for lone surrogates, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def clean(self, value: object) -> object:
        """Return a value without lone surrogates."""
        if isinstance(value, str):
            cleaned, count = _LONE.subn("\N{REPLACEMENT CHARACTER}", value)
            self.count += count
            return cleaned
        if isinstance(value, list):
            return [self.clean(item) for item in value]
        if isinstance(value, dict):
            return {self.clean(key): self.clean(item) for key, item in value.items()}
        return value
