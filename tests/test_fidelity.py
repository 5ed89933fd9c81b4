"""Fidelity as a gate: what comes out of damaged and clean pages never gets worse than floors.toml says.

`pytest tests/test_fidelity.py -k L4` measures one level; `tests/score.py` shows what is wrong in it. A figure well
above its floor fails as well, until `pytest --update` has raised the floor to it; nothing lowers one.
"""

import tomllib
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from corpora import LEVELS, SHARED, Page, clean_pages, damaged_pages, shared_pages
from score import figures_of, scores_of, workers

FLOORS = Path(__file__).parent / "floors.toml"

# A figure this many points above its floor asks for a higher floor.
_WELL_ABOVE = 0.5

_HEAD = """\
# What tests/test_fidelity.py measures, in per cent, never falls below these; `pytest --update` raises them.
# `own` is tests/corpus, `shared` what may lie beside this checkout. L0 is clean, L1 to L4 as in tests/damage.py.
# runs_exact: slipped runs right to the character; runs_not_wrong: those, and those marked doubtful.
# `pages` is tests/readers/pages, measured by tests/readers/test_pages.py.
# comes_back: lines repaired without doubt that give the raw line when they are damaged again.
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with workers() as executor:
        yield executor


def pages_of(corpus: str, level: int) -> tuple[Page, ...]:
    if corpus == "shared":
        return shared_pages(level)
    return damaged_pages(level) if level else clean_pages()


@pytest.mark.parametrize("level", [0, *LEVELS], ids=lambda level: f"L{level}")
@pytest.mark.parametrize("corpus", ["own", "shared"])
def test_no_figure_falls_below_its_floor(
    corpus: str, level: int, pool: Executor, request: pytest.FixtureRequest
) -> None:
    if corpus == "shared" and not SHARED.exists():
        pytest.skip("there is no other corpus beside this checkout")
    figures = figures_of(scores_of(pages_of(corpus, level), pool))
    floors = read()
    known = floors.get(corpus, {}).get(f"L{level}", {})
    fallen = {name: (figures.get(name, 0.0), floor) for name, floor in known.items() if figures.get(name, 0.0) < floor}
    assert not fallen, "below the floor"
    if request.config.getoption("update"):
        floors.setdefault(corpus, {})[f"L{level}"] = figures
        FLOORS.write_text(written(floors), "utf-8")
        return
    risen = {name: (got, known.get(name)) for name, got in figures.items() if got > known.get(name, -1) + _WELL_ABOVE}
    assert not risen, "well above the floor: raise it with `pytest tests/test_fidelity.py --update`"


def read() -> dict[str, dict[str, dict[str, float]]]:
    """Return the floors by corpus, level and figure."""
    return tomllib.loads(FLOORS.read_text("utf-8"))


def written(floors: dict[str, dict[str, dict[str, float]]]) -> str:
    """Return floors as TOML."""
    tables = (
        f"\n[{corpus}.{level}]\n" + "".join(f"{name} = {figure}\n" for name, figure in figures.items())
        for corpus, levels in sorted(floors.items())
        for level, figures in sorted(levels.items())
    )
    return _HEAD + "".join(tables)


def test_the_floors_are_written_as_they_are_read() -> None:
    assert written(read()) == FLOORS.read_text("utf-8")


@pytest.mark.parametrize("page", clean_pages(), ids=lambda page: page.name)
def test_gold_is_made_of_the_lines_of_its_page(page: Page) -> None:
    """So that no slip of the pen in gold passes for a fault of the program, or the other way round."""
    lines = [line.strip("\N{IDEOGRAPHIC SPACE} ") for line in page.raw.decode().splitlines()]
    assert page.gold.title in lines
    body = [piece.text for piece in page.gold.body]
    assert body == [line for line in lines if line in body]
    assert 600 <= len(page.raw.decode()) <= 1500
