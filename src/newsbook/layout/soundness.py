"""Hold a user's style sheet against what one may hold: nothing from outside of its edition, nothing without end."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

import tinycss2
from msgspec import Struct

from newsbook.diagnostics import UsageError

# tinycss2 ships no types.
Node: TypeAlias = Any

# The largest of the built-in sheets has some twenty thousand characters, and six levels of nesting.
_MOST_CHARACTERS = 1_000_000
_DEEPEST = 32
# A page of the largest poster has some ten thousand pixels, whatever they are told in.
_LARGEST = 100_000
# Tracks of a grid, and copies of a variable's value.
_MOST_TRACKS = 1000
_MOST_TOKENS = 10_000
_LONGEST_CHAIN = 100

# CSS Values 4, “Resource locators”; CSS Images 4, “Image values”: their strings are addresses, too.
_ADDRESSES = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
_NO_NUMBERS = frozenset({"infinity", "-infinity", "nan"})
# What a printed page and a cover hold beside their text; in an e-book, sheets lie in another folder than pictures.
_HELD = {"print": "images/", "cover": "images/"}


def check_sheet(css: str, kind: str, file: str) -> None:
    """Raise `UsageError`, naming the line, where a sheet of a kind reaches outside of the edition, or has no end.

    Addresses of parts of the document, `url(#part)`, are allowed, and in print those of the edition's pictures.
    """
    if len(css) > _MOST_CHARACTERS:
        raise UsageError(f"{file} has more than {_MOST_CHARACTERS:,} characters; no sheet needs so many.")
    nodes = tinycss2.parse_component_value_list(css)
    for place in _walked(nodes):
        why = _fault(place, _HELD.get(kind, ""))
        if why:
            raise UsageError(f"{file} cannot be used: line {place.node.source_line} {why}.")
    name = _multiplied(_variables(nodes))
    if name:
        raise UsageError(f"{file} cannot be used: the value of {name} multiplies those of other variables.")


class _Placed(Struct, frozen=True):
    """A node of a sheet, how deep it lies, the at-rule and the functions that it lies in, and if it divides."""

    node: Node
    depth: int
    rule: str
    functions: frozenset[str]
    is_divisor: bool


class _Level(Struct):
    """Where a walk is among siblings: those that are left, and what they lie in."""

    left: Iterator[Node]
    rule: str = ""
    functions: frozenset[str] = frozenset()
    before: Node = None


def _walked(nodes: list[Node]) -> Iterator[_Placed]:
    """Yield every node of a sheet, without recursion: what is too deep is told, not met with."""
    levels = [_Level(iter(nodes))]
    while levels:
        level = levels[-1]
        node = next(level.left, None)
        if node is None:
            levels.pop()
            continue
        if node.type == "at-keyword":
            level.rule = node.lower_value
        elif node.type == "{} block" or node == ";":
            level.rule = ""
        yield _Placed(node, len(levels), level.rule, level.functions, level.before == "/")
        level.before = level.before if node.type in {"whitespace", "comment"} else node
        if len(levels) > _DEEPEST:
            continue
        if node.type == "function":
            levels.append(_Level(iter(node.arguments), level.rule, level.functions | {node.lower_name}))
        elif node.type.endswith("block"):
            levels.append(_Level(iter(node.content), "", level.functions))


def _fault(place: _Placed, held: str) -> str:
    """Return why a node may not be in a sheet, or nothing. Pictures that the edition holds are `held` by a prefix."""
    if place.depth > _DEEPEST:
        return f"is nested more than {_DEEPEST} levels deep"
    return _reach(place, held) or _excess(place)


def _reach(place: _Placed, held: str) -> str:
    """Return why a node may not be in a sheet, for it reaches outside of the edition."""
    node = place.node
    match node.type:
        case "at-keyword" if node.lower_value == "import":
            return "imports another sheet; a style is what its folder holds"
        case "url" | "string" if node.type == "url" or place.functions & _ADDRESSES:
            # A namespace is a name that looks like an address.
            return "" if place.rule == "namespace" else _outside(node.value, held)
        case "function" if place.functions & _ADDRESSES and node.lower_name in {"var", "attr", "env"}:
            return "has an address that is put together; write it whole"
    return ""


def _excess(place: _Placed) -> str:
    """Return why a node may not be in a sheet, for no engine could set it."""
    node = place.node
    match node.type:
        case "number" if "repeat" in place.functions and node.value > _MOST_TRACKS:
            return f"repeats more than {_MOST_TRACKS:,} times"
        case "number" if place.is_divisor and not node.value:
            return "divides by nought"
        case "percentage" | "dimension" if not abs(node.value) <= _LARGEST:
            return f"has a size above {_LARGEST:,}"
        case "ident" if node.lower_value in _NO_NUMBERS and place.functions:
            return f"reckons with {node.value}, which is no size"
    return ""


def _outside(address: str, held: str) -> str:
    is_inside = address.startswith("#") or (held and address.startswith(held) and ".." not in address)
    return "" if is_inside else f"names {address[:80]!r}; a style may use only what the edition holds"


_Variables: TypeAlias = dict[str, list[tuple[int, tuple[str, ...]]]]


def _variables(nodes: list[Node]) -> _Variables:
    """Return the values of each variable: how many tokens each has, and the variables that it is put together from."""
    found: _Variables = {}
    blocks = (place.node.content for place in _walked(nodes) if place.node.type == "{} block")
    for declaration in chain.from_iterable(map(tinycss2.parse_blocks_contents, blocks)):
        if declaration.type == "declaration" and declaration.name.startswith("--"):
            places = tuple(_walked(declaration.value))
            named = tuple(
                place.node.value for place in places if place.node.type == "ident" and "var" in place.functions
            )
            found.setdefault(declaration.name, []).append((len(places), named))
    return found


def _multiplied(variables: _Variables) -> str:
    """Return the name of a variable whose value, put together, is too long or never done, or nothing.

    Values are put together step by step, and none needs a chain of a hundred others.
    """
    sizes = dict.fromkeys(variables, 0)
    for _ in range(_LONGEST_CHAIN):
        grown = {
            name: max(own + sum(sizes.get(each, 0) for each in named) for own, named in values)
            for name, values in variables.items()
        }
        changed = [name for name, size in grown.items() if size != sizes[name]]
        over = next((name for name, size in grown.items() if size > _MOST_TOKENS), "")
        if over or not changed:
            return over
        sizes = grown
    return changed[0]
