"""An edition that is to be kept: its sources are enclosed, and a manifest that says what it is and where it is from."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newsbook import native
from newsbook.assets import style_files, styles
from newsbook.binding import Bound
from newsbook.cjk import counted
from newsbook.diagnostics import InputError, LimitError, UsageError, printable
from newsbook.fonts.faces import Face, FindFace
from newsbook.inputs import Input
from newsbook.model import Edition, Issue
from newsbook.outputs.pages import libraries
from newsbook.project import Fetching, Output, Project
from newsbook.provenance.counting import of_story
from newsbook.provenance.enclosing import ISSUE, Enclosed, media_type, safe_name
from newsbook.provenance.manifest import (
    UNSEALED,
    FaceRecord,
    Manifest,
    PictureRecord,
    SourceRecord,
    StoryRecord,
)
from newsbook.provenance.sealing import seal
from newsbook.provenance.signing import signer
from newsbook.record import installed_version
from newsbook.store import Store

# Whose work shows in an edition.
_TOOLS = (
    "newsbook", "weasyprint", "ebooklib", "pikepdf", "fonttools", "uharfbuzz", "lxml", "pillow", "jinja2", "msgspec",
    "opencc", "ftfy",
)  # fmt: skip


def archived(  # noqa: PLR0913, PLR0917 - each is another side of what an edition is made of.
    made: bytes, edition: Edition, find_face: FindFace, bound: Bound, output: Output, store: Store
) -> str:
    """Return the hash of a finished edition that holds what it was made of, sealed."""
    issue = replace(bound.issues[0], media=())
    text = native.dump(issue)
    sources = tuple(_sources(bound, output, store))
    metadata = edition.metadata
    manifest = Manifest(
        version=1,
        kind=output.kind,
        sha256=UNSEALED,
        identifier=metadata.identifier,
        title=metadata.title,
        language=metadata.language,
        date=metadata.date,
        tools=_tools(),
        faces=tuple(_faces(edition, find_face)),
        sources=tuple(source.record for source in sources),
        stories=tuple(_stories(edition, issue)),
        pictures=tuple(PictureRecord(m.name, m.type, m.sha256, m.width, m.height) for m in edition.media),
        issue_sha256=hashlib.sha256(text).hexdigest(),
        project=_project(bound.project, output),
    )
    files = [Enclosed(ISSUE, "application/json", text)]
    files += [Enclosed(each.record.file, media_type(each.record.path), each.data, "Source") for each in sources]
    sign = signer(_read(output.sign_with), printable(output.sign_with)) if output.sign_with else None
    return store.put(seal(made, manifest, files, sign))


class HeldSource(Struct, frozen=True):
    """A source, as the manifest has it and as it is."""

    record: SourceRecord
    data: bytes


def _sources(bound: Bound, output: Output, store: Store) -> Iterator[HeldSource]:
    """Yield what the edition was made of: what was read, and the files of the user's beside it."""
    held = [(f"{raw.number:03d}/{raw.path}", raw.role, store.read(raw.sha256), raw.retrieval) for raw in bound.raws]
    held += [(path, role, data, None) for path, role, data in _beside(output)]
    for number, (path, role, data, retrieval) in enumerate(held, 1):
        digest = hashlib.sha256(data).hexdigest()
        name = safe_name(number, Path(path).name)
        yield HeldSource(SourceRecord(name, path, role, digest, len(data), retrieval), data)


def _beside(output: Output) -> Iterator[tuple[str, str, bytes]]:
    own = Path(output.style)
    for file in style_files(output.style) if output.style not in styles() else ():
        if file.is_relative_to(own) and file.suffix:
            yield f"style/{own.name}/{file.relative_to(own)}", "style", _read(str(file))
    for role, name in (("cover", output.cover), ("pages", output.pages)):
        if name:
            yield f"{role}{Path(name).suffix}", role, _read(name)


def _read(name: str) -> bytes:
    """Return the content of a file that the user named."""
    try:
        return Input(printable(name), Path(name)).read()
    except (InputError, LimitError) as error:
        raise UsageError(f"{error}") from error


_OF_ARTICLES = frozenset({"article", "brief", "foreword", "panel"})


def _stories(edition: Edition, issue: Issue) -> Iterator[StoryRecord]:
    documents = [document for document in edition.documents if document.role in _OF_ARTICLES]
    # Make-up sets briefs and frames behind the stories of their section.
    set_as = dict(zip(edition.order or range(len(documents)), documents, strict=True))
    for at, article in enumerate(issue.articles):
        document = set_as[at]
        source = article.source
        digest = hashlib.sha256(native.dump(article)).hexdigest()
        unset = (of_story(article) - counted(document.text)).total()
        record = StoryRecord(document.name, article.headline, source.name, source.sha256, digest)
        yield replace(record, repairs=source.repairs, omissions=source.omissions, changes=source.changes, unset=unset)


def _faces(edition: Edition, find_face: FindFace) -> Iterator[FaceRecord]:
    for family in edition.families:
        face = find_face(family)
        if face:
            yield FaceRecord(face.family, face.version, tuple(dict.fromkeys(_digests(face))))
    yield from (FaceRecord(font.name, "", (hashlib.sha256(font.data).hexdigest(),)) for font in edition.fonts)


def _digests(face: Face) -> Iterator[str]:
    for font in (face.regular, face.bold):
        if font:
            yield hashlib.sha256(_read(font.file)).hexdigest()


def _tools() -> dict[str, str]:
    version = ".".join(map(str, sys.version_info[:3]))
    known = {name: installed_version(name) for name in _TOOLS} | {"python": version}
    return known | dict(each.split(" ", 1) for each in libraries())


def _project(project: Project, output: Output) -> Project:
    """Return what the edition was made by: nothing of where things lie on this machine, or how they were fetched."""
    is_own = output.style not in styles()
    style = f"style/{Path(output.style).name}" if is_own else output.style
    cover = f"cover{Path(output.cover).suffix}" if output.cover else ""
    pages = f"pages{Path(output.pages).suffix}" if output.pages else ""
    kept = replace(output, file="", style=style, cover=cover, pages=pages, sign_with="")
    return replace(project, inputs=(), style=style, outputs=(kept,), fetching=Fetching())
