"""Pictures that belong to a style, or that the user sets in the nameplate: they become media of the edition.

A sheet names them by their place in its folder, as `url(logo.svg)`. What it names otherwise it does not get.
"""

from pathlib import Path

import tinycss2
from lxml import etree
from tinycss2.ast import FunctionBlock, Node, StringToken, URLToken

from newsbook.diagnostics import InputError, UsageError
from newsbook.gate import Caps
from newsbook.layout.drawings import size_of_drawing
from newsbook.model import Media, Stylesheet
from newsbook.pictures import prepare
from newsbook.store import Store

_MOST_BYTES = 20_000_000
_SUFFIXES = frozenset((".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"))


def picture_of(raw: bytes, name: str, store: Store, caps: Caps = Caps()) -> Media:
    """Return a picture as media of an edition, put into `store`. Raises `UsageError` for one unfit."""
    if len(raw) > caps.picture_bytes:
        raise UsageError(f"the picture {name} has more than {caps.picture_bytes:,} bytes (cap picture_bytes).")
    try:
        if _is_xml(raw):
            width, height = size_of_drawing(raw)
            digest = store.put(raw)
            return Media(f"style-{digest[:12]}.svg", "image/svg+xml", width, height, digest)
        made = prepare(raw, caps=caps)
    except (InputError, etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"the picture {name} cannot be used: {error}; give an SVG, a PNG or a JPEG.") from error
    return Media(f"style-{made.sha256[:12]}.{made.suffix}", made.type, made.width, made.height, store.put(made.data))


def _is_xml(raw: bytes) -> bool:
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def with_pictures(sheet: Stylesheet, folder: Path, store: Store) -> tuple[Stylesheet, tuple[Media, ...]]:
    """Return a sheet whose pictures are those of an edition, and the pictures, out of the folder of the sheet."""
    if "url(" not in sheet.css.lower():
        return sheet, ()
    nodes = tinycss2.parse_component_value_list(sheet.css)
    found: dict[str, Media] = {}
    _replace(nodes, folder, store, found)
    css = tinycss2.serialize(nodes) if found else sheet.css
    return Stylesheet(sheet.name, css), tuple(found.values())


def _replace(nodes: list[Node], folder: Path, store: Store, found: dict[str, Media]) -> None:
    """Replace the addresses of pictures, however deep they lie."""
    left = list(nodes)
    while left:
        node = left.pop()
        if isinstance(node, URLToken):
            media = _media(node.value, folder, store, found)
            node.representation = f'url("images/{media.name}")' if media else node.representation
        elif isinstance(node, FunctionBlock) and node.lower_name == "url":
            for said in (each for each in node.arguments if isinstance(each, StringToken)):
                media = _media(said.value, folder, store, found)
                said.representation = f'"images/{media.name}"' if media else said.representation
        else:
            left += [*(getattr(node, "content", None) or ()), *(getattr(node, "arguments", None) or ())]


def _media(name: str, folder: Path, store: Store, found: dict[str, Media]) -> Media | None:
    """Return the picture that a sheet names, if its folder holds it."""
    if name in found:
        return found[name]
    file = folder / name
    try:
        is_own = file.suffix.lower() in _SUFFIXES and file.resolve().is_relative_to(folder.resolve()) and file.is_file()
        if not is_own:
            return None
        with file.open("rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"the picture {file} cannot be read: {error}.") from error
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"the picture {file} has more than {_MOST_BYTES:,} bytes; make it smaller.")
    found[name] = picture_of(raw, str(file), store)
    return found[name]
