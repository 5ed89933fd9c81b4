"""`newsbook cache`: say what builds have kept for the next, and clear it."""

import json
from pathlib import Path

import click

from newsbook.cli.folders import store_folder
from newsbook.cli.grouping import GroupedCommand
from newsbook.cli.run import Call, run
from newsbook.cli.streams import write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit, OutputError, UsageError, printable


@click.command(cls=GroupedCommand, epilog="Example: newsbook cache --clear")
@click.option("--store", default="", metavar="FOLDER", help="Look at this store, and not at your own.")
@click.option("--clear", is_flag=True, help="Take everything away. The next build makes everything anew.")
@click.option("--json", "as_json", is_flag=True, help="Print folder and bytes as JSON.")
def cache_command(*, store: str, clear: bool, as_json: bool) -> None:
    """Say how much builds have kept for the next, and where.

    What was fetched from the network is kept apart (--cache), and stays.
    """

    def show(terminal: Terminal) -> Exit:
        del terminal
        folder = store or store_folder()
        if not folder:
            raise UsageError("there is no home for a store; name a folder with --store.")
        write_output(_told(Path(folder), clear=clear, as_json=as_json).encode())
        return Exit.OK

    run(Call(), show)


def _told(folder: Path, *, clear: bool, as_json: bool) -> str:
    from newsbook.store import Store

    kept = Store(folder)
    held = kept.bytes_held()
    if clear and held and not kept.trim(0):
        raise OutputError(f"{printable(folder)} is in use; clear it when no build is running.")
    left = kept.bytes_held() if clear else held
    if as_json:
        return (
            json.dumps({"folder": printable(folder), "bytes": left, "cleared": held - left}, ensure_ascii=False) + "\n"
        )
    if clear:
        return f"{printable(folder)}: {_size(held - left)} were taken away.\n"
    return f"{printable(folder)}: {_size(held)}\n"


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
