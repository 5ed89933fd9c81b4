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
    shared, builtin = root() / "styles", root() / "styles" / style
    own = builtin if style and "/" not in style and _is_folder(builtin) else Path(style)
    if _is_folder(own):
        return tuple(dict.fromkeys((shared, shared / "bulletin", own)))
    known = ", ".join(styles())
    raise UsageError(f"there is no style {style!r}; choose one of {known}, or name a folder.")


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there; a name that nothing can have is no failure of its own."""
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


def read_styles(style: str, name: str) -> tuple[str, ...]:
    """Return the text of every file called `name` in the style's folders, the most general first.

    Of the cascade base → style → user each sheet is kept apart, so that an error can name its own.
    """
    files = (folder / name for folder in style_folders(style))
    return tuple(file.read_text("utf-8") for file in files if file.is_file())


def style_fonts(style: str) -> tuple[str, ...]:
    """Return the paths of the font files that a style brings along in its folder `fonts`, sorted."""
    found = (file for folder in style_folders(style) for file in sorted((folder / "fonts").glob("*")))
    return tuple(str(file) for file in found if file.suffix.lower() in _FONT_FILES)


_FONT_FILES = frozenset((".ttf", ".otf", ".ttc", ".otc"))


def read_template(name: str) -> str:
    """Return the text of a file of the templates as it stands."""
    return (root() / "templates" / name).read_text("utf-8")


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
