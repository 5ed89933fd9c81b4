"""No edition that is to be kept is taken for sound with a byte of it changed, whichever that is."""

import os
from functools import cache
from random import Random

import pytest
from msgspec.structs import replace

from newsbook import Manner, Output, build
from newsbook.assets import root
from newsbook.diagnostics import InputError
from newsbook.project import load
from newsbook.provenance.enclosing import MANIFEST, SIGNATURE
from newsbook.provenance.sealing import CARRIERS, is_sealed, kind_of
from newsbook.provenance.signing import known_key
from newsbook.provenance.verifying import verify

# More with NEWSBOOK_MUTATIONS=500.
COUNT = int(os.environ.get("NEWSBOOK_MUTATIONS", "25"))
WEEKLY = root() / "examples" / "weekly"


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The weekly as PDF and EPUB, and as an EPUB that is signed."""
    folder = tmp_path_factory.mktemp("weekly")
    pytest.importorskip("cryptography")
    (folder / "key.pem").write_bytes(known_key())
    plain = tuple(Output(str(folder / f"x.{kind}"), profile="archive", style="newspaper") for kind in ("pdf", "epub"))
    signed = Output(str(folder / "signed.epub"), profile="archive", sign_with=str(folder / "key.pem"))
    build(replace(load(WEEKLY / "newsbook.toml").project, outputs=(*plain, signed)), WEEKLY, manner=Manner(workers=0))
    return {name: (folder / name).read_bytes() for name in ("x.pdf", "x.epub", "signed.epub")}


def changed(data: bytes, at: int, chance: Random) -> bytes:
    """Return a file with something done to it at a place."""
    made = bytearray(data)
    match chance.choice(("bit", "byte", "noughts", "cut", "swap", "more", "less")):
        case "bit":
            made[at] ^= 1 << chance.randrange(8)
        case "byte":
            made[at] = (made[at] + chance.randrange(1, 256)) % 256
        case "noughts":
            made[at : at + 32] = bytes(len(made[at : at + 32]))
        case "cut":
            del made[at:]
        case "swap":
            other = chance.randrange(len(made))
            made[at], made[other] = made[other], made[at]
        case "more":
            made[at:at] = chance.randbytes(chance.randrange(1, 9))
        case _:
            del made[at : at + chance.randrange(1, 9)]
    return bytes(made)


def accepted(data: bytes) -> bool:
    try:
        return verify(data, {}).agrees
    except InputError:
        return False


@cache
def own_places(data: bytes) -> tuple[int, ...]:
    """Return the places of the manifest's bytes, which no hash of anything else covers."""
    spots = CARRIERS[kind_of(data)].spots(data)[MANIFEST]
    return tuple(at for spot in spots for at in range(spot.start, spot.stop))


@pytest.mark.parametrize("name", ["x.pdf", "x.epub", "signed.epub"])
def test_nothing_that_was_changed_is_accepted(weekly: dict[str, bytes], name: str) -> None:
    data = weekly[name]
    signature = CARRIERS[kind_of(data)].spots(data).get(SIGNATURE, ())
    assert accepted(data)
    for seed in range(COUNT):
        chance = Random(seed)  # noqa: S311 - it is to be the same every time.
        at = chance.choice(own_places(data)) if seed % 4 == 0 else chance.randrange(len(data))
        made = changed(data, at, chance)
        if made != data and not any(spot.start <= at < spot.stop for spot in signature):
            assert not accepted(made), f"seed {seed} at {at} of {len(data)}"


@pytest.mark.parametrize("name", ["x.pdf", "x.epub"])
def test_every_byte_of_the_manifest_counts(weekly: dict[str, bytes], name: str) -> None:
    data = weekly[name]
    places = own_places(data)
    # In an EPUB the last eight are its checksums.
    for at in (*places[:: len(places) // 60], *places[-9:]):
        made = bytearray(data)
        made[at] ^= 1
        try:
            assert not is_sealed(bytes(made)), at
        except InputError:
            continue


def test_a_signature_that_was_changed_is_not_that_of_its_key(weekly: dict[str, bytes]) -> None:
    from newsbook.provenance.signing import is_signed

    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    private = serialization.load_pem_private_key(known_key(), None)
    form = (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    key = private.public_key().public_bytes(*form)
    data = weekly["signed.epub"]
    verdict = verify(data, {})
    assert is_signed(verdict.signed, verdict.signature, key, "key")
    flipped = bytes([verdict.signature[0] ^ 1]) + verdict.signature[1:]
    assert not is_signed(verdict.signed, flipped, key, "key")
