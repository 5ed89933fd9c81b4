"""An edition that is to be kept: its sources are enclosed, and a manifest that says what it is and where it is from."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import normpath
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from newsbook import native
from newsbook.assets import style_files, styles
from newsbook.binding import Bound
from newsbook.cjk import counted
from newsbook.diagnostics import Code, Diagnostic, InputError, LimitError, Place, Report, UsageError, printable
from newsbook.fonts.faces import Face, FindFace
from newsbook.inputs import Input, is_file
from newsbook.model import Edition, Issue
from newsbook.outputs.pages import libraries
from newsbook.project import (
    Amendment,
    Fetching,
    Inspection,
    Meanings,
    Output,
    Project,
    Series,
    files_named,
    meant,
    renamed,
)
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
from newsbook.stories import Raw
from newsbook.workplace import Workplace

Takings: TypeAlias = tuple[tuple[Raw, ...], ...]

# Whose work shows in an edition.
_TOOLS = (
    "newsbook", "weasyprint", "ebooklib", "pikepdf", "fonttools", "uharfbuzz", "lxml", "pillow", "jinja2", "msgspec",
    "opencc", "ftfy",
)  # fmt: skip


def archived(  # noqa: PLR0913, PLR0917 - each is another side of what an edition is made of.
    made: bytes, edition: Edition, find_face: FindFace, issue: Issue, bound: Bound, output: Output, work: Workplace
) -> str:
    """Return the hash of a finished edition that holds what it was made of, sealed.

    `issue` has the articles of the edition, those of several issues in a volume.
    """
    text = native.dump(replace(issue, media=()))
    names = tuple(story.article.source.name for story in bound.stories)
    project = for_edition(bound.project, output, names)
    named = named_in(project)
    sources = tuple(_sources(bound.raws, named, output, work.store))
    _report_shared(bound, work.report)
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
        project=renamed(project, named),
    )
    files = [Enclosed(ISSUE, "application/json", text)]
    files += [Enclosed(each.record.file, media_type(each.record.path), each.data, "Source") for each in sources]
    sign = signer(_read(output.sign_with), printable(output.sign_with)) if output.sign_with else None
    return work.store.put(seal(made, manifest, files, sign))


# --- what the project says, and names


def for_edition(project: Project, output: Output, names: tuple[str, ...]) -> Project:
    """Return a project as far as it makes an edition of the articles called `names`.

    Nothing is in it of what is read from where, checked or signed, and of articles that are left out nothing but that.
    """
    kept = replace(output, file="", sign_with="")
    found = meant((said.of for said in project.articles), names)
    articles = tuple(
        said if found[said.of] else Amendment(said.of, hold=said.hold, leave_out=said.leave_out)
        for said in project.articles
    )
    asked = project.fetching
    fetching = Fetching(follow=asked.follow, most_pages=asked.most_pages, most_pictures=asked.most_pictures)
    told = replace(project, inputs=(), style=output.style, outputs=(kept,), articles=articles)
    return replace(told, fetching=fetching, check=Inspection(), series=Series())


def named_in(project: Project) -> dict[str, str]:
    """Return where each file that a project names lies in the edition, in a folder of its own, and a style's folder."""
    named = {
        name: f"named/{number:03d}/{printable(Path(name).name)}" for number, name in enumerate(files_named(project), 1)
    }
    style = project.style
    return named if style in styles() else named | {style: f"style/{printable(Path(style).name) or 'own'}"}


# --- sources


class HeldSource(Struct, frozen=True):
    """A source, as the manifest has it and as it is."""

    record: SourceRecord
    data: bytes


def _sources(raws: Takings, named: Mapping[str, str], output: Output, store: Store) -> Iterator[HeldSource]:
    """Yield what the edition was made of: what was read, and the files of the user's beside it."""
    held = [(path, raw.role, store.read(raw.sha256), raw.retrieval) for path, raw in _placed(raws, named)]
    held += [(path, role, data, None) for path, role, data in _beside(named, output)]
    for number, (path, role, data, retrieval) in enumerate(held, 1):
        digest = hashlib.sha256(data).hexdigest()
        name = safe_name(number, Path(path).name)
        yield HeldSource(SourceRecord(name, path, role, digest, len(data), retrieval), data)


def _placed(takings: Takings, named: Mapping[str, str]) -> Iterator[tuple[str, Raw]]:
    """Yield what was read with where it is to lie: as it lay, each folder by its number, in a volume by its issue's."""
    placed: dict[str, Raw] = {}
    for at, raws in enumerate(takings, 1):
        issue = f"{at:03d}/" if len(takings) > 1 else ""
        folders = dict.fromkeys(raw.folder for raw in raws if not raw.beside)
        numbers = {folder: number for number, folder in enumerate(folders, 1)}
        for raw in raws:
            near = str(Path(named[raw.beside]).parent) if raw.beside else f"{issue}{numbers[raw.folder]:03d}"
            # A page may name its picture by way of a folder that is not needed for it.
            own = raw.path if raw.retrieval else normpath(raw.path)
            placed.setdefault(f"{near}/{own}", raw)
    yield from placed.items()


def _beside(named: Mapping[str, str], output: Output) -> Iterator[tuple[str, str, bytes]]:
    """Yield what the project names, each with its path in the edition and its role, which its key tells."""
    own = Path(output.style)
    for file in style_files(output.style) if output.style not in styles() else ():
        if file.is_relative_to(own) and is_file(file):
            yield f"{named[output.style]}/{file.relative_to(own)}", "style", _read(str(file))
    roles = {output.cover: "cover", output.pages: "pages"}
    for name, path in named.items():
        if name != output.style:
            yield path, roles.get(name, "matter"), _read(name)


def _report_shared(bound: Bound, report: Report) -> None:
    """Report inputs that are enclosed whole, though an article was left out of what was read of them."""
    names = {story.article.source.name for story in bound.stories}
    left_out = Meanings(said.of for said in bound.project.articles if said.hold or said.leave_out)
    for raw in (raw for raws in bound.raws for raw in raws if raw.role in {"page", "further page"}):
        for name in raw.names:
            if name not in names and left_out.of(name):
                message = "it is not in the issue, and yet enclosed: its file holds articles that are."
                hint = "Give those in files of their own."
                report(Diagnostic(Code.SOURCE_SHARED, message, Place(name), hint))


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
