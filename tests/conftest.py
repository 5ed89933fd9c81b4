"""Options of the test run, and Hypothesis in the same order every time."""

import pytest
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="write the expected files anew from what comes out, and raise the floors to what is measured",
    )
