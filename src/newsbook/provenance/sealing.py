"""Seal an edition: enclose its sources and text, hash the file, write the hash into its manifest, and sign that."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeAlias

from msgspec.structs import replace

from newsbook.diagnostics import InputError, ValidationError
from newsbook.provenance import epub, pdf
from newsbook.provenance.enclosing import MANIFEST, SIGNATURE, Enclosed, Spot
from newsbook.provenance.manifest import UNSEALED, Manifest, dump, load
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
    own = [Enclosed(MANIFEST, "application/json", dump(replace(manifest, sha256=UNSEALED)), is_plain=True)]
    own += [Enclosed(SIGNATURE, "application/octet-stream", bytes(LENGTH), is_plain=True)] if sign else []
    data = carrier.enclose(made, (*files, *own))
    places = carrier.spots(data)
    said = dump(replace(manifest, sha256=hashlib.sha256(data).hexdigest()))
    sealed = _filled(data, places[MANIFEST], said)
    sealed = _filled(sealed, places[SIGNATURE], sign(said)) if sign else sealed
    if not is_sealed(sealed):
        raise ValidationError("the sealed file is not what its manifest says.")
    return sealed


def is_sealed(data: bytes) -> bool:
    """Tell whether a file has the hash that its manifest has: every byte of it counts, but for those of a signature.

    Raises `InputError` where it has no manifest that can be read.
    """
    carrier = CARRIERS[kind_of(data)]
    held, places = carrier.enclosed(data), carrier.spots(data)
    told = load(held[MANIFEST]).sha256
    blank = {MANIFEST: held[MANIFEST].replace(told.encode(), UNSEALED.encode(), 1), SIGNATURE: bytes(LENGTH)}
    if len(told) != len(UNSEALED) or any(len(held[name]) != len(blank[name]) for name in places):
        return False
    unsealed = data
    for name, spots in places.items():
        # What was written anew holds the same in another form, or at another length.
        if not _fits(spots, held[name]) or _filled(data, spots, held[name]) != data:
            return False
        unsealed = _filled(unsealed, spots, blank[name])
    return hashlib.sha256(unsealed).hexdigest() == told


def kind_of(made: bytes) -> str:
    """Return which carrier a file is. Raises `InputError` where it is none."""
    if made.startswith(b"%PDF-"):
        return "pdf"
    if made.startswith(b"PK\x03\x04"):
        return "epub"
    raise InputError("it is no PDF and no EPUB.")


def _fits(places: tuple[Spot, ...], content: bytes) -> bool:
    return all(len(spot.written(content)) == spot.stop - spot.start for spot in places)


def _filled(data: bytes, places: tuple[Spot, ...], content: bytes) -> bytes:
    if not _fits(places, content):
        raise ValidationError("the manifest does not fit into its place.")
    filled = bytearray(data)
    for spot in places:
        filled[spot.start : spot.stop] = spot.written(content)
    return bytes(filled)
