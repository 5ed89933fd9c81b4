"""`newsbook check`: everything that can be known of an issue before it is printed, as a list with places and hints."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsbook.cli.grouping import GroupedCommand
from newsbook.cli.options import DESIGN, ISSUE, NETWORK, READING, RUN, STYLE, with_options
from newsbook.cli.run import Call, Task, build_of, call_of, run
from newsbook.cli.settings import draft_of, settings_of
from newsbook.cli.streams import check_output, is_coloured, write_output
from newsbook.cli.terminal import COLOURS, Terminal
from newsbook.diagnostics import Exit, Severity, UsageError, printable

if TYPE_CHECKING:
    from newsbook.preflight import Fault, Fix


@click.command(cls=GroupedCommand, epilog="Example: newsbook check cuttings/")
@with_options(ISSUE, STYLE, DESIGN, READING, NETWORK, RUN)
@click.option(
    "--fix", is_flag=True, help="Write corrections that are safe into newsbook.toml. Articles stay as they are."
)
@click.pass_context
def check_command(context: click.Context, /, **_: object) -> None:
    """Say everything that can be known of an issue before it is printed.

    newsbook reads and lays out what newsbook.toml names, or the INPUTs, and writes no edition. Warnings and problems
    end with exit code 6, and with --strict so do notes that ask for a decision.
    """
    call = call_of(context)
    run(call, lambda terminal: _check(context, call, terminal))


def _check(context: click.Context, call: Call, terminal: Terminal) -> Exit:
    from newsbook.preflight import asks, stands, without
    from newsbook.project import check
    from newsbook.record import Findings
    from newsbook.targets import sweep_drafts

    check_output()
    settings = settings_of(context)
    if context.params["fix"] and settings is None:
        raise UsageError("there is no newsbook.toml to write corrections into; make one beside the articles.")
    if settings:
        sweep_drafts(settings.resolve().parent)
    findings = Findings(lambda _finding: None)
    task = Task(draft_of(context), settings, call, terminal, findings)
    with build_of(task, check(task.draft, findings.add)) as build:
        faults = build.check()
        made = build.fixes(faults) if context.params["fix"] else ()
    if made and settings:
        _write_corrections(made, settings, terminal)
        faults = without(faults, made)
    shown = tuple(each for each in faults if call.verbose or (asks(each) and not each.allowed))
    if context.params["as_json"]:
        write_output(_as_json(faults))
    elif not call.quiet:
        write_output("".join(_lines(shown, is_coloured=is_coloured(context))).encode("utf-8", "backslashreplace"))
        terminal.say(_summary(faults, shown))
    return Exit.VALIDATION if any(stands(each, strictly=call.strict) for each in faults) else Exit.OK


def _write_corrections(made: "tuple[Fix, ...]", settings: Path, terminal: Terminal) -> None:
    """Write corrections into newsbook.toml, whose other lines stay, and say each."""
    from newsbook.project.editing import edited, with_replacements
    from newsbook.targets import rewrite

    def change(text: str) -> str:
        for fix in made:
            text = with_replacements(text, fix.of, [(each.quoted, each.text) for each in fix.replacements])
        return text

    rewrite(settings, lambda raw: edited(raw or b"", change))
    for fix in made:
        for each in fix.replacements:
            terminal.say(f"{fix.of}: “{each.quoted}” is to be “{each.text}”, by a line in {settings.name}.")


def _lines(faults: "Iterable[Fault]", *, is_coloured: bool) -> Iterator[str]:
    """Yield the list as text: a line for each article, and below it what was found in it."""
    for name, group in groupby(faults, lambda fault: fault.finding.where.source):
        yield f"{printable(name) or 'the issue'}\n"
        for each in group:
            finding = each.finding
            head = f"{finding.severity.value}[{finding.code.value}]"
            styled = click.style(head, fg=COLOURS[finding.severity]) if is_coloured else head
            line = f" line {finding.where.line}:" if finding.where.line else ""
            allowed = f" (allowed: {printable(each.allowed)})" if each.allowed else ""
            hint = f" {finding.hint}" if finding.hint else ""
            yield f"  {styled}{line} {printable(f'{finding.message}{hint}')}{allowed}\n"


def _summary(faults: "tuple[Fault, ...]", shown: "tuple[Fault, ...]") -> str:
    standing = [each for each in faults if not each.allowed]
    counts = [(sum(each.finding.severity is severity for each in standing), severity.value) for severity in Severity]
    told = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in reversed(counts) if count]
    allowed = len(faults) - len(standing)
    told += [f"{allowed} allowed"] if allowed else []
    more = "; -v shows them all" if len(shown) < len(faults) else ""
    return f"{', '.join(told) or 'nothing was found'}{more}."


def _as_json(faults: "tuple[Fault, ...]") -> bytes:
    """Return the list as JSON."""
    import msgspec

    entries = [
        {
            "code": each.finding.code.value,
            "severity": each.finding.severity.value,
            "message": each.finding.message,
            "hint": each.finding.hint,
            "source": each.finding.where.source.encode("utf-8", "backslashreplace").decode(),
            "line": each.finding.where.line,
            "column": each.finding.where.column,
            "paragraph": each.paragraph,
            "before": each.before,
            "quoted": each.quoted,
            "behind": each.behind,
            "allowed": each.allowed,
        }
        for each in faults
    ]
    return msgspec.json.format(msgspec.json.encode({"version": 1, "findings": entries}), indent=2) + b"\n"
