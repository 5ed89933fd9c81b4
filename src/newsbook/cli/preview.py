"""`newsbook preview`: show an issue in the browser as it will be printed and read, and edit it there."""

from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click

from newsbook.claims import SCRATCH, new_folder, sweep
from newsbook.cli.folders import cache_folder
from newsbook.cli.run import call_of, run
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import DependencyError, Exit, OutputError, UsageError, extra, printable

if TYPE_CHECKING:
    from newsbook.project import ProjectDraft


# What the extra `preview` brings.
_EXTRA = frozenset({"starlette", "tomlkit", "uvicorn", "watchfiles"})


@click.command(epilog="Example: newsbook preview cuttings/")
@click.argument("folder", required=False, default="", metavar="[FOLDER]")
@click.option("-c", "--config", "config", default="", metavar="FILE", help="Follow this file.")
@click.option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    default=0,
    show_default=True,
    metavar="NUMBER",
    help="Listen at this port of 127.0.0.1. 0 means any that is free.",
)
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the address, and why a run failed.")
@click.option("--debug", is_flag=True, help="Show where in the program an internal error happened.")
@click.pass_context
def preview_command(context: click.Context, /, folder: str, config: str, **_: object) -> None:
    """Show an issue in the browser, and edit it there.

    FOLDER is the folder of an issue, with a newsbook.toml or without; the working folder where none is named. What is
    saved on disk shows at once. Order, sections and headlines go into newsbook.toml, decisions beside their pages. The
    address has a token, and only this machine can reach it. Ctrl-C ends the preview.
    """
    run(call_of(context), lambda terminal: _previewed(context, folder, config, terminal))


def _previewed(context: click.Context, folder: str, config: str, terminal: Terminal) -> Exit:
    try:
        from newsbook.preview.server import serve
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise DependencyError(
            f"{error.name} is missing, which newsbook preview needs; run {extra('preview')}."
        ) from error
    from newsbook.targets import sweep_drafts

    settings = _settings(folder, config)

    def ready(address: str) -> None:
        click.echo(address)
        terminal.say("Ctrl-C ends the preview.")
        if not context.params["no_browser"]:
            click.launch(address)

    terminal.outcome = "what you edited is saved."
    try:
        place = Path(gettempdir())
        sweep(place, SCRATCH, "")
        sweep_drafts(settings.resolve().parent)
        with new_folder(place, SCRATCH) as scratch:
            serve(lambda: _stated(settings, folder), settings, context.params["port"], scratch, ready)
    except OSError as error:
        why = f"there is no place for temporary files ({error.strerror})"
        raise OutputError(f"{why}; make room, or name a folder in TMPDIR.") from error
    # Only a signal ends the server.
    return Exit.INTERRUPTED


def _settings(folder: str, config: str) -> Path:
    """Return the issue file that is followed and edited, which may not be there yet."""
    from newsbook.inputs import SETTINGS
    from newsbook.project import find

    if config:
        if not Path(config).is_file():
            raise UsageError(f"{printable(config)} is no file; name a newsbook.toml.")
        return Path(config)
    if folder and not Path(folder).exists():
        raise UsageError(f"{printable(folder)} does not exist; check the name.")
    found = find((folder,) if folder else ())
    place = Path(folder or ".")
    return found or (place if place.is_dir() else place.parent) / SETTINGS


def _stated(settings: Path, folder: str) -> "ProjectDraft":
    """Return what the issue file says now; of what it names no inputs for, those are the folder."""
    from newsbook.project import ProjectDraft, assume, load, merge

    draft = load(settings) if settings.exists() else ProjectDraft()
    is_whole = bool(draft.project.inputs) and (not folder or _is_of(settings, folder))
    if not is_whole:
        draft = merge(draft, {"inputs": (folder or str(settings.parent),)}, "")
    return assume(draft, "fetching.cache", cache_folder())


def _is_of(settings: Path, folder: str) -> bool:
    """Tell whether an issue file lies in the folder that was named, so that it says what is read."""
    return Path(folder).is_dir() and settings.resolve().parent == Path(folder).resolve()
