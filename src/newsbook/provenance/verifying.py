"""Hold an edition against the manifest in it: its text, its sources and its bytes, each told in words."""

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from unicodedata import normalize

import pikepdf
from lxml import etree
from msgspec import Struct

from newsbook import native
from newsbook.cjk import counted
from newsbook.diagnostics import InputError
from newsbook.model import PANELS, Article, Issue
from newsbook.provenance.counting import of_story
from newsbook.provenance.enclosing import ISSUE, MANIFEST, OWN, SIGNATURE
from newsbook.provenance.epub import BROKEN
from newsbook.provenance.manifest import Manifest, load
from newsbook.provenance.sealing import CARRIERS, is_sealed, kind_of
from newsbook.writers.pdf.pdfium import characters_of


class Verdict(Struct, frozen=True):
    """What an edition was found to be: what is wrong with its text, its sources and its bytes, empty where they agree.

    `signature` is empty where there is none.
    """

    manifest: Manifest
    text: tuple[str, ...]
    sources: tuple[str, ...]
    whole: tuple[str, ...]
    signature: bytes
    signed: bytes

    @property
    def agrees(self) -> bool:
        """Whether nothing is wrong with it."""
        return not (self.text or self.sources or self.whole)


def verify(made: bytes, beside: Mapping[str, bytes]) -> Verdict:
    """Return what an edition is, held against its manifest, and against sources that lie `beside` it, by their names.

    Raises `InputError` where it has no manifest that can be read.
    """
    carrier = CARRIERS[kind_of(made)]
    held = carrier.enclosed(made)
    if MANIFEST not in held:
        raise InputError("it holds no manifest; newsbook makes one with --profile archive.")
    manifest = load(held[MANIFEST])
    try:
        is_whole = is_sealed(made) and manifest.kind == kind_of(made)
    except InputError:
        is_whole = False
    return Verdict(
        manifest=manifest,
        text=tuple(_of_text(made, manifest, held)),
        sources=tuple(_of_sources(manifest, held, beside)),
        whole=() if is_whole else ("the file is not as it was written",),
        signature=held.get(SIGNATURE, b""),
        signed=held[MANIFEST],
    )


def _of_sources(manifest: Manifest, held: Mapping[str, bytes], beside: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with the sources that an edition holds, and with those that lie beside it."""
    for source in manifest.sources:
        data = held.get(source.file)
        if data is None:
            yield f"{source.file} is missing"
        elif hashlib.sha256(data).hexdigest() != source.sha256:
            yield f"{source.file} is another"
    known = {source.file for source in manifest.sources} | {ISSUE, *OWN}
    yield from (f"{name} is in no manifest" for name in held if name not in known)
    by_name = {source.path.rpartition("/")[2]: source for source in manifest.sources}
    digests = {source.sha256 for source in manifest.sources}
    for name, data in beside.items():
        if hashlib.sha256(data).hexdigest() not in digests:
            yield f"{name} {'has changed' if name in by_name else 'is none of them'}"


def _of_text(made: bytes, manifest: Manifest, held: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with the text: the stories as data, as the manifest has them, and as they are set."""
    try:
        issue = native.load(held.get(ISSUE, b""), ISSUE)
    except InputError:
        issue = None
    if not isinstance(issue, Issue) or hashlib.sha256(held[ISSUE]).hexdigest() != manifest.issue_sha256:
        yield f"{ISSUE} is missing, or another"
    stories = issue.articles if isinstance(issue, Issue) else ()
    digests = [hashlib.sha256(native.dump(article)).hexdigest() for article in stories]
    told = [story.sha256 for story in manifest.stories]
    for story in manifest.stories:
        if story.sha256 not in digests:
            yield f"the story “{story.headline}” is missing, or another"
    if len(digests) > len(told):
        yield f"{len(digests) - len(told)} stories are in no manifest"
    yield from _of_pages(made, manifest, stories)


def _of_pages(made: bytes, manifest: Manifest, stories: tuple[Article, ...]) -> Iterator[str]:
    """Yield what of the stories does not stand where they are set."""
    try:
        if manifest.kind == "epub":
            yield from _of_documents(made, manifest, stories)
            return
        shown = counted("".join(characters_of(made).elements()))
        titles = _bookmarks(made)
    except (*BROKEN, pikepdf.PikepdfError, KeyError, etree.XMLSyntaxError, InputError) as error:
        yield f"its pages cannot be read ({error})"
        return
    for article in stories:
        # What has a frame of its own, as an advertisement, has no bookmark.
        if article.headline and article.genre not in PANELS and _squeezed(article.headline) not in titles:
            yield f"the story “{article.headline}” has no bookmark"
    lost = (sum(map(of_story, stories), Counter[str]()) - shown).total() - sum(each.unset for each in manifest.stories)
    if lost > 0:
        yield f"{lost} characters of its stories are on no page"


def _of_documents(made: bytes, manifest: Manifest, stories: tuple[Article, ...]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = frozenset(archive.namelist())
        for record, article in zip(manifest.stories, stories, strict=False):
            name = f"EPUB/{record.document}.xhtml"
            if name not in names:
                yield f"the story “{record.headline}” is missing"
                continue
            shown = counted("".join(map(str, etree.fromstring(archive.read(name)).itertext())))
            lost = (of_story(article) - shown).total() - record.unset
            if lost > 0:
                yield f"{lost} characters of “{record.headline}” are not in it"


def _bookmarks(pdf: bytes) -> frozenset[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        waiting, titles = list(outline.root), set[str]()
        while waiting:
            entry = waiting.pop()
            titles.add(_squeezed(str(entry.title)))
            waiting += entry.children
    return frozenset(titles)


def _squeezed(title: str) -> str:
    return "".join(normalize("NFKC", title).split())
