"""Files within a PDF: embedded file streams, associated with the document (ISO 32000-1 §7.11.4, ISO 19005-3 §6.8)."""

import io
import zlib
from collections.abc import Iterable

import pikepdf

from newsbook.diagnostics import InputError
from newsbook.provenance.enclosing import OWN, Enclosed, Spot


def enclose(pdf: bytes, files: Iterable[Enclosed]) -> bytes:
    """Return a PDF that carries `files`, whose names differ. The same files give the same bytes."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        specifications = {file.name: document.make_indirect(_specification(document, file)) for file in files}
        names = [part for name in sorted(specifications) for part in (pikepdf.String(name), specifications[name])]
        tree = document.Root.get("/Names", pikepdf.Dictionary())
        tree.EmbeddedFiles = document.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(names)))
        document.Root.Names = tree
        document.Root.AF = pikepdf.Array(specifications.values())
        document.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _specification(document: pikepdf.Pdf, file: Enclosed) -> pikepdf.Dictionary:
    stream = pikepdf.Stream(document, _deflated(file.data) if file.is_plain else zlib.compress(file.data, 9))
    stream.Type = pikepdf.Name.EmbeddedFile
    stream.Subtype = pikepdf.Name(f"/{file.type}")
    stream.Filter = pikepdf.Name.FlateDecode
    stream.Params = pikepdf.Dictionary(Size=len(file.data))
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F=pikepdf.String(file.name),
        UF=pikepdf.String(file.name),
        EF=pikepdf.Dictionary(F=stream, UF=stream),
        AFRelationship=pikepdf.Name(f"/{file.relation}"),
    )


def _deflated(data: bytes) -> bytes:
    """Return data as a stream that is as long for any data of this length: deflated, and yet as it was."""
    return zlib.compress(data, 0)


def enclosed(pdf: bytes) -> dict[str, bytes]:
    """Return the files that a PDF carries, by their names. Raises `InputError` where it cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return {name: bytes(stream) for name, stream in _streams(document)}
    except pikepdf.PasswordError as error:
        raise InputError("it is encrypted, which no edition to be kept is.") from error
    except pikepdf.PikepdfError as error:
        # The message begins with the address in memory of what was read.
        raise InputError("it is a broken PDF: its end, or its table of objects, is missing.") from error
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(f"what it carries cannot be read: {error}.") from error


def spots(pdf: bytes) -> dict[str, tuple[Spot, ...]]:
    """Return where the manifest and its signature lie in a PDF. Raises `InputError` where that cannot be told."""
    try:
        return _spots(pdf)
    except (pikepdf.PikepdfError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError("where its manifest lies cannot be told.") from error


def _spots(pdf: bytes) -> dict[str, tuple[Spot, ...]]:
    found: dict[str, tuple[Spot, ...]] = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name, stream in _streams(document):
            if name in OWN:
                raw = stream.read_raw_bytes()
                if pdf.count(raw) != 1:
                    raise InputError(f"{name} is not in it once, as it was written.")
                start = pdf.index(raw)
                found[name] = (Spot(start, start + len(raw), _deflated),)
    return found


def _streams(document: pikepdf.Pdf) -> Iterable[tuple[str, pikepdf.Stream]]:
    """Yield the embedded files in the document's list of names."""
    names = document.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles", pikepdf.Dictionary())
    entries = list(names.get("/Names", ()))
    for name, specification in zip(entries[::2], entries[1::2], strict=True):
        stream = specification.EF.F
        if isinstance(stream, pikepdf.Stream):
            yield str(name), stream
