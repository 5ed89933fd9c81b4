"""The native form: the model as JSON. Dumping and reading back are inverse."""

import msgspec

from newsbook.diagnostics import InputError
from newsbook.model import Article, Issue


def dump(document: Article | Issue) -> bytes:
    r"""Return `document` as UTF-8 JSON, indented, with its `type` first and defaults left out.

    >>> dump(Article(headline="頭條")).decode()
    '{\n  "type": "article",\n  "headline": "頭條"\n}\n'
    """
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def load(raw: bytes, name: str) -> Article | Issue:
    """Read what `dump` wrote. Raises `InputError`, naming `name` and the faulty field, for anything else."""
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{name} is not newsbook's JSON: {error}. `newsbook parse` prints the form that is read."
        raise InputError(message) from error


_decoder: msgspec.json.Decoder[Article | Issue] = msgspec.json.Decoder(Article | Issue)
