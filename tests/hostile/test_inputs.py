"""The gate: every hostile input has its outcome, reaches for nothing, and leaves its neighbours whole."""

import os
from itertools import chain
from pathlib import Path

import pytest

from hostile.conftest import Watch
from hostile.inputs import HEAD, MORE, NAMED, OWN, PROSE, Hostile
from hostile.listed import OTHERS, PAGES
from making import bound, taken
from newsbook.diagnostics import Code, Diagnostic, LimitError
from newsbook.gate import Caps
from newsbook.inputs import expand
from newsbook.model import Article
from newsbook.model.walk import labels, plain, texts
from newsbook.project import Facts, Project

GOOD = "涼亭的長桌\n2024-05-06\n\n涼亭的長桌修好了，木匠分文不收，只要了一碗豆花，坐在石階上慢慢地吃完。\n"


def said(article: Article) -> str:
    """Return every text of an article, and where its links lead."""
    heads = (article.kicker, article.headline, article.deck, article.byline, article.dateline)
    spans = tuple(chain.from_iterable(texts(article)))
    readings = (span.ruby + span.href for span in spans)
    return "\n".join((*heads, *map(plain, texts(article)), *labels(article), *readings))


@pytest.mark.parametrize("case", [*NAMED, *OWN, *PAGES, *OTHERS], ids=lambda case: case.name)
def test_a_hostile_input_has_its_outcome_and_its_neighbours_are_whole(
    case: Hostile, tmp_path: Path, watch: Watch
) -> None:
    (tmp_path / case.name).write_bytes(case.make())
    (tmp_path / "zz-good.txt").write_text(GOOD, "utf-8")
    found: list[Diagnostic] = []
    stories = taken((tmp_path,), report=found.append).stories
    assert watch.seen == []
    good = next(story.article for story in stories if story.article.headline == "涼亭的長桌")
    assert "坐在石階上慢慢地吃完" in said(good)
    told = {finding.code for finding in found}
    if case.refused:
        assert len(stories) == 1
        assert any(case.refused in finding.message for finding in found if finding.code is Code.ARTICLE_UNUSABLE)
        return
    articles = [story.article for story in stories if story.article.headline != "涼亭的長桌"]
    assert len(articles) == case.stories
    assert told >= set(case.codes), told
    words = "\n".join(map(said, articles))
    for kept in case.kept:
        assert kept in words
    for gone in case.gone:
        assert gone not in words
    assert not any("\ud800" <= character <= "\udfff" or character == "\0" for character in words)


def test_a_link_in_a_folder_leads_to_what_was_named(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "page.txt").write_text(GOOD, "utf-8")
    (inside / "page.txt").write_text(f"{HEAD}\n\n{PROSE}\n\n{MORE}\n", "utf-8")
    (inside / "link.txt").symlink_to("../outside/page.txt")
    (inside / "again.txt").symlink_to("page.txt")
    found: list[Diagnostic] = []
    for name in (str(inside), f"{inside}/*.txt"):
        found.clear()
        names = [item.name for item in expand((name,), found.append)]
        assert names == ["again.txt", "page.txt"]
        assert [(finding.code, finding.where.source) for finding in found] == [(Code.INPUT_NOT_READ, "link.txt")]
    assert len(expand((str(inside), str(outside)), found.append)) == 4
    assert [item.name for item in expand((str(inside / "link.txt"),), found.append)] == ["link.txt"]


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    for name in ("page.txt", "page.1.jpg"):
        (tmp_path / name).touch()
        os.truncate(tmp_path / name, 20 << 30)
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    found: list[Diagnostic] = []
    assert len(taken((tmp_path,), report=found.append).stories) == 1
    assert any("cap" in finding.message for finding in found if finding.code is Code.ARTICLE_UNUSABLE)


def test_a_story_that_cannot_be_set_is_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "long.txt").write_text("渡口老街\n\n" + "\n\n".join(f"第{n}段，{MORE}" for n in range(40)), "utf-8")
    project = Project(gate=Caps(story=1_000))
    found: list[Diagnostic] = []
    assert len(taken((tmp_path,), project, found.append).stories) == 1
    assert any("--cap story=" in finding.message for finding in found)
    with pytest.raises(LimitError, match="story"):
        taken((tmp_path / "long.txt",), project)


def test_a_nameplate_of_any_length_is_cut(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    found: list[Diagnostic] = []
    (issue,) = bound((tmp_path,), Project(issue=Facts(nameplate="報" * 100_000)), found.append).issues
    assert len(issue.nameplate) == Caps().heading
    assert Code.OVER_CAP in {finding.code for finding in found}
