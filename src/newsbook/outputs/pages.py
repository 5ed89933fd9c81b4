"""The jobs that the page engine does: an edition laid out as a PDF, and a cover drawn."""

import ctypes
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from newsbook.diagnostics import InputError, LimitError, Report, UsageError, printable
from newsbook.fonts.faces import FindFace
from newsbook.gate import refuse_no_file
from newsbook.inputs import Input, mode_of
from newsbook.jobs import Outcome
from newsbook.model import Edition
from newsbook.store import Store
from newsbook.workplace import Workplace


class LayOut(Struct, frozen=True, tag=True):
    """Lay out the edition that the store holds under `edition`, as MessagePack, in a profile of PDF.

    `faces` are the installed faces that it is set in, and `libraries` those of the system that set it, each with its
    version: they are part of the key, for they show in the pages. `size` tells how much there is to set, in characters.
    """

    name: str
    edition: str
    profile: str
    faces: tuple[str, ...]
    libraries: tuple[str, ...]
    size: int = 0

    def share(self, store: Store) -> float:
        """Return how many times the usual limits it may take, by the length of its documents."""
        del store
        return 1 / 4 + self.size / _USUAL_SIZE

    def run(self, store: Store, report: Report) -> str:
        """Return the hash of the PDF. Raises as `writers.pdf.write_pdf` does."""
        from newsbook.writers.pdf import Profile, write_pdf

        return store.put(write_pdf(_edition(self.edition, store), Profile(self.profile), store, report))


class DrawCover(Struct, frozen=True, tag=True):
    """Draw the cover edition that the store holds under `edition`; the fields are those of `LayOut`."""

    name: str
    edition: str
    faces: tuple[str, ...]
    libraries: tuple[str, ...]

    def run(self, store: Store, report: Report) -> str:
        """Return the hash of the cover, a JPEG."""
        from newsbook.writers.cover import draw_cover

        return store.put(draw_cover(_edition(self.edition, store), store, report))


# Characters of documents, with their markup, that the usual time is three times enough for; and what counts of a single
# one, so that a story that is beyond measure does not have the time of a hundred.
_USUAL_SIZE = 400_000
_MOST_OF_ONE = 100_000
# What a glyph counts that is turned for vertical pages: each family has every character, mostly in two weights.
_TURNED = 30


def _size(edition: Edition) -> int:
    size = sum(min(len(document.body), _MOST_OF_ONE) for document in edition.documents)
    if edition.is_vertical:
        size += _TURNED * len(edition.families) * len(frozenset().union(*(each.text for each in edition.documents)))
    # The pages of an index are known when all is laid out, which is then done again.
    return 2 * size if any(document.role == "index" for document in edition.documents) else size


def lay_out(edition: Edition, profile: str, find_face: FindFace, work: Workplace) -> Outcome[str]:
    """Return the hash of an edition's PDF, laid out by a job, or how that failed."""
    digest, faces = _sent(edition, find_face, work)
    (outcome,) = work.do((LayOut(edition.metadata.title, digest, profile, faces, libraries(), _size(edition)),))
    return outcome


def draw_cover(edition: Edition, find_face: FindFace, work: Workplace) -> Outcome[str]:
    """Return the hash of a cover, drawn by a job, or how that failed."""
    digest, faces = _sent(edition, find_face, work)
    (outcome,) = work.do((DrawCover(edition.metadata.title, digest, faces, libraries()),))
    return outcome


def _sent(edition: Edition, find_face: FindFace, work: Workplace) -> tuple[str, tuple[str, ...]]:
    """Put an edition into the store. Return its hash, and the faces that it is set in with their versions."""
    found = filter(None, map(find_face, edition.families))
    return work.store.put(msgspec.msgpack.encode(edition)), tuple(f"{face.family} {face.version}" for face in found)


def _edition(digest: str, store: Store) -> Edition:
    return msgspec.msgpack.decode(store.read(digest), type=Edition)


# By the names that WeasyPrint loads them by, on Linux and on macOS, and the function of each that tells its version.
_LIBRARIES = (
    (("libpango-1.0.so.0", "libpango-1.0.0.dylib"), "pango_version_string", ctypes.c_char_p),
    (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "hb_version_string", ctypes.c_char_p),
    (("libfontconfig.so.1", "libfontconfig.1.dylib"), "FcGetVersion", ctypes.c_int),
)


@cache
def libraries() -> tuple[str, ...]:
    """Return the libraries of the system that set text, with their versions, as far as they can be asked."""
    return tuple(f"{function} {_version(names, function, kind)}" for names, function, kind in _LIBRARIES)


def _version(names: tuple[str, ...], function: str, kind: type) -> str:
    for name in names:
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(name), function)
            ask.restype = kind
            return str(ask())
    return "?"


def read_named(name: str) -> bytes:
    """Return what a file holds that the user has named beside the inputs. Raises `UsageError`."""
    item = Input(printable(name), Path(name))
    try:
        refuse_no_file(mode_of(Path(name)), item.name)
        return item.read()
    except (InputError, LimitError) as error:
        raise UsageError(f"{error}") from error
