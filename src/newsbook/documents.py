"""An XHTML document of an edition as data: what its body holds is read out of it once, when it is made."""

from collections.abc import Mapping
from xml.parsers import expat

from newsbook.diagnostics import ValidationError
from newsbook.model import FORBIDDEN, Document

_BEGIN, _END = '<body xmlns:epub="http://www.idpf.org/2007/ops">', "</body>"

# What a carrier must know to be in a document, by the name of the element that it stands in.
_PROPERTIES = {"math": "mathml", "ruby": "ruby", "svg": "svg"}


def document(name: str, role: str, title: str, language: str, body: str) -> Document:
    """Return a document with what its body holds. Raises `ValidationError` where that is not well-formed.

    >>> made = document("a001", "article", "早市", "zh-Hant", '早市<div class="body" id="x"><p>六點&amp;開張</p></div>')
    >>> made.text, made.story, made.anchors
    ('早市六點&開張', '六點&開張', ('x',))
    """
    held = _read(name, body)
    return Document(
        name=name,
        role=role,
        title=title,
        language=language,
        body=body,
        text="".join(held.text),
        story="".join(held.story),
        images=tuple(dict.fromkeys(held.images)),
        anchors=tuple(held.anchors),
        links=tuple(dict.fromkeys(held.links)),
        properties=tuple(sorted(held.properties)),
    )


def with_body(made: Document, body: str) -> Document:
    """Return a document with another body, and what that holds."""
    return document(made.name, made.role, made.title, made.language, body)


def _read(name: str, body: str) -> "_BodyReader":
    try:
        return _BodyReader(body)
    except (expat.ExpatError, UnicodeEncodeError):
        pass
    # What XML cannot hold is a fault of the text, which is found where a carrier cannot take it.
    try:
        return _BodyReader(FORBIDDEN.sub("", body))
    except expat.ExpatError as error:
        raise ValidationError(f"the document {name} is not well-formed: {error}.") from error


class _BodyReader:
    """What a body holds, as it is found on the way through it."""

    def __init__(self, body: str) -> None:
        self.text: list[str] = []
        self.story: list[str] = []
        self.images: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.properties: set[str] = set()
        self._depth = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add
        parser.Parse(f"{_BEGIN}{body}{_END}", True)  # noqa: FBT003 - expat names no arguments.

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._depth or attributes.get("class") == "body":
            self._depth += 1
        if "id" in attributes:
            self.anchors.append(attributes["id"])
        if "href" in attributes:
            self.links.append(attributes["href"])
        if attributes.get("src", "").startswith("images/"):
            self.images.append(attributes["src"].removeprefix("images/"))
        name = tag.rpartition(":")[2]
        if name in _PROPERTIES:
            self.properties.add(_PROPERTIES[name])

    def _end(self, _tag: str) -> None:
        self._depth -= bool(self._depth)

    def _add(self, text: str) -> None:
        self.text.append(text)
        if self._depth:
            self.story.append(text)


def places(body: str) -> list[int]:
    """Return where in a body the characters of its text stand that are no white space, one after the other.

    >>> places("<p>早 &amp;市</p>")
    [3, 5, 10]
    """
    raw = f"{_BEGIN}{body}{_END}".encode()
    found: list[int] = []
    at_byte, at = len(_BEGIN), 0

    def run(text: str) -> None:
        nonlocal at_byte, at
        at += len(raw[at_byte : parser.CurrentByteIndex].decode())
        at_byte = parser.CurrentByteIndex
        found.extend(at + number for number, character in enumerate(text) if not character.isspace())

    parser = expat.ParserCreate()
    parser.CharacterDataHandler = run
    parser.Parse(raw, True)  # noqa: FBT003 - expat names no arguments.
    return found
