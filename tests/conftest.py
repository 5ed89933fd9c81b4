"""Options of the test run, and Hypothesis in the same order every time."""

import signal

import pytest
from hypothesis import settings

from newsbook import building

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")

# A shell has what it starts in the background ignore SIGINT, and so would all that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A process for every build of a test would load everything anew; tests of processes ask for them.
building.WORKERS = 0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="write the expected files anew from what comes out, and raise the floors to what is measured",
    )
