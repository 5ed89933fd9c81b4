"""Files of words that an editor keeps, one a line."""

from pathlib import Path

from newsbook.diagnostics import UsageError, printable


def text_of_list(name: str) -> str:
    """Return the text of a list of words. Raises `UsageError` where the file cannot be read, or is no text in UTF-8."""
    try:
        return Path(name).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UsageError(f"{printable(name)} cannot be read: it is no text in UTF-8; save it in UTF-8.") from error
