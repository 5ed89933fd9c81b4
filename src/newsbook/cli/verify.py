"""`newsbook verify`: hold an edition against the manifest in it, and, if asked to, make it again of what it holds."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from newsbook.claims import scratch
from newsbook.cli.run import call_of, run
from newsbook.cli.streams import write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit, InputError, NewsbookError, UsageError, ValidationError, printable

if TYPE_CHECKING:
    from newsbook.project import Project
    from newsbook.provenance.manifest import SourceRecord
    from newsbook.provenance.verifying import Verdict


# What is verified is read into memory.
_MOST_BYTES = 2_000_000_000
# What a process may take at most that makes an edition again, whatever its manifest says.
_MOST_MEGABYTES, _MOST_SECONDS = 4096, 900.0


@click.command(epilog="Example: newsbook verify bulletin.pdf cuttings/page.txt --rebuild")
@click.argument("file")
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@click.option("--key", default="", metavar="FILE", help="The public key, of Ed25519, that the manifest is signed with.")
@click.option("--rebuild", is_flag=True, help="Make the edition again, of the sources in it, and compare.")
@click.option("--debug", is_flag=True, help="Show where in the program an internal error happened.")
@click.pass_context
def verify_command(context: click.Context, /, file: str, sources: tuple[str, ...], key: str, **_: object) -> None:
    """Say whether the text, the sources and the bytes of a FILE agree with its manifest.

    FILE is a PDF or EPUB that was made with --profile archive. Every SOURCE is held against the sources in it. What
    does not agree is told on standard error, and ends with exit code 6.
    """

    def check(terminal: Terminal) -> Exit:
        return _checked(file, sources, key, rebuilds=context.params["rebuild"], terminal=terminal)

    run(call_of(context), check)


def _checked(file: str, sources: tuple[str, ...], key: str, *, rebuilds: bool, terminal: Terminal) -> Exit:
    from newsbook.provenance.verifying import verify

    made = _read(file)
    try:
        verdict = verify(made, {printable(Path(name).name): _read(name) for name in sources})
    except InputError as error:
        raise InputError(f"{printable(file)} cannot be verified: {error}") from error
    words = [_worded("text", verdict.text), _worded("sources", verdict.sources), _worded("bytes", verdict.whole)]
    faults = [*verdict.text, *verdict.sources, *verdict.whole]
    signature = _signature(verdict, key)
    if signature.startswith("not "):
        faults.append(f"{signature}, or the manifest is not as it was signed" if verdict.signature else signature)
    if rebuilds:
        difference = _difference(made, verdict)
        words.append("another when rebuilt" if difference else "the same when rebuilt")
        faults += [difference] if difference else []
    write_output(f"{printable(file)}: {', '.join(words)}; {signature}\n".encode())
    for fault in faults:
        terminal.say(f"{fault}.")
    return Exit.VALIDATION if faults else Exit.OK


def _worded(what: str, faults: tuple[str, ...]) -> str:
    agrees = "agrees" if what == "text" else "agree"
    return f"{what} {'differ' + ('s' if what == 'text' else '') if faults else agrees}"


def enclosed_inputs(path: Path, folder: Path) -> tuple[str, ...]:
    """Lay what an edition holds out into an empty folder, and return the inputs among it, seen from there.

    Raises `InputError` where the file is no such edition.
    """
    from newsbook.provenance.sealing import CARRIERS
    from newsbook.provenance.verifying import verify

    made = _read(str(path))
    try:
        verdict = verify(made, {})
    except InputError as error:
        raise InputError(f"{printable(path)} holds no articles: {error}") from error
    held = CARRIERS[verdict.manifest.kind].enclosed(made)
    return _laid_out(verdict.manifest.sources, held, folder)


def _read(name: str) -> bytes:
    """Return the content of a file. Raises `InputError` for what is none, a pipe or a device, and what is too large."""
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{printable(name)} is no file.")
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{printable(name)} has more than {_MOST_BYTES:,} bytes.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"{printable(name)} cannot be read: {getattr(error, 'strerror', '') or error}.") from error


def _signature(verdict: "Verdict", key: str) -> str:
    from newsbook.provenance.signing import is_signed

    if not verdict.signature:
        return "not signed" if key else "without a signature"
    if not key:
        return "signed, by whom --key tells"
    is_good = is_signed(verdict.signed, verdict.signature, _read(key), printable(key))
    return "signed by that key" if is_good else "not signed by that key"


def _difference(made: bytes, verdict: "Verdict") -> str:
    """Return what is different in an edition that is made again of what it holds, or nothing."""
    from newsbook.provenance.verifying import verify

    try:
        again = _rebuilt(made, verdict)
    except NewsbookError as error:
        return f"it cannot be made again: {'; '.join(f'{error}'.splitlines())}".rstrip(".")
    other = verify(again, {}).manifest
    one = verdict.manifest
    # The hash in it covers every byte but those of the signature, which is of another key.
    if other == one and not verdict.whole:
        return ""
    tools = [name for name in {**one.tools, **other.tools} if one.tools.get(name) != other.tools.get(name)]
    if one.faces != other.faces:
        tools.append("the faces")
    changed = [story.headline for story in one.stories if story.sha256 not in {each.sha256 for each in other.stories}]
    why = f", with other versions of {', '.join(tools)}" if tools else ""
    what = f"; its text differs in “{'”, “'.join(changed)}”" if changed else "; its text is the same"
    return f"made again it is another file{why}{what}"


def _rebuilt(made: bytes, verdict: "Verdict") -> bytes:
    """Return an edition made of what it holds. Whatever its manifest says, nothing else is read or fetched."""
    from newsbook.building import Manner, build
    from newsbook.jobs import Limits
    from newsbook.provenance.sealing import CARRIERS

    held = CARRIERS[verdict.manifest.kind].enclosed(made)
    with scratch() as claimed:
        # What is written together locks its folder, and this one is locked as claimed.
        folder = claimed / "rebuilt"
        folder.mkdir()
        inputs = _laid_out(verdict.manifest.sources, held, folder)
        if verdict.manifest.project.outputs[:1] and verdict.manifest.project.outputs[0].collection == "volume":
            inputs = _listed(verdict.manifest.sources, inputs, folder)
        project = _project(verdict, inputs, folder)
        told = project.processes
        memory = min(told.memory, _MOST_MEGABYTES) << 20
        limits = Limits(memory, min(told.cpu, _MOST_SECONDS), min(told.wall, _MOST_SECONDS))
        build(project, folder, manner=Manner(limits=limits))
        return (folder / project.outputs[0].file).read_bytes()


def _laid_out(sources: "tuple[SourceRecord, ...]", held: dict[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write sources into a folder, as they lay, or into its cache, and return the inputs among them."""
    from newsbook.fetch.cache import Cache, CachedAnswer

    inputs: list[str] = []
    for source in sources:
        if source.file not in held:
            raise ValidationError(f"{source.file} is missing.")
        if source.retrieval:
            asked = source.retrieval.asked or source.retrieval.url
            Cache(folder / "cache").keep(CachedAnswer(asked, "", source.retrieval), held[source.file])
        else:
            place = _inside(source.path, folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(held[source.file])
        if source.role == "page":
            inputs.append(asked if source.retrieval else source.path)
    return tuple(inputs)


def _listed(sources: "tuple[SourceRecord, ...]", inputs: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Return the inputs of a volume as lists, one for each issue: pages lie in a folder of theirs."""
    pages = (source for source in sources if source.role == "page")
    issues: dict[str, list[str]] = {}
    for page, name in zip(pages, inputs, strict=True):
        issues.setdefault(page.path.partition("/")[0], []).append(name)
    for number, names in enumerate(issues.values(), 1):
        (folder / f"issue-{number:03d}.list").write_text("\n".join(names) + "\n", "utf-8")
    return tuple(f"@issue-{number:03d}.list" for number in range(1, len(issues) + 1))


def _inside(path: str, folder: Path) -> Path:
    """Return a place in a folder. Raises `ValidationError` where a path of a manifest leads out of it."""
    place = folder / path
    if "\0" in path or ".." in place.parts or not place.is_relative_to(folder) or place == folder:
        raise ValidationError(f"the path {printable(path)} leads outside.")
    return place


def _project(verdict: "Verdict", inputs: tuple[str, ...], folder: Path) -> "Project":
    """Return the project that an edition was made by, held to what lies in a folder."""
    from newsbook.assets import styles
    from newsbook.project import Fetching, files_named
    from newsbook.provenance.signing import known_key

    told = verdict.manifest.project
    if len(told.outputs) != 1:
        raise UsageError("its manifest has no project.")
    output = told.outputs[0]
    for name in (*files_named(told), *(() if output.style in styles() else (output.style,))):
        _inside(name, folder)
    if verdict.signature:
        (folder / "key.pem").write_bytes(known_key())
    signs = "key.pem" if verdict.signature else ""
    kept = replace(output, file=f"edition.{verdict.manifest.kind}", kind=verdict.manifest.kind, sign_with=signs)
    is_online = any(source.retrieval and source.role == "picture" for source in verdict.manifest.sources)
    asked = told.fetching
    fetching = Fetching("cache", offline=True, pictures=is_online, follow=asked.follow)
    fetching = replace(fetching, most_pages=asked.most_pages, most_pictures=asked.most_pictures)
    return replace(told, inputs=inputs, style=output.style, outputs=(kept,), fetching=fetching)
