"""What may stand all the same, since a person has given the reason in newsbook.toml."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.preflight.subjects import Fault
from newsbook.project import Allowance, fits


def with_allowances(faults: Iterable[Fault], allowances: tuple[Allowance, ...]) -> Iterator[Fault]:
    """Yield findings, each with the reason why it is allowed, if it is; and a note for what allows nothing."""
    used: set[int] = set()
    for found in faults:
        number = next((at for at, each in enumerate(allowances) if _covers(each, found)), None)
        if number is None:
            yield found
        else:
            used.add(number)
            yield replace(found, allowed=allowances[number].reason)
    for number, allowance in enumerate(allowances):
        if number not in used:
            of = f" of {allowance.of}" if allowance.of else ""
            message = f"check.allow[{number}] allows {allowance.code}{of}, and nothing like that was found."
            yield Fault(Diagnostic(Code.ALLOWANCE_UNUSED, message, Place(), "Take it out."))


def _covers(allowance: Allowance, found: Fault) -> bool:
    finding = found.finding
    return (
        finding.code == allowance.code
        and (not allowance.of or fits(allowance.of, finding.where.source))
        and (
            not allowance.quoting
            or allowance.quoting in f"{found.before}{found.quoted}{found.behind} {finding.message}"
        )
    )
