"""What may not be published is not made, on any day, unless the user says so; and what a clock says is never asked."""

from pathlib import Path

import pytest

from making import bound as binding
from newsbook.diagnostics import Code, Diagnostic, ValidationError
from newsbook.inputs import Input
from newsbook.model import Article, Issue, Paragraph, Source, Span
from newsbook.native import dump
from newsbook.project import Facts, Project, Release
from newsbook.release import INDEFINITE


def article(embargo: str = "", status: str = "", published: str = "2024-03-05", usage: str = "") -> Article:
    source = Source(embargo=embargo, status=status, usage=usage)
    return Article(
        "渡口開市",
        (Paragraph((Span(f"渡口開市了，{published}，{embargo}。"),)),),
        published=published,
        language="zh-Hant",
        source=source,
    )


def bound(tmp_path: Path, project: Project, *articles: Article) -> tuple[Issue, list[Diagnostic]]:
    found: list[Diagnostic] = []
    inputs = []
    for number, each in enumerate(articles, 1):
        path = tmp_path / f"{number}.json"
        path.write_bytes(dump(each))
        inputs.append(Input(path.name, path))
    try:
        return binding(tuple(inputs), project, found.append).issues[0], found
    except ValidationError:
        assert {finding.code for finding in found} & {Code.EMBARGOED, Code.WITHDRAWN}
        raise


@pytest.mark.parametrize(
    ("embargo", "day", "held"),
    [
        ("2024-03-06T06:00:00+08:00", "2024-03-05", True),
        ("2024-03-06T06:00:00+08:00", "2024-03-06", False),
        ("2024-03-06", "2024-03-07", False),
        ("2024-03-06T06:00:00+08:00", "", True),
        (INDEFINITE, "2099-01-01", True),
        ("下週三", "2099-01-01", True),
    ],
)
def test_an_embargo_is_compared_with_the_day_of_the_issue(tmp_path: Path, embargo: str, day: str, held: bool) -> None:  # noqa: FBT001
    if held:
        with pytest.raises(ValidationError, match=r"1\.json|embargo"):
            bound(tmp_path, Project(issue=Facts(date=day)), article(embargo))
    else:
        assert bound(tmp_path, Project(issue=Facts(date=day)), article(embargo))[0].articles


def test_an_embargo_does_not_lift_itself(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        bound(tmp_path, Project(), article("2024-03-06", published="2024-03-06"), article(published="2024-03-05"))
    bound(tmp_path, Project(), article("2024-03-06", published="2024-03-06"), article(published="2024-03-07"))


def test_an_embargo_that_ends_on_the_day_is_noted_with_its_hour(tmp_path: Path) -> None:
    _, found = bound(tmp_path, Project(issue=Facts(date="2024-03-06")), article("2024-03-06T06:00:00+08:00"))
    assert ["06:00:00+08:00" in each.message for each in found if each.code is Code.RELEASE_NOTED] == [True]


@pytest.mark.parametrize("status", ["withheld", "canceled", "Canceled"])
def test_what_is_withdrawn_stops_the_build(tmp_path: Path, status: str) -> None:
    with pytest.raises(ValidationError, match=r"--allow withdrawn"):
        bound(tmp_path, Project(release=Release(("embargoed",))), article(status=status))
    _, found = bound(tmp_path, Project(release=Release(("withdrawn",))), article(status=status))
    assert Code.RELEASE_NOTED in {finding.code for finding in found}


def test_what_is_usable_does_not(tmp_path: Path) -> None:
    _, found = bound(tmp_path, Project(), article(status="usable", usage="僅供地方報刊"))
    assert [finding.message for finding in found if finding.code is Code.USAGE_TERMS] == ["terms of use: 僅供地方報刊"]
