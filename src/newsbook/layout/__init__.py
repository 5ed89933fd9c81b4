"""Issue → Edition: make up an issue for one carrier."""

from newsbook.layout.makeup import Carrier, make_up

__all__ = ["Carrier", "make_up"]
