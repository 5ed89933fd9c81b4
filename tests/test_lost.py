"""A story that a process dies of is found in a few tries; a notice stands in its place, and all others are whole."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest

from newsbook import Code, Exit, Facts, LimitError, Manner, Output, Project, Release, ValidationError
from newsbook.building import Build, Built
from newsbook.intake.job import ReadInput
from newsbook.jobs import Failed, Job, Outcome, Serial
from newsbook.jobs.runners import Pending
from newsbook.layout.headlines import phrases
from newsbook.outputs.pages import DrawCover, LayOut
from newsbook.project import ProjectDraft
from newsbook.record import Findings
from newsbook.store import Store

V = TypeVar("V")
PAGE = "{headline}\n\n2024-05-07 08:30 來源：渡口街坊網\n\n渡口老街的涼亭換了新瓦，街坊說{word}，又有地方坐了。\n"
WHY = "took more than 60 s of processor time and was stopped."


class Deadly:
    """A runner in which jobs of the kinds named are lost where what they work on has the word in it."""

    ahead = 0

    def __init__(self, store: Store, word: str, kinds: tuple[type, ...]) -> None:
        self.tried: list[str] = []
        self._store, self._word, self._kinds = store, word.encode(), kinds
        self._serial = Serial(store)

    def begin(self, job: Job[V]) -> Pending[V]:
        return self._serial.begin(job)

    def map(self, jobs: Iterable[Job[V]]) -> Iterator[Outcome[V]]:
        for job in jobs:
            if isinstance(job, self._kinds):
                self.tried.append(job.name)
                if self._word in self._content(job):
                    yield Failed(job.name, "cpu", f"{job.name} {WHY}", Exit.LIMIT)
                    continue
            yield self._serial.begin(job).result()

    def _content(self, job: object) -> bytes:
        if not isinstance(job, ReadInput):
            return self._store.read(job.edition)  # type: ignore[attr-defined]
        lines = self._store.read(job.content).splitlines()
        first, last = job.part or (0, len(lines))
        return b"\n".join(lines[first:last])


def built(
    inputs: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
    kinds: tuple[type, ...],
    *outputs: Output,
    most_failures: int = 100_000,
) -> tuple[Built, Deadly]:
    made: list[Deadly] = []

    def runner(_build: Build, store: Store) -> Deadly:
        made.append(Deadly(store, "致命", kinds))
        return made[0]

    monkeypatch.setattr(Build, "_runner", runner)
    project = Project(
        inputs=tuple(map(str, inputs)),
        issue=Facts("渡口街坊報"),
        outputs=outputs,
        release=Release(most_failures=most_failures),
    )
    with Build(ProjectDraft(project), project, Findings(lambda _finding: None), Manner()) as work:
        return work.run(), made[0]


def pages(folder: Path, count: int, deadly: tuple[int, ...]) -> tuple[Path, ...]:
    made = []
    for number in range(1, count + 1):
        word = "致命" if number in deadly else "下雨天"
        path = folder / f"{number:02d}.txt"
        path.write_text(PAGE.format(headline=f"涼亭換新之{number}", word=word), "utf-8")
        made.append(path)
    return tuple(made)


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize(("count", "deadly", "most"), [(9, (4,), 9), (9, (1, 9), 14), (2, (2,), 5)])
def test_stories_that_the_engine_dies_of_are_found_and_the_rest_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, deadly: tuple[int, ...], most: int
) -> None:
    out = tmp_path / "a.pdf"
    done, runner = built(pages(tmp_path, count, deadly), monkeypatch, (LayOut,), Output(str(out), "pdf", "bulletin"))
    found = [finding for finding in done.findings if finding.code is Code.STORY_NOT_SET]
    assert [finding.where.source for finding in found] == [f"{number:02d}.txt" for number in deadly]
    assert all(finding.message == f"laying out {WHY}" for finding in found)
    assert done.exit is Exit.PROBLEMS
    assert len(runner.tried) <= most
    text = text_of(out).replace("\r\n", "")
    assert text.count("下雨天") == count - len(deadly)
    assert text.count("未能刊出") == len(deadly)
    assert "致命" not in text


def test_what_nothing_is_left_of_is_the_failure_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = Output(str(tmp_path / "a.pdf"), "pdf", "bulletin")
    for count, deadly in ((1, (1,)), (2, (1, 2))):
        inputs = pages(tmp_path, count, deadly)
        with pytest.raises(LimitError, match="took more than 60 s of processor time"):
            built(inputs, monkeypatch, (LayOut,), output)
    assert not (tmp_path / "a.pdf").exists()


def test_a_cover_is_drawn_without_the_headline_that_it_dies_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = pages(tmp_path, 2, ())
    inputs[0].write_text(PAGE.format(headline="致命的標題", word="下雨天"), "utf-8")
    output = Output(str(tmp_path / "a.epub"), "epub", "bulletin")
    done, _ = built(inputs, monkeypatch, (DrawCover,), output)
    (found,) = [finding for finding in done.findings if finding.code is Code.STORY_NOT_SET]
    assert found.message == f"drawing its cover {WHY}"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Return six records in one file, the fourth of which is deadly."""
    file = tmp_path / "in.jsonl"
    texts = (f"渡口老街的涼亭換了新瓦，街坊說{'致命' if at == 4 else '下雨天'}有地方坐了。" for at in range(1, 7))
    lines = (json.dumps({"title": f"之{at}", "text": text}, ensure_ascii=False) for at, text in enumerate(texts, 1))
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_one_of_many_articles_in_an_input_is_found(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = (Output(str(tmp_path / "a.pdf"), "pdf", "bulletin"), Output(str(tmp_path / "a.json"), "json"))
    done, _ = built((records,), monkeypatch, (ReadInput,), *outputs)
    (found,) = [finding for finding in done.findings if finding.code is Code.ARTICLE_UNUSABLE]
    assert found.where.source == "in.jsonl#4"
    assert [article.headline for article in done.articles] == ["之1", "之2", "之3", "之5", "之6"]
    text = text_of(tmp_path / "a.pdf").replace("\r\n", "")
    assert "「in.jsonl#4」未能刊出" in text
    assert "未能刊出" not in (tmp_path / "a.json").read_text("utf-8")


def test_an_input_that_is_lost_as_a_whole_leaves_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = Output(str(tmp_path / "a.pdf"), "pdf", "bulletin")
    done, _ = built(pages(tmp_path, 3, (2,)), monkeypatch, (ReadInput,), output)
    assert [article.source.name for article in done.articles] == ["01.txt", "03.txt"]
    assert "「02.txt」未能刊出" in text_of(tmp_path / "a.pdf").replace("\r\n", "")
    with pytest.raises(LimitError, match=r"02\.txt took more than 60 s"):
        built((tmp_path / "02.txt",), monkeypatch, (ReadInput,), output)


def test_no_more_may_be_missing_than_is_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = Output(str(tmp_path / "a.pdf"), "pdf", "bulletin")
    inputs = pages(tmp_path, 3, (2,))
    assert built(inputs, monkeypatch, (LayOut,), output, most_failures=1)[0].exit is Exit.PROBLEMS
    (tmp_path / "a.pdf").unlink()
    for kinds in ((LayOut,), (ReadInput,)):
        with pytest.raises(ValidationError, match="1 articles could not be used; --max-failures allows 0"):
            built(inputs, monkeypatch, kinds, output, most_failures=0)
    assert not (tmp_path / "a.pdf").exists()


def test_an_error_in_making_up_one_story_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(title: str, measure: float) -> tuple[str, ...]:
        if title.endswith("之2"):
            raise ZeroDivisionError
        return phrases(title, measure)

    monkeypatch.setattr("newsbook.layout.makeup.phrases", breaking)
    output = Output(str(tmp_path / "a.pdf"), "pdf", "bulletin")
    done, _ = built(pages(tmp_path, 3, ()), monkeypatch, (), output)
    (found,) = [finding for finding in done.findings if finding.code is Code.STORY_NOT_SET]
    assert found.where.source == "02.txt"
    assert "ZeroDivisionError" in found.message
