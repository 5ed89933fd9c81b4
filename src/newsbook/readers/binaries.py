"""Refuse what is taken for text and is none: by the signatures of other formats, and by control characters."""

from newsbook.diagnostics import InputError

# The signatures are those of the formats' own specifications, as collected in file(1)'s magic database.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\0", "a database"),
)

# Letters alone are no proof: a text may begin with them.
_NEEDS_CONTROLS = frozenset({b"BM", b"RIFF", b"ID3", b"OggS", b"MZ", b"BZh"})

_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r\x1b")
_SHARE_OF_CONTROLS = 0.02


def refuse_signature(name: str, raw: bytes) -> None:
    """Raise `InputError`, which says what the input is, if `raw` begins like a format that is no text."""
    for signature, what in _SIGNATURES:
        if raw.startswith(signature) and (signature not in _NEEDS_CONTROLS or count_controls(raw)):
            raise _unreadable(name, what)


def refuse_controls(name: str, raw: bytes) -> None:
    """Raise `InputError` where `raw` holds more control characters, NUL among them, than a damaged text would."""
    if count_controls(raw) > len(raw) * _SHARE_OF_CONTROLS + 1:
        raise _unreadable(name, "a binary file")


def count_controls(raw: bytes) -> int:
    """Count the bytes that stand for control characters which no text needs."""
    return len(raw) - len(raw.translate(None, bytes(_CONTROLS)))


def _unreadable(name: str, what: str) -> InputError:
    return InputError(f"{name} looks like {what}, which newsbook does not read; save its text first.")
