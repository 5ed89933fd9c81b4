"""Issue → Edition: make up an issue for one carrier, or many issues and lone articles as e-books."""

from newsbook.layout.lone import alone_in, make_up_lone
from newsbook.layout.makeup import make_up
from newsbook.layout.style import Carrier, Style, load_style
from newsbook.layout.volume import cover_of, make_up_volume

__all__ = ["Carrier", "Style", "alone_in", "cover_of", "load_style", "make_up", "make_up_lone", "make_up_volume"]
