"""A function of WeasyPrint that one of ours stands in for, and the names that its untyped things go by here."""

import inspect
from collections.abc import Callable
from pkgutil import resolve_name
from typing import Any, TypeAlias

from msgspec import Struct

# WeasyPrint ships no types: boxes, styles, contexts, streams and Pango's pointers are what it says they are.
Engine: TypeAlias = Any
Function: TypeAlias = Callable[..., Engine]


class Patch(Struct, frozen=True):
    """What stands in for a function: `wrap` makes it of the function itself.

    `owner` is the module or class that has the function, `parameters` are those that we rely on.
    """

    owner: str
    name: str
    parameters: str
    wrap: Callable[[Function], Function]

    def place(self) -> Engine:
        """Return the module or class that has the function."""
        return resolve_name(self.owner)

    def is_known(self) -> bool:
        """Tell whether the function has the parameters that we rely on; one that is wrapped shows its own."""
        function = getattr(self.place(), self.name, None)
        return function is not None and list(inspect.signature(function).parameters) == self.parameters.split()
