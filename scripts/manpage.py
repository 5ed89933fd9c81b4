"""Write docs/newsbook.1, the manual page, from the help: `make man` does, and a test holds it to the commands."""

from collections.abc import Iterator
from pathlib import Path

import click

from newsbook.cli import cli

PAGE = Path(__file__).parent.parent / "docs" / "newsbook.1"


def page() -> str:
    """Return the page in the man macros (groff_man(7))."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH NEWSBOOK 1 "" newsbook "User Commands"'
    yield from (".SH NAME", "newsbook \\- turn scraped news articles into print and e-book editions")
    yield from (".SH SYNOPSIS", ".B newsbook", ".I COMMAND", "[\\fIOPTION\\fR...] [\\fIINPUT\\fR...]")
    yield from (".SH DESCRIPTION", *_paragraphs(f"{cli.help}"))
    yield ".SH COMMANDS"
    root = click.Context(cli, info_name="newsbook", **cli.context_settings)
    for name, command in sorted(cli.loaded().items()):
        context = click.Context(command, parent=root, info_name=name)
        usage = " ".join(command.collect_usage_pieces(context))
        yield from (f".SS {_plain(f'newsbook {name} {usage}')}", *_paragraphs(f"{command.help}"))
        for param in command.get_params(context):
            row = param.get_help_record(context) if isinstance(param, click.Option) else None
            if row:
                yield from (".TP", f"\\fB{_plain(row[0])}\\fR", _plain(row[1]))
    yield ".SH EXIT STATUS"
    for line in f"{cli.epilog}".splitlines()[2:]:
        code, _, meaning = line.strip().partition(" ")
        yield from (".TP", code, _plain(meaning.strip())) if code.isdigit() else (_plain(line.strip()),)


def _paragraphs(text: str) -> Iterator[str]:
    for part in text.replace("\b", "").split("\n\n"):
        yield from (".PP", _plain(" ".join(part.split())))


def _plain(text: str) -> str:
    """Return text in which nothing is a request or an escape of roff."""
    made = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{made}" if made.startswith((".", "'")) else made


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
