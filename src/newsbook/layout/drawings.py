"""An SVG drawing held against what the page engine can draw: nothing without end, and nothing that multiplies.

The engine draws what a reference leads to wherever one stands (SVG 2, “Linking”), so that ten parts of ten references
each are a drawing of ten thousand million.
"""

import re
from collections.abc import Iterator

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}svg"
_MOST_PARTS = 20_000
_LARGEST = 1_000_000.0
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_URL = re.compile(r"""url\(\s*["']?#([^"')]+)""")


def size_of_drawing(raw: bytes) -> tuple[int, int]:
    """Return the width and height that a drawing states. Raises `ValueError` where it is none, or has no end."""
    root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise ValueError("it declares entities")
    if root.tag != _SVG:
        raise ValueError("it is no SVG")
    if _Parts(root).count > _MOST_PARTS:
        raise ValueError(f"it has more than {_MOST_PARTS:,} parts, with those that its references repeat")
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))[-2:]]
    said = [_NUMBER.match(root.get(name, "")) for name in ("width", "height")]
    sides = box if len(box) == len(said) else [float(each[0]) if each else 1.0 for each in said]
    if max(sides) > _LARGEST:
        raise ValueError(f"it says that it is larger than {_LARGEST:,.0f}")
    return max(1, round(sides[0])), max(1, round(sides[1]))


class _Parts:
    """How many parts are drawn for an element: itself, those within it, and all that its references lead to."""

    def __init__(self, root: etree._Element) -> None:
        self._named = {each.get("id"): each for each in root.iter(etree.Element) if each.get("id")}
        self._known: dict[etree._Element, int] = {}
        self.count = self._counted(root)

    def _counted(self, root: etree._Element) -> int:
        """Return the count of an element, found without recursion. Raises `ValueError` where one leads to itself."""
        ways = [(root, self._led_to(root), 1)]
        begun = {root}
        while True:
            element, left, count = ways.pop()
            part = next(left, None)
            if part is None:
                self._known[element] = count = min(count, _MOST_PARTS + 1)
                begun.discard(element)
                if not ways:
                    return count
                above, others, so_far = ways.pop()
                ways.append((above, others, so_far + count))
            elif part in self._known:
                ways.append((element, left, count + self._known[part]))
            elif part in begun:
                raise ValueError("a part of it refers to itself")
            else:
                ways += [(element, left, count), (part, self._led_to(part), 1)]
                begun.add(part)

    def _led_to(self, element: etree._Element) -> Iterator[etree._Element]:
        yield from element.iterchildren(etree.Element)
        for name, value in element.attrib.items():
            is_address = name.rpartition("}")[2] == "href" and value.startswith("#")
            for one in [value[1:]] if is_address else _URL.findall(value):
                if one in self._named:
                    yield self._named[one]
