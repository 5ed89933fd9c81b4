"""Where fontconfig looks for fonts, and what configures it."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

_LIBRARIES = ("libfontconfig.so.1", "libfontconfig.1.dylib")


def font_folders() -> tuple[str, ...]:
    """Return the folders of installed fonts, those within them too, and fontconfig's files; nothing without it.

    A font that is installed or taken away changes the time of its folder.
    """
    return _told("FcConfigGetFontDirs", "FcConfigGetConfigFiles", finds_fonts=True)


def places_read() -> tuple[str, ...]:
    """Return the folders and files that fontconfig is set up to read; no font is looked for yet."""
    asked = ("FcConfigGetConfigDirs", "FcConfigGetConfigFiles", "FcConfigGetCacheDirs", "FcConfigGetFontDirs")
    return _told(*asked, finds_fonts=False)


def _told(*asked: str, finds_fonts: bool) -> tuple[str, ...]:
    """Return the lists that functions give: of the configuration in use, which has found fonts, or of one just read."""
    for name in _LIBRARIES:
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(name)
            read = library.FcInitLoadConfig
            read.restype = ctypes.c_void_p
            config = None if finds_fonts else read()
            return tuple(chain.from_iterable(_listed(library, function, config) for function in asked))
    return ()


def _listed(library: ctypes.CDLL, function: str, config: int | None) -> Iterator[str]:
    """Yield the strings of a list of fontconfig's (FcStrListNext), of a configuration or the one in use."""
    ask, advance, close = getattr(library, function), library.FcStrListNext, library.FcStrListDone
    ask.restype, ask.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    advance.restype, advance.argtypes = ctypes.c_char_p, (ctypes.c_void_p,)
    close.argtypes = (ctypes.c_void_p,)
    strings = ask(config)
    try:
        while strings and (text := advance(strings)) is not None:
            yield os.fsdecode(text)
    finally:
        close(strings)
