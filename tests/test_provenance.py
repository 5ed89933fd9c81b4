"""Editions that are to be kept: what is in them, that they conform, and that nothing can be changed unnoticed."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import msgspec
import pikepdf
import pytest
from lxml import etree
from msgspec.structs import replace

from newsbook import Facts, Manner, Output, Project, build
from newsbook.assets import styles
from newsbook.diagnostics import Exit, InputError, UsageError
from newsbook.provenance.enclosing import ISSUE, MANIFEST, SIGNATURE
from newsbook.provenance.manifest import Manifest, load
from newsbook.provenance.sealing import CARRIERS
from newsbook.provenance.signing import is_signed, known_key
from newsbook.provenance.verifying import Verdict, verify
from writers.epub_tools import epubcheck
from writers.test_pdf import VERAPDF

ROOT = Path(__file__).parent.parent
BULLETIN = ROOT / "examples" / "bulletin"
KINDS = ("pdf", "epub")


def made(folder: Path, kind: str, **said: object) -> bytes:
    output = msgspec.structs.replace(Output(f"x.{kind}", profile="archive"), **said)
    project = Project(("in",), issue=Facts("渡口街坊報", "12"), outputs=(output,))
    built = build(project, folder, manner=Manner(record=""))
    assert built.exit is Exit.OK
    return (folder / f"x.{kind}").read_bytes()


def laid(folder: Path, *names: str) -> Path:
    """Lay some pages of the bulletin and their pictures into a folder."""
    (folder / "in").mkdir(parents=True)
    for name in names:
        for path in BULLETIN.glob(f"{name}*"):
            shutil.copy(path, folder / "in")
    return folder


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = laid(tmp_path_factory.mktemp("kept"), "2-canteen", "4-library")
    return {kind: made(folder, kind) for kind in KINDS}


@pytest.fixture(params=KINDS)
def kept(request: pytest.FixtureRequest, editions: dict[str, bytes]) -> bytes:
    return editions[request.param]


def kind_of(data: bytes) -> str:
    return "pdf" if data.startswith(b"%PDF") else "epub"


def held(data: bytes) -> dict[str, bytes]:
    return CARRIERS[kind_of(data)].enclosed(data)


def manifest_of(data: bytes) -> Manifest:
    return load(held(data)[MANIFEST])


def faults(data: bytes, **beside: bytes) -> list[str]:
    verdict = verify(data, {name.replace("_", "."): raw for name, raw in beside.items()})
    return [
        name
        for name, found in (("text", verdict.text), ("sources", verdict.sources), ("bytes", verdict.whole))
        if found
    ]


def test_what_was_made_agrees(kept: bytes) -> None:
    verdict = verify(kept, {path.name: path.read_bytes() for path in BULLETIN.glob("2-canteen*")})
    assert verdict.agrees
    assert isinstance(verdict, Verdict)
    assert not verdict.signature


def test_the_manifest_says_what_the_edition_is_and_where_it_is_from(kept: bytes) -> None:
    manifest = manifest_of(kept)
    files = held(kept)
    assert [source.path for source in manifest.sources if source.role == "page"] == [
        "001/2-canteen.txt",
        "001/4-library.json",
    ]
    for source in manifest.sources:
        raw = files[source.file]
        assert (hashlib.sha256(raw).hexdigest(), len(raw)) == (source.sha256, source.size)
        assert raw == (BULLETIN / Path(source.path).name).read_bytes()
    assert len(manifest.stories) == 2
    assert manifest.stories[0].source_sha256 == manifest.sources[0].sha256
    assert {"newsbook", "weasyprint", "python"} <= manifest.tools.keys()
    assert len(manifest.pictures) == 3
    assert all(len(digest) == 64 for face in manifest.faces for digest in face.sha256)
    assert bool(manifest.faces) == (manifest.kind == "pdf")
    assert manifest.project.inputs == ()
    assert str(ROOT) not in f"{files[MANIFEST]!r}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_names_the_document_of_its_story_where_briefs_were_gathered(tmp_path: Path, kind: str) -> None:
    laid(tmp_path, "2-canteen", "4-library")
    notices = {
        "1": ("渡口停航", "風大，渡口停航三天，街坊繞道石橋。"),
        "3": ("書房休息", "書房盤點，借的書晚一天還不算遲。"),
    }
    for number, (headline, text) in notices.items():
        (tmp_path / "in" / f"{number}.txt").write_text(f"{headline}\n\n{text}\n", "utf-8")
    edition = made(tmp_path, kind, style="newspaper")
    stories = manifest_of(edition).stories
    assert [story.document for story in stories] == ["a002", "a001", "a003", "a004"]
    assert [story.unset for story in stories] == [0] * 4
    assert verify(edition, {}).agrees
    if kind == "epub":
        with zipfile.ZipFile(io.BytesIO(edition)) as book:
            for story in stories:
                assert story.headline in "".join(etree.fromstring(book.read(f"EPUB/{story.document}.xhtml")).itertext())


def test_repairs_are_in_the_manifest(tmp_path: Path) -> None:
    manifest = manifest_of(made(laid(tmp_path, "1-lanterns"), "epub"))
    assert len(manifest.stories[0].repairs) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, kind: str, editions: dict[str, bytes]) -> None:
    there = laid(tmp_path / "elsewhere", "2-canteen", "4-library")
    assert made(there, kind) == editions[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_byte_counts(kind: str, editions: dict[str, bytes]) -> None:
    """A sample of all bytes, those of the file's end one by one."""
    data = editions[kind]
    size = len(data)
    places = {*range(0, size, size // 12), *range(size - 300, size, 37)}
    for at in sorted(places):
        changed = bytearray(data)
        changed[at] ^= 1
        # What cannot be opened at all is told by a failure, and never taken for sound.
        with suppress(InputError):
            assert faults(bytes(changed)), f"a change at {at} of {size} was not noticed"


def reenclosed(data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    """Return an edition with other enclosures, as somebody would make it who can use tools for PDF and zip."""
    if kind_of(data) == "epub":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        prefix = "META-INF/newsbook/"
        inner = change({name.removeprefix(prefix): raw for name, raw in files.items() if name.startswith(prefix)})
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, raw in files.items():
                if not name.startswith(prefix):
                    archive.writestr(name, raw)
            for name, raw in inner.items():
                archive.writestr(prefix + name, raw)
        return target.getvalue()
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        inner = change({name: document.attachments[name].get_file().read_bytes() for name in document.attachments})
        for name in list(document.attachments):
            del document.attachments[name]
        for name, raw in inner.items():
            document.attachments[name] = pikepdf.AttachedFileSpec(document, raw, filename=name)
        document.save(target)
    return target.getvalue()


def test_a_swapped_attachment_is_noticed(kept: bytes) -> None:
    def swap(files: dict[str, bytes]) -> dict[str, bytes]:
        one, other = (name for name in files if name.endswith((".jpg", ".png")) and "canteen" in name)
        return {**files, one: files[other], other: files[one]}

    assert {"sources", "bytes"} <= set(faults(reenclosed(kept, swap)))


def test_an_attachment_more_or_less_is_noticed(kept: bytes) -> None:
    first = manifest_of(kept).sources[0].file
    assert "sources" in faults(reenclosed(kept, lambda files: {n: raw for n, raw in files.items() if n != first}))
    assert "sources" in faults(reenclosed(kept, lambda files: {**files, "more.txt": b"x"}))


def test_a_changed_source_is_noticed(kept: bytes) -> None:
    page = (BULLETIN / "2-canteen.txt").read_bytes()
    assert faults(kept, **{"2-canteen_txt": page}) == []
    assert faults(kept, **{"2-canteen_txt": page + b" "}) == ["sources"]
    assert verify(kept, {"2-canteen.txt": b"x"}).sources == ("2-canteen.txt has changed",)
    assert verify(kept, {"other.txt": b"x"}).sources == ("other.txt is none of them",)


def test_a_story_that_was_taken_out_is_noticed(kept: bytes) -> None:
    def without(files: dict[str, bytes]) -> dict[str, bytes]:
        issue = msgspec.json.decode(files[ISSUE])
        return {**files, ISSUE: msgspec.json.encode({**issue, "articles": issue["articles"][1:]})}

    found = verify(reenclosed(kept, without), {}).text
    assert f"the story “{manifest_of(kept).stories[0].headline}” is missing, or another" in found


def test_pages_that_were_taken_out_are_noticed(editions: dict[str, bytes]) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(editions["pdf"])) as document:
        del document.pages[1]
        document.save(target)
    assert any("are on no page" in fault for fault in verify(target.getvalue(), {}).text)
    files = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(editions["epub"])) as archive, zipfile.ZipFile(files, "w") as other:
        for name in archive.namelist():
            if name != "EPUB/a001.xhtml":
                other.writestr(name, archive.read(name))
    assert any("is missing" in fault for fault in verify(files.getvalue(), {}).text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_the_users_signs_it(tmp_path: Path, kind: str, editions: dict[str, bytes]) -> None:
    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    folder = laid(tmp_path, "2-canteen", "4-library")
    (folder / "key.pem").write_bytes(known_key())
    signed = made(folder, kind, sign_with="key.pem")
    assert verify(signed, {}).agrees
    private = serialization.load_pem_private_key(known_key(), None)
    form = (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    public = private.public_key().public_bytes(*form)
    files = held(signed)
    assert is_signed(files[MANIFEST], files[SIGNATURE], public, "key")
    assert not is_signed(files[MANIFEST] + b" ", files[SIGNATURE], public, "key")
    assert replace(manifest_of(signed), sha256="") == replace(manifest_of(editions[kind]), sha256="")
    assert signed == made(folder, kind, sign_with="key.pem")
    for bad in (b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"):
        (folder / "key.pem").write_bytes(bad)
        with pytest.raises(UsageError, match=r"key\.pem cannot be used"):
            made(folder, kind, sign_with="key.pem")


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (Output("x.epub", profile="accessible"), "every EPUB is"),
        (Output("books", "epub", profile="archive", collection="individual"), "for issues and volumes"),
        (Output("x.pdf", profile="archive", booklet=True), "make two files"),
        (Output("x.pdf", profile="archive", sheets="2up"), "make two files"),
        (Output("x.pdf", sign_with="key.pem"), "write profile"),
        (Output("x.pdf", profile="archive", sign_with="gone.pem"), "does not exist"),
    ],
)
def test_what_cannot_be_kept_so_is_refused(tmp_path: Path, output: Output, words: str) -> None:
    (tmp_path / "key.pem").write_bytes(b"x")
    with pytest.raises(UsageError, match=words):
        build(Project(("in",), outputs=(output,)), laid(tmp_path, "2-canteen"))


def newsbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "newsbook", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def test_the_command_says_it_in_a_line(tmp_path: Path, kept: bytes) -> None:
    name = f"a.{kind_of(kept)}"
    (tmp_path / name).write_bytes(kept)
    done = newsbook(tmp_path, "verify", name, str(BULLETIN / "2-canteen.txt"), "--rebuild")
    said = "text agrees, sources agree, bytes agree, the same when rebuilt; without a signature\n"
    assert (done.stdout, done.stderr, done.returncode) == (f"{name}: {said}", "", Exit.OK)
    changed = bytearray(kept)
    changed[len(changed) // 2] ^= 1
    (tmp_path / name).write_bytes(changed)
    done = newsbook(tmp_path, "verify", name)
    assert "bytes differ" in done.stdout
    assert "the file is not as it was written." in done.stderr
    assert done.returncode == Exit.VALIDATION
    (tmp_path / name).write_bytes(kept)
    done = newsbook(tmp_path, "verify", name, "--key", "any.pub")
    assert (done.stdout.split("; ")[1], done.stderr, done.returncode) == (
        "not signed\n",
        "not signed.\n",
        Exit.VALIDATION,
    )
    (tmp_path / name).write_bytes(kept[: len(kept) // 2])
    done = newsbook(tmp_path, "verify", name)
    assert done.returncode == Exit.INPUT
    assert " at 0x" not in done.stderr
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.7\n")
    assert newsbook(tmp_path, "verify", "no.pdf").returncode == Exit.INPUT
    assert newsbook(tmp_path, "verify", "gone.pdf").returncode == Exit.INPUT
    os.mkfifo(tmp_path / "pipe.pdf")
    for other in ("pipe.pdf", ".", "/dev/zero"):
        assert "is no file" in newsbook(tmp_path, "verify", other).stderr


@pytest.mark.parametrize("path", ["../out.txt", "/etc/out.txt", "001/../../out.txt", "."])
def test_a_manifest_leads_nowhere_outside_when_it_is_rebuilt(
    tmp_path: Path, editions: dict[str, bytes], path: str
) -> None:
    def lead(files: dict[str, bytes]) -> dict[str, bytes]:
        manifest = msgspec.json.decode(files[MANIFEST])
        manifest["sources"][0]["path"] = path
        return {**files, MANIFEST: msgspec.json.encode(manifest)}

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.epub").write_bytes(reenclosed(editions["epub"], lead))
    done = newsbook(tmp_path / "in", "verify", "a.epub", "--rebuild")
    assert "leads outside" in done.stderr
    assert done.returncode == Exit.VALIDATION
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


@pytest.mark.tool
def test_an_e_book_that_is_kept_passes_epubcheck(tmp_path: Path, editions: dict[str, bytes]) -> None:
    (tmp_path / "x.epub").write_bytes(editions["epub"])
    assert epubcheck(tmp_path / "x.epub") == ()


@pytest.mark.skipif(not VERAPDF.exists(), reason="veraPDF is not part of newsbook, and was not found beside it")
def test_a_pdf_that_is_kept_conforms_to_pdf_a_and_ua_in_every_style(tmp_path: Path) -> None:
    folder = laid(tmp_path, "2-canteen")
    for style, language in zip(styles(), cycle(["zh-Hant", "zh-Hans"]), strict=False):
        output = Output(f"{style}.pdf", profile="archive", style=style)
        build(Project(("in",), issue=Facts("渡口街坊報", language=language), outputs=(output,)), folder)
    paths = sorted(folder.glob("*.pdf"))
    for flavour in ("3a", "ua1"):
        done = subprocess.run([VERAPDF, flavour, *paths], capture_output=True, text=True, check=False)
        assert done.stdout.count("PASS") == len(styles()), done.stdout
