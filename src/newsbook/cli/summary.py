"""`--json`: what came of a run, as one object of JSON for the workflow that called it."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsbook.diagnostics import Diagnostic, NewsbookError, Severity, printable

if TYPE_CHECKING:
    from newsbook.buildlog import MadeFile
    from newsbook.cli.run import Result

_VERSION = 1
"""Changes when a field changes its meaning."""


def made(result: "Result", findings: Iterable[Diagnostic]) -> bytes:
    """Return the summary of a run that has made its files."""
    return encoded(of_result(result, findings))


def of_result(result: "Result", findings: Iterable[Diagnostic]) -> dict[str, object]:
    """Return what is said of a run that has made its files."""
    counts = result.counts
    counted = {"articles": counts.articles, "repairs": counts.repairs, "doubtful": counts.doubtful}
    return summary(int(result.exit), "", findings, result.made) | counted


def failed(error: NewsbookError, findings: Iterable[Diagnostic]) -> bytes:
    """Return the summary of a run that has made nothing."""
    return encoded(summary(int(error.exit), str(error), findings, ()))


def summary(code: int, failure: str, findings: Iterable[Diagnostic], files: "Iterable[MadeFile]") -> dict[str, object]:
    """Return what is said of every run: how it ended, its files, and how many findings there are, by code."""
    counts: dict[str, dict[str, int]] = {severity.value: {} for severity in reversed(Severity)}
    for finding in findings:
        of = counts[finding.severity.value]
        of[finding.code.value] = of.get(finding.code.value, 0) + 1
    outputs = [
        {
            "file": printable(file.file),
            "kind": file.kind,
            "sha256": file.sha256,
            "bytes": file.size,
            "pages": file.pages or None,
            "written": file.is_written,
        }
        for file in files
    ]
    return {"version": _VERSION, "exit": code, "failure": failure, "outputs": outputs, "findings": counts}


def encoded(said: dict[str, object]) -> bytes:
    """Return a summary as JSON."""
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
