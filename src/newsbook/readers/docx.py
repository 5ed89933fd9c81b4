"""Read Word files: mammoth turns styles into HTML, pictures come out by number, and the properties state the rest."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, BinaryIO, Protocol
from zipfile import BadZipFile, ZipFile

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, InputError, Place, Report
from newsbook.readers.interface import Enclosed, Received, Taken
from newsbook.readers.newsitem import ItemFacts, NewsItem, copy_of
from newsbook.readers.wordheads import TITLES, WordStory, stories_in, with_largest_titled
from newsbook.readers.ziparchive import ZipArchive, opened

if TYPE_CHECKING:
    from lxml import etree

# Word's built-in styles by the names that its languages give them; mammoth knows headings and lists by itself.
_HEADINGS = ("标题", "標題", "見出し", "제목", "Heading")
_PLAIN = {
    "p.deck": ("Subtitle", "副标题", "副標題", "부제", "부제목", "副題"),
    "p.caption": ("caption", "Caption", "题注", "標號", "図表番号", "캡션"),
    "p": ("footnote text", "endnote text"),
}
_STYLES = "\n".join((
    *(f"p[style-name='{name}'] => h1.title:fresh" for name in TITLES),
    *(f"p[style-name='{name} {rank}'] => h{rank}:fresh" for name in _HEADINGS for rank in range(1, 7)),
    *(f"p[style-name='{name}'] => {made}:fresh" for made, names in _PLAIN.items() for name in names),
    """p.Title => h1.title:fresh
p.Subtitle => p.deck:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => p.pull-quote:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML 预设格式'] => pre:separator('\\n')
r[style-name='HTML Code'] => code
r[style-name='Verbatim Char'] => code""",
))  # fmt: skip
_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/tiff": "tiff", "image/webp": "webp"}
_UNKNOWN_STYLE = re.compile(r"Unrecognised (?:paragraph|run|table) style")
# The library's own link from a note back to its mark.
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
# Whom Word takes for the author of a document until someone tells it better.
_NOBODY = frozenset(
    {"administrator", "admin", "user", "windows user", "microsoft office user", "python-docx", "un-named"}
)
# ISO/IEC 29500-1, section 15.2.14, and -2, section 6.5: what a document relates to is stated beside it, by `Id`.
_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_NAMED = re.compile(rb"""\br:(?:embed|link|id)=["']([\w.-]+)["']""")
_STATED = re.compile(rb"""\bId=["']([\w.-]+)["']""")
_PICTURE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PARAGRAPH = re.compile(r"</?p\b[^>]*>")


class _Image(Protocol):
    """What mammoth says of a picture."""

    content_type: str

    def open(self) -> "_Opened": ...


class _Opened(Protocol):
    def __enter__(self) -> BinaryIO: ...

    def __exit__(self, *args: object) -> None: ...


def read_docx(received: Received) -> Iterator[Taken]:
    """Yield the stories in a Word file. Raises `InputError` where it is broken or holds no text."""
    page = received.page()
    with opened(received) as archive:
        facts = _facts(archive)
    html, pictures = _converted(_with_targets(page.raw), received)
    pictured = _enclosed(pictures, page.name)
    digest = hashlib.sha256(page.raw).hexdigest()
    found = tuple(stories_in(_BACK.sub("", html)))
    for number, story in enumerate(found, 1):
        name = f"{page.name}#{number}" if len(found) > 1 else page.name
        told = replace(facts, headline="") if "<h1>" in story.html or len(found) > 1 else facts
        if story.others:
            _say_others(story, name, received.report)
        copy = copy_of(NewsItem(name, digest, told, html=story.html))
        yield Taken(replace(copy, is_authored=True), pictured)


def _say_others(story: WordStory, name: str, report: Report) -> None:
    """Say that headings may be headlines of other stories."""
    quoted = "、".join(f"“{each}”" for each in story.others[:3])
    message = f"the other headings of the first rank were taken for crossheads of one story: {quoted}."
    hint = "If each heads a story, write its date below it, use the style Title, or save each in a file of its own."
    report(Diagnostic(Code.STORY_DOUBTFUL, message, Place(name), hint))


def _with_targets(raw: bytes) -> bytes:
    """Return a Word file in which every relationship that its text names is stated: a picture that is not is lost."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            text, stated = archive.read(_DOCUMENT), archive.read(_RELATIONS)
            lost = sorted(set(_NAMED.findall(text)) - set(_STATED.findall(stated)))
            if not lost or b"</Relationships>" not in stated:
                return raw
            files = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, KeyError, EOFError, OSError, RuntimeError, ValueError, zlib.error):
        return raw
    added = b"".join(b'<Relationship Id="%b" Type="%b" Target="media/lost"/>' % (one, _PICTURE) for one in lost)
    files[_RELATIONS] = stated.replace(b"</Relationships>", added + b"</Relationships>")
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def _converted(raw: bytes, received: Received) -> tuple[str, dict[str, bytes]]:
    """Return the document as HTML, and the pictures in it by the names that they have there."""
    import mammoth

    pictures: dict[str, bytes] = {}
    numbers = count(1)

    def keep(image: _Image) -> dict[str, str]:
        name = f"image-{next(numbers)}.{_TYPES.get(image.content_type, 'bin')}"
        # One that the file only links to, or has lost, keeps its place and its caption.
        with suppress(ValueError, KeyError), image.open() as file:
            pictures[name] = file.read()
        return {"src": name}

    try:
        result = mammoth.convert_to_html(
            BytesIO(raw),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(keep),
            ignore_empty_paragraphs=True,
            transform_document=with_largest_titled,
        )
    except Exception as error:  # the library lets whatever a broken file provokes pass, from KeyError to ExpatError.
        raise InputError(f"{received.name} is a broken Word file: {type(error).__name__} {error}.") from error
    for message in dict.fromkeys(each.message for each in result.messages):
        if not _UNKNOWN_STYLE.match(message):
            received.report(Diagnostic(Code.FIELDS_LEFT_OUT, f"{message}.", Place(received.name)))
    return result.value, pictures


def _facts(archive: ZipArchive) -> ItemFacts:
    """Return what the document's properties state: ISO/IEC 29500-2, section 11.

    Its dates are those of the file, which say nothing of when a story was published.
    """
    from lxml import etree

    if "docProps/core.xml" not in archive:
        return ItemFacts()
    try:
        root = etree.fromstring(
            archive.read("docProps/core.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError:
        return ItemFacts()
    creator = _said(root, "creator")
    return ItemFacts(
        headline=_said(root, "title"),
        authors=(creator,) if creator and creator.lower() not in _NOBODY else (),
        section=_said(root, "category"),
        language=_said(root, "language"),
    )


def _said(root: "etree._Element", name: str) -> str:
    return "".join(root.xpath(f"string(*[local-name()='{name}'])")).strip()


def _enclosed(pictures: dict[str, bytes], name: str) -> Enclosed:
    def picture(image: str) -> bytes:
        if image not in pictures:
            raise InputError(f"it is not in {name}, which links to it or has lost it")
        return pictures[image]

    return picture
