"""A folder with something hostile in it beside a good page, what is asked of newsbook, and what comes of that."""

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from hostile.inputs import MORE, PROSE
from newsbook.diagnostics import Code, Exit

GOOD = "涼亭的長桌\n2024-05-06\n\n涼亭的長桌修好了，木匠分文不收，只要了一碗豆花，坐在石階上慢慢地吃完。\n"
KEPT = "坐在石階上慢慢地吃完"
PAGE = f"渡口老街的早市\n\n{PROSE}\n\n圖1：早市的攤子。\n\n{MORE}\n"


class HostileFolder(Struct, frozen=True):
    """`make` puts what is hostile into the folder of `good.txt`; `arguments` are those of the command.

    The run ends as `exit` says, with the findings `codes`, and says `said` on standard error.
    """

    name: str
    make: Callable[[Path], object]
    exit: Exit = Exit.OK
    codes: tuple[Code, ...] = ()
    said: str = ""
    arguments: tuple[str, ...] = ("build", "-o", "out.json")


def settings(text: str | bytes) -> Callable[[Path], object]:
    """Return what writes a newsbook.toml."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return lambda folder: (folder / "newsbook.toml").write_bytes(data)


def together(*makes: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what does several things to a folder."""

    def make(folder: Path) -> None:
        for each in makes:
            each(folder)

    return make


def file(name: str | bytes, data: str | bytes) -> Callable[[Path], object]:
    """Return what writes a file, and the folders that it lies in."""
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")

    def make(folder: Path) -> None:
        path = folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)

    return make
