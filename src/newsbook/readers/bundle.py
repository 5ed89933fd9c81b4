"""Read a ZIP archive of articles and pictures as a folder is read: by name, each with the pictures beside it."""

import posixpath
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place
from newsbook.files import OVERRIDES_SUFFIX, PICTURE_SUFFIXES, TEXT_SUFFIXES, by_name, pictures_of
from newsbook.readers.interface import Enclosed, Reader, Received, Taken, pass_over
from newsbook.readers.ziparchive import joined, opened, read_from

_READ = TEXT_SUFFIXES | {".docx", ".epub", ".warc"}


def read_bundle(received: Received, reader: Reader) -> Iterator[Taken]:
    """Yield the articles in an archive, read with `reader`. Raises `InputError` where there is none in it."""
    found = False
    with opened(received) as archive:
        names = sorted(archive.names(), key=by_name)
        for name in filter(partial(_is_input, received), names):
            found = True
            folder = posixpath.dirname(name)
            beside = tuple(posixpath.basename(each) for each in names if posixpath.dirname(each) == folder)
            try:
                raw = archive.read(name)
                inner = replace(received, name=name, open=partial(BytesIO, raw), pictures=pictures_of(name, beside))
                for taken in reader(replace(inner, name=posixpath.basename(name))):
                    yield taken if taken.enclosed else replace(taken, enclosed=_enclosed(received, folder))
            except (InputError, LimitError) as error:
                pass_over(received, f"{received.name}/{name}", error)
    if not found:
        raise InputError(f"{received.name} is a ZIP archive without an article in it.")


def _enclosed(received: Received, folder: str) -> Enclosed:
    def picture(name: str) -> bytes:
        return read_from(received, joined(folder, name))

    return picture


def _is_input(received: Received, name: str) -> bool:
    """Tell whether a file of an archive is read; what is neither that nor a picture is a finding."""
    suffix = posixpath.splitext(name)[1].lower()
    if suffix in _READ and not name.endswith(OVERRIDES_SUFFIX):
        return True
    if suffix not in PICTURE_SUFFIXES:
        what = (
            "an archive in an archive is not opened" if suffix in {".zip", ".gz", ".7z", ".rar"} else "it is no article"
        )
        message = f"{what}; it is passed over."
        received.report(Diagnostic(Code.INPUT_IGNORED, message, Place(f"{received.name}/{name}")))
    return False
