"""The manifest of an edition that is to be kept: what it was made of, by what, and the hashes of it all, as JSON."""

import msgspec
from msgspec import Struct

from newsbook.diagnostics import InputError
from newsbook.model import EditorialChange, Omission, Repair, Retrieval
from newsbook.project import Project

UNSEALED = "0" * 64
"""What stands for the hash of a file that is not made yet."""


class SourceRecord(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that the edition was made of, which its file holds under the name `file`.

    `path` is where it lay, from a folder that holds all sources, and `role` what it was: a `page`, a `further page`
    that one led to, a `picture` of one, the `decisions` on one, other `matter` that the project names, a file of the
    `style`, the `cover`, or the PDF whose `pages` are quoted.
    """

    file: str
    path: str
    role: str
    sha256: str
    size: int
    retrieval: Retrieval | None = None


class StoryRecord(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A story of the edition.

    `sha256` is that of its article in the edition's `issue.json`, `document` the name of the document that it is set
    in, and `source_sha256` the hash of the page that it was read from. `unset` counts the characters of it that are not
    set as they are, for want of a glyph.
    """

    document: str
    headline: str
    source: str
    source_sha256: str
    sha256: str
    repairs: tuple[Repair, ...] = ()
    omissions: tuple[Omission, ...] = ()
    changes: tuple[EditorialChange, ...] = ()
    unset: int = 0


class PictureRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture as the edition shows it."""

    name: str
    type: str
    sha256: str
    width: int
    height: int


class FaceRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """A face that sets the edition, with its version and the hashes of its font files."""

    family: str
    version: str
    sha256: tuple[str, ...]


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What an edition is and where it is from.

    `version` changes when a field changes its meaning. `sha256` is the hash of the whole file as it is with noughts for
    this hash and for the signature. `project` is what the edition was made by, without its inputs.
    """

    version: int
    kind: str
    sha256: str
    identifier: str
    title: str
    language: str
    date: str
    tools: dict[str, str]
    faces: tuple[FaceRecord, ...]
    sources: tuple[SourceRecord, ...]
    stories: tuple[StoryRecord, ...]
    pictures: tuple[PictureRecord, ...]
    issue_sha256: str
    project: Project


def dump(manifest: Manifest) -> bytes:
    """Return a manifest as indented UTF-8 JSON."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def load(raw: bytes) -> Manifest:
    """Return the manifest that `dump` wrote. Raises `InputError` for anything else."""
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"its manifest cannot be read: {error}.") from error
    if manifest.version != 1:
        raise InputError(f"its manifest has version {manifest.version}; a newer newsbook reads it.")
    return manifest
