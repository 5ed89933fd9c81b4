"""Seal an edition: enclose its sources and text, hash the file, write the hash into its manifest, and sign that."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeAlias

from msgspec.structs import replace

from newsbook.diagnostics import ValidationError
from newsbook.provenance import epub, pdf
from newsbook.provenance.enclosing import MANIFEST, SIGNATURE, Enclosed, Spot
from newsbook.provenance.manifest import Manifest, dump
from newsbook.provenance.signing import LENGTH

Sign: TypeAlias = Callable[[bytes], bytes]
"""Returns the signature of a manifest."""


class Carrying(Protocol):
    """How a carrier carries files."""

    def enclose(self, made: bytes, files: Iterable[Enclosed], /) -> bytes:
        """Return a finished edition that carries files."""

    def enclosed(self, made: bytes, /) -> dict[str, bytes]:
        """Return the files that an edition carries, by their names."""

    def spots(self, made: bytes, /) -> dict[str, tuple[Spot, ...]]:
        """Return where the manifest and its signature lie in an edition."""


CARRIERS: Mapping[str, Carrying] = {"pdf": pdf, "epub": epub}


def seal(made: bytes, manifest: Manifest, files: Iterable[Enclosed], sign: Sign | None = None) -> bytes:
    """Return a finished edition that carries `files` and its manifest, with the hash of itself in it.

    `sign` returns the signature of the manifest. Raises `ValidationError` where what was sealed does not hold.
    """
    carrier = CARRIERS[manifest.kind]
    own = [Enclosed(MANIFEST, "application/json", dump(manifest), is_plain=True)]
    own += [Enclosed(SIGNATURE, "application/octet-stream", bytes(LENGTH), is_plain=True)] if sign else []
    data = carrier.enclose(made, (*files, *own))
    places = carrier.spots(data)
    said = dump(replace(manifest, sha256=digest(data, places)))
    sealed = _filled(data, places[MANIFEST], said)
    sealed = _filled(sealed, places[SIGNATURE], sign(said)) if sign else sealed
    if digest(sealed, carrier.spots(sealed)) != digest(data, places) or carrier.enclosed(sealed)[MANIFEST] != said:
        raise ValidationError("the sealed file is not what its manifest says.")
    return sealed


def digest(data: bytes, places: Mapping[str, tuple[Spot, ...]]) -> str:
    """Return the SHA-256 of a file in which nought stands for every byte of what cannot hold it."""
    blank = bytearray(data)
    for spot in (each for some in places.values() for each in some):
        blank[spot.start : spot.stop] = bytes(spot.stop - spot.start)
    return hashlib.sha256(blank).hexdigest()


def _filled(data: bytes, places: tuple[Spot, ...], content: bytes) -> bytes:
    filled = bytearray(data)
    for spot in places:
        written = spot.written(content)
        if len(written) != spot.stop - spot.start:
            raise ValidationError("the manifest does not fit into its place.")
        filled[spot.start : spot.stop] = written
    return bytes(filled)
