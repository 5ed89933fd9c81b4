"""Lines that stand as they were typed, and lists in lists, as the templates set them."""

from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import Items, Text
from newsbook.model.walk import lines_of, plain

__all__ = ["SetItem", "SetList", "indent_of", "lines_of", "listing_of", "with_fixed_indent"]

_TAB = 4


class SetItem(Struct):
    """An item of a list with the lists that stand in it."""

    text: Text
    lists: list["SetList"] = []


class SetList(Struct):
    """A list as it is set: its items, and the number of the first where it is `ordered`."""

    entries: list[SetItem]
    ordered: bool
    start: int = 1


def listing_of(block: Items) -> SetList:
    """Return a list with those in it in their places. An item deeper than the one above it by more is one deeper."""
    whole = SetList([], block.ordered, block.start)
    nested = {nesting.item: nesting for nesting in block.nested}
    open_lists = [whole]
    for at, text in enumerate(block.items):
        nesting = nested.get(at)
        level = min(nesting.level, len(open_lists)) if nesting and open_lists[0].entries else 0
        del open_lists[level + 1 :]
        if nesting and level == len(open_lists):
            within = SetList([], nesting.ordered)
            open_lists[-1].entries[-1].lists.append(within)
            open_lists.append(within)
        open_lists[-1].entries.append(SetItem(text, []))
    return whole


def indent_of(line: Text) -> float:
    """Return how many ems a typed line is indented: a blank is half an em, a wide one is one.

    >>> from newsbook.model import Span
    >>> indent_of((Span("    return"),)), indent_of((Span("　　人間"),))
    (2.0, 2.0)
    """
    text = plain(line)
    indent = text[: len(text) - len(text.lstrip())]
    return sum(1.0 if one == "\N{IDEOGRAPHIC SPACE}" else _TAB / 2 if one == "\t" else 0.5 for one in indent)


def with_fixed_indent(line: Text) -> Text:
    """Return a line whose indent is of blanks that no reading system closes up."""
    if not line:
        return line
    first, *others = line
    words = first.text.lstrip(" \t")
    indent = first.text[: len(first.text) - len(words)].replace("\t", " " * _TAB)
    fixed = indent.replace(" ", "\N{NO-BREAK SPACE}")
    return (replace(first, text=fixed + words), *others) if indent else line
