"""Every kind of damage, in a good page: what comes out is right, or doubtful in that place; what is no damage stays."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from doubting import right_or_doubtful
from newsbook.diagnostics import Code, Diagnostic
from newsbook.model import Copy, Line, Source
from newsbook.repairs import repair

CASES = tomllib.loads((Path(__file__).parent / "damage.toml").read_text("utf-8"))

PAGES = {
    "hans": (
        "渡口又开船了",
        "渡口镇的摆渡船昨天又开了，镇上的人都来看，说这一天等了很久。",
        "船家说，明年还要添一艘。",
    ),
    "hant": ("渡口又開船了", "渡口鎮的渡船昨天又開了，鎮上的人都來看，說這一天等了很久。", "船家說，明年還要添一艘。"),
    "ja": ("渡し場が開く", "渡し場は昨日また開き、町の人たちが見に来た。", "来年は一艘ふえるという。"),
}


class Damaged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: str
    right: str = ""
    kind: str = ""
    page: str = "hans"


def mended(case: Damaged) -> tuple[Copy, Copy, list[Diagnostic]]:
    head, first, last = PAGES[case.page]
    texts = (head, first, case.line, last)
    copy = Copy(tuple(Line(text, number) for number, text in enumerate(texts, 1)), Source(name="page.txt"))
    found: list[Diagnostic] = []
    return copy, repair(copy, found.append), found


@pytest.mark.parametrize("title", CASES)
def test_a_line_is_right_or_doubtful(title: str) -> None:
    case = msgspec.convert(CASES[title], Damaged)
    before, copy, found = mended(case)
    if not case.right:
        assert copy is before, copy.source.repairs
        assert not found
        return
    line = copy.lines[2]
    assert right_or_doubtful(line, case.right), (line, copy.source.repairs)
    assert case.kind in {entry.kind for entry in copy.source.repairs}
    assert {entry.line for entry in copy.source.repairs} == {3}
    assert bool(line.doubts) == any(one.code is Code.REPAIR_DOUBTFUL for one in found)


@pytest.mark.parametrize("title", CASES)
def test_a_doubtful_place_is_a_small_part_of_its_line(title: str) -> None:
    """What is sure of a line is not put in doubt with the rest; runs that slipped are doubtful as a whole."""
    case = msgspec.convert(CASES[title], Damaged)
    line = mended(case)[1].lines[2]
    assert sum(end - start for start, end in line.doubts) <= max(12, 4 * len(line.text) // 5)
