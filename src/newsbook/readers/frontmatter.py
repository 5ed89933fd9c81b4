"""Split a text into its front matter, YAML between lines of dashes or TOML between plus signs, and the rest."""

import re

from newsbook.diagnostics import InputError

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?)(?:^|\n)(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def split_front_matter(text: str, name: str) -> tuple[dict[str, object], str]:
    """Return what the front matter states, strings as they are written, and the text with blank lines in its place.

    Raises `InputError` where it is broken.
    """
    match = _FENCED.match(text)
    if not match:
        return {}, text
    fence, matter = match[1], match[2]
    stated = _yaml(matter, name) if fence == "---" else _toml(matter, name)
    return stated, "\n" * match[0].count("\n") + text[match.end() :]


def _yaml(matter: str, name: str) -> dict[str, object]:
    """Read YAML without its types: a date stays as it is written, and nothing is made but strings, lists and maps."""
    import yaml

    try:
        value = yaml.load(matter, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes strings only.
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = getattr(error, "problem", None) or type(error).__name__
        raise InputError(f"the front matter of {name} is no YAML: {problem}; mend it, or take it out.") from error
    if not isinstance(value, dict):
        raise InputError(f"the front matter of {name} names no fields; mend it, or take it out.")
    return {str(key): item for key, item in value.items()}


def _toml(matter: str, name: str) -> dict[str, object]:
    import tomllib

    try:
        value = tomllib.loads(matter)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the front matter of {name} is no TOML: {error}; mend it, or take it out.") from error
    return {key: item if isinstance(item, str | list | dict) else str(item) for key, item in value.items()}
