"""Where fontconfig looks for fonts, and what configures it."""

import ctypes
from collections.abc import Iterator
from contextlib import suppress

_LIBRARIES = ("libfontconfig.so.1", "libfontconfig.1.dylib")


def font_folders() -> tuple[str, ...]:
    """Return the folders of installed fonts, those within them too, and fontconfig's files; nothing without it.

    A font that is installed or taken away changes the time of its folder.
    """
    for name in _LIBRARIES:
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(name)
            return (*_listed(library, "FcConfigGetFontDirs"), *_listed(library, "FcConfigGetConfigFiles"))
    return ()


def _listed(library: ctypes.CDLL, function: str) -> Iterator[str]:
    """Yield the strings of a list of fontconfig's (FcStrListNext), of the configuration in use."""
    ask, advance, close = getattr(library, function), library.FcStrListNext, library.FcStrListDone
    ask.restype, ask.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    advance.restype, advance.argtypes = ctypes.c_char_p, (ctypes.c_void_p,)
    close.argtypes = (ctypes.c_void_p,)
    strings = ask(None)
    try:
        while strings and (text := advance(strings)) is not None:
            yield text.decode("utf-8", "surrogateescape")
    finally:
        close(strings)
