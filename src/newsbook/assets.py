"""Find styles and templates: the user's folder first, the built-in second."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsbook.diagnostics import UsageError

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def root() -> Path:
    """Return the folder that holds `styles/` and `templates/`: the package's in a wheel, the checkout's otherwise."""
    package = Path(__file__).parent
    return package if (package / "styles").is_dir() else package.parent.parent


def style_folders(style: str) -> tuple[Path, ...]:
    """Return the folders of a style, the most general first: what all share, the bulletin, then the style's own.

    `style` is the name of a built-in style or the path of a folder. Raises `UsageError` where there is neither.
    """
    shared, known = root() / "styles", styles()
    own = shared / style if style in known else Path(style)
    if style and _is_folder(own):
        return tuple(dict.fromkeys((shared, shared / "bulletin", own)))
    raise UsageError(f"there is no style {style!r}; choose one of {', '.join(known)}, or name a folder.")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def style_files(style: str) -> tuple[Path, ...]:
    """Return every file in the folders of a style, its fonts too; none where there is no such style."""
    try:
        folders = style_folders(style)
    except UsageError:
        return ()
    return tuple(file for folder in folders for part in ("*", "fonts/*") for file in sorted(folder.glob(part)))


def styles() -> tuple[str, ...]:
    """Return the names of the built-in styles, sorted."""
    return tuple(sorted(path.name for path in (root() / "styles").iterdir() if path.is_dir()))


def read_asset(name: str) -> str:
    """Return the text of a file of the styles or the templates as it stands, such as `templates/proof.js`."""
    return (root() / name).read_text("utf-8")


def asset_bytes(name: str) -> bytes:
    """Return a file of the styles or the templates as it stands, byte for byte."""
    return (root() / name).read_bytes()


def template_environment() -> "Environment":
    """Return the Jinja environment of the templates: autoescaped, strict, with nothing but for, if and macro in use."""
    return _environment(root() / "templates")


@cache
def _environment(folder: Path) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
