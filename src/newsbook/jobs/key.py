"""The key of a job: the same wherever the job would do the same, another wherever it might not."""

import hashlib
import sys
import unicodedata
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from newsbook.assets import root
from newsbook.jobs.job import Job

# What click, httpx, httpcore, idna, landlockpy and protego do shows in no output.
LIBRARIES = (
    "brotli", "cobble", "cssselect2", "ebooklib", "feedparser", "feedparser-sgmllib", "fonttools", "ftfy", "jinja2",
    "latex2mathml", "lxml", "mammoth", "markdown-it-py", "mdit-py-plugins", "msgspec", "opencc", "pikepdf", "pillow",
    "pillow-heif", "pydyf", "pypdfium2", "pyphen", "pypinyin", "pyyaml", "rapidfuzz", "regex", "segno", "tinycss2",
    "tinyhtml5", "uharfbuzz", "warcio", "weasyprint", "zopfli",
)  # fmt: skip


def key_of(job: Job[object]) -> str:
    """Return the SHA-256, in hex, of a job's type, its fields, newsbook's own code, and the libraries it works with.

    Libraries outside of Python and the faces of this machine are no part of it, since few jobs depend on them. A job
    that does has their versions and hashes among its fields: Pango's, or those of the faces that it sets text in.
    """
    kind = type(job)
    named = f"{kind.__module__}.{kind.__qualname__}"
    return hashlib.sha256(_ENCODER.encode((named, _fields(job), _code(), _versions()))).hexdigest()


def _fields(job: Job[object]) -> bytes:
    """Return the fields as bytes. A file's name may hold what is no UTF-8, which only JSON can escape."""
    try:
        return _ENCODER.encode(job)
    except UnicodeEncodeError:
        import json

        return json.dumps(msgspec.to_builtins(job, order="deterministic")).encode()


@cache
def _code() -> bytes:
    """Return the digest of every file of newsbook's own, tables and templates too, read once for a process."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parents[1], root() / "templates"):
        for file in sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"):
            data = file.read_bytes()
            digest.update(f"{file.relative_to(folder).as_posix()}\n{len(data)}\n".encode())
            digest.update(data)
    return digest.digest()


@cache
def _versions() -> tuple[str, ...]:
    """Return the versions of Python, of what it brings along that shows in outputs, and of the libraries."""
    brought = (sys.version.split()[0], unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION)
    return brought + tuple(f"{library} {_version(library)}" for library in LIBRARIES)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
