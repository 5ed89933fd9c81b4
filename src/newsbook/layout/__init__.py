"""Issue → Edition: make up an issue for one carrier, or many issues and lone articles as e-books."""

from newsbook.layout.books import alone_in, as_one, cover_of, make_up_lone, make_up_volume
from newsbook.layout.design import coloured, designed, with_logo
from newsbook.layout.makeup import make_up
from newsbook.layout.metadata import running_words
from newsbook.layout.press import for_press
from newsbook.layout.qrcodes import with_codes
from newsbook.layout.style import Carrier, Style, load_style

__all__ = [
    "Carrier",
    "Style",
    "alone_in",
    "as_one",
    "coloured",
    "cover_of",
    "designed",
    "for_press",
    "load_style",
    "make_up",
    "make_up_lone",
    "make_up_volume",
    "running_words",
    "with_codes",
    "with_logo",
]
