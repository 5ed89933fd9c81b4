"""Read a file that was packed by gzip as the file that it is."""

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO

from msgspec.structs import replace

from newsbook.diagnostics import InputError, LimitError
from newsbook.readers.interface import Reader, Received, Taken


def read_gzip(received: Received, reader: Reader) -> Iterator[Taken]:
    """Yield the articles in a packed file, read with `reader`.

    Raises `InputError` where it is broken, or an archive of several files, and `LimitError` where it would unpack to
    more than an input may have.
    """
    name = received.name.removesuffix(".gz")
    try:
        with received.open() as packed, gzip.GzipFile(fileobj=packed) as file:
            raw = file.read(received.caps.page_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{received.name} is a broken gzip file, or cut short: {error}.") from error
    if len(raw) > (most := received.caps.page_bytes):
        message = f"{received.name} would unpack to more than {most:,} bytes; unpack it yourself, or raise the cap"
        raise LimitError(f"{message} with --cap page_bytes=NUMBER.")
    if raw[257:262] == b"ustar":
        raise InputError(f"{received.name} is an archive that newsbook does not read; unpack it, and name the folder.")
    yield from reader(replace(received, name=name, open=lambda: BytesIO(raw)))
