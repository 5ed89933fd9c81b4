"""Programs beside Python that some tests need: without one a test is skipped, and fails where CI is set."""

import os
import shutil

import pytest


def require(program: str) -> str:
    """Return the path of `program`. Where it is missing, skip the test, or fail it where `CI` is set.

    A test that calls this bears the mark `tool`.
    """
    return require_one(program)


def require_one(*programs: str) -> str:
    """Return the path of the first of `programs` that is there: one and the same by its several names."""
    found = next(filter(None, map(shutil.which, programs)), None)
    if found:
        return found
    sentence = f"this test needs {programs[0]}; `make test` installs it on Debian and Ubuntu"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)
