"""Articles that a program made: each mistake is a sentence that names the field, and one bad article is not the end."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import newsbook
from issues import article, picture, text
from newsbook import Article, Code, Diagnostic, Exit, Figure, Manner, Manuscript, Output, Paragraph, Project, Span

BODY = (Paragraph(text("早市六點開張。")),)
HREF = "begin it with https://, http:// or mailto:."


def story(headline: Any = "渡口開市", body: Any = BODY, **fields: Any) -> Article:  # noqa: ANN401 - of wrong types, too.
    return Article(headline, body, **fields)


def built(
    *manuscripts: object, folder: Path, project: Project = Project(), manner: Manner = Manner()
) -> tuple[newsbook.Built, list[Diagnostic]]:
    found: list[Diagnostic] = []
    outputs = project.outputs or (Output(str(folder / "all.json")),)
    given: Any = manuscripts
    whole = newsbook.Project(inputs=project.inputs, issue=project.issue, outputs=outputs)
    return newsbook.build(whole, manuscripts=given, report=found.append, manner=manner), found


def said(made: Any) -> str:  # noqa: ANN401 - of wrong types, too.
    with pytest.raises(newsbook.UsageError) as caught:
        newsbook.checked(made, "article 2")
    return str(caught.value)


def test_an_article_that_is_sound_stays_what_it_is() -> None:
    assert newsbook.checked(article()) == article()


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (story(headline=12), "headline is 12, a number; write text."),
        (story(headline=True), "headline is true, a truth value; write text."),
        (story(kicker=None), 'kicker is None; write text, "" for none.'),
        (story(headline=b"\xe6"), "headline is bytes; decode them."),
        (story(published=date(2024, 5, 6)), 'published is a date; write text: "2024-05-06".'),
        (story(published="昨天"), "published is “昨天”, which is no date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS."),
        (story(updated="2024-13-01"), "updated is “2024-13-01”, which is no date;"),
        (story(language="Chinese"), "language is “Chinese”, which is no language tag; write zh-Hans, zh-Hant, ja"),
        (story(body="早市"), "body is “早市”, a text; write a tuple of blocks."),
        (story(body=("早市",)), 'body[0] is “早市”, a text; write Paragraph((Span("…"),)).'),
        (story(body=(Span("早市"),)), "body[0] is a Span; write one of Paragraph, Crosshead, Figure, Quotation,"),
        (story(body=({"type": "break"},)), "body[0] is a dict; write one of Paragraph,"),
        (story(body=(*BODY, Paragraph("早市"))), 'body[1].text is “早市”, a text; write (Span("…"),).'),  # type: ignore[arg-type]
        (story(body=(Paragraph(Span("早")),)), 'body[0].text is a Span; write (Span("…"),).'),  # type: ignore[arg-type]
        (story(body=(newsbook.Items("甲乙"),)), "body[0].items is “甲乙”, a text; write a tuple of tuples of Spans."),  # type: ignore[arg-type]
        (story(body=(newsbook.Table(((text("甲"), ()), (text("乙"),))),)), "body[0].rows[1] has 1 cell, and the first"),
        (story(body=(newsbook.Table((), header_rows=1),)), "body[0].header_rows is 1, and the table has 0 rows;"),
        (
            story(body=(Paragraph((Span("甲", href="://b"),)),)),
            "[0].href is “://b”, which is no address that a book can lead to;",
        ),
        (story(body=(Paragraph((Span("甲", href="/b"),)),)), HREF),
        (story(body=(Paragraph((Span("甲", href="javascript:b"),)),)), HREF),
        (story(credits=(newsbook.Credit("auther", "林"),)), "is none of author, editor, translator, photographer,"),  # type: ignore[arg-type]
        (story(credits=(newsbook.Credit("auther", "林"),)), "did you mean author?"),  # type: ignore[arg-type]
        (story(credits=("林",)), "credits[0] is “林”, a text; write a Credit."),
        (story(source=None), "source is None; write a Source."),
        (story(source=newsbook.Source(embargo="soon")), "source.embargo is “soon”, which is no date;"),
        ({"headline": "渡口"}, "it is a dict; write an Article."),
    ],
)
def test_a_mistake_names_its_field(made: object, sentence: str) -> None:
    assert said(made).startswith("article 2: ")
    assert sentence in said(made)


def test_all_mistakes_are_told_up_to_a_number() -> None:
    told = said(story(headline=1, kicker=2, deck=3))
    assert [name for name in ("headline is 1", "kicker is 2", "deck is 3") if name not in told] == []
    assert said(story(body=(1,) * 12)).endswith("There are 7 more like these.")


def test_lists_and_names_of_roles_and_marks_will_do() -> None:
    loose = story(
        body=[Paragraph([Span("早市", marks=["strong"])])],  # type: ignore[arg-type]
        credits=[newsbook.Credit("author", "林小舟")],  # type: ignore[arg-type]
    )
    strict = story(
        body=(Paragraph((Span("早市", marks=(newsbook.Mark.STRONG,)),)),),
        credits=(newsbook.Credit(newsbook.Role.AUTHOR, "林小舟"),),
    )
    assert newsbook.checked(loose) == strict
    assert hash(newsbook.checked(loose)) == hash(strict)


def test_a_string_of_a_library_becomes_one_of_pythons_own() -> None:
    class Smart(str):
        __slots__ = ()

    assert type(newsbook.checked(story(headline=Smart("渡口"))).headline) is str


def test_what_no_edition_can_hold_is_taken_out_and_told_with_its_field() -> None:
    found: list[Diagnostic] = []
    made = newsbook.checked(story("渡\0口", (Paragraph(text("早\ud800市")),)), "article 1", found.append)
    assert made == story("渡口", (Paragraph(text("早市")),))
    assert [finding.code for finding in found] == [Code.CONTROL_CHARACTERS]
    assert "headline, body[0].text[0].text" in found[0].message


@pytest.mark.parametrize(
    ("manuscript", "sentence"),
    [
        (story(), "it is an Article; write Manuscript(article)."),
        ({}, "it is a dict; write a Manuscript."),
        (Manuscript(story(), []), "pictures is a list; write a dict of names and bytes or Paths."),  # type: ignore[arg-type]
        (Manuscript(story(), {"a.jpg": "a.jpg"}), "pictures[“a.jpg”] is “a.jpg”, a text; write bytes or a Path."),  # type: ignore[dict-item]
        (Manuscript(story(), {"a.jpg": None}), "pictures[“a.jpg”] is None; write bytes or a Path."),  # type: ignore[dict-item]
        (Manuscript(story(), {"a.jpg": Path("a\0")}), "pictures[“a.jpg”] is “a\\x00”, which is no name of a file;"),
        (Manuscript(story(), {1: b""}), "a name in pictures is 1, a number;"),  # type: ignore[dict-item]
    ],
)
def test_what_is_no_manuscript_is_told(tmp_path: Path, manuscript: object, sentence: str) -> None:
    with pytest.raises(newsbook.UsageError) as caught:
        built(manuscript, folder=tmp_path)
    assert f"article 1: {sentence}" in str(caught.value)


def test_one_bad_article_among_several_is_a_finding(tmp_path: Path) -> None:
    bad = Manuscript(story("壞了", 5))
    made, found = built(Manuscript(story()), bad, folder=tmp_path)
    assert (made.exit, [each.headline for each in made.articles]) == (Exit.PROBLEMS, ["渡口開市"])
    assert [(finding.code, str(finding.where)) for finding in found] == [(Code.ARTICLE_UNUSABLE, "article 2")]
    assert found[0].message == "“壞了”: body is 5, a number; write a tuple of blocks."
    assert (tmp_path / "all.json").exists()


def test_several_bad_articles_and_no_other_are_no_input(tmp_path: Path) -> None:
    with pytest.raises(newsbook.InputError, match="none of the 2 articles"):
        built(Manuscript(story(1)), Manuscript(story(2)), folder=tmp_path)


def test_one_bad_article_beside_an_input_is_a_finding(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_bytes(newsbook.dump(story("頁")))
    made, found = built(Manuscript(story(1)), folder=tmp_path, project=Project(inputs=(str(page),)))
    assert (made.exit, [finding.code for finding in found]) == (Exit.PROBLEMS, [Code.ARTICLE_UNUSABLE])


def test_under_strict_one_bad_article_is_the_end(tmp_path: Path) -> None:
    with pytest.raises(newsbook.ValidationError):
        built(Manuscript(story()), Manuscript(story(1)), folder=tmp_path, manner=Manner(strict=True))
    assert not (tmp_path / "all.json").exists()


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (story(), story(), "article 1"),
        (
            story("舊", published="2024-05-06", source=newsbook.Source(identifier="urn:x:1")),
            story("新", published="2024-05-07", source=newsbook.Source(identifier="urn:x:1")),
            "article 2",
        ),
    ],
)
def test_a_duplicate_is_left_out(tmp_path: Path, first: Article, second: Article, kept: str) -> None:
    made, found = built(Manuscript(first), Manuscript(second), folder=tmp_path)
    assert [each.source.name for each in made.articles] == [kept]
    assert [finding.code for finding in found] == [Code.DUPLICATE_LEFT_OUT]
    assert found[0].message.endswith(f"{kept} was taken.")


def figures(tmp_path: Path, pictures: Mapping[str, bytes | Path]) -> list[Diagnostic]:
    body = (*BODY, Figure(text("豆花攤。"), image="a.png", alt="豆花攤"))
    epub = Project(outputs=(Output(str(tmp_path / "all.epub")),))
    return built(Manuscript(story(body=body), pictures), folder=tmp_path, project=epub)[1]


def codes(found: Iterable[Diagnostic]) -> list[tuple[Code, str]]:
    return [(each.code, str(each.where)) for each in found if each.code.value.startswith("picture")]


def test_pictures_come_as_bytes_or_as_files(tmp_path: Path) -> None:
    path = picture(tmp_path / "drawn.png")
    assert codes(figures(tmp_path, {"a.png": path})) == []
    assert codes(figures(tmp_path, {"a.png": path.read_bytes()})) == []


def test_a_figure_whose_picture_was_not_given_is_found(tmp_path: Path) -> None:
    found = figures(tmp_path, {})
    assert codes(found) == [(Code.PICTURE_UNUSABLE, "article 1")]
    assert any("a.png cannot be used: it is not among the pictures of its article" in each.message for each in found)


def test_a_picture_that_no_figure_shows_is_found(tmp_path: Path) -> None:
    path = picture(tmp_path / "drawn.png")
    found = figures(tmp_path, {"a.png": path, "b.png": path})
    assert codes(found) == [(Code.PICTURE_WITHOUT_CAPTION, "article 1")]


@pytest.mark.parametrize("name", ["missing.png", ".", "x" * 300, "fifo"])
def test_a_picture_that_cannot_be_read_is_found(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert codes(figures(tmp_path, {"a.png": tmp_path / name})) == [(Code.PICTURE_UNUSABLE, "article 1")]


def test_no_output_is_written_over_a_picture(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    body = (*BODY, Figure(text("豆花攤。"), image="a.png"))
    project = Project(outputs=(Output(str(path), kind="json"),))
    with pytest.raises(newsbook.UsageError):
        built(Manuscript(story(body=body), {"a.png": path}), folder=tmp_path, project=project)


def test_a_volume_takes_no_manuscripts_and_says_so(tmp_path: Path) -> None:
    project = Project(outputs=(Output(str(tmp_path / "all.epub"), collection="volume"),))
    with pytest.raises(newsbook.UsageError, match=r"newsbook\.dump"):
        built(Manuscript(story()), folder=tmp_path, project=project)


@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        (Project(inputs="a"), 'inputs is “a”, which is no list; write it in brackets: ["a"].'),  # type: ignore[arg-type]
        (Project(inputs=None), "inputs is None, which is no list."),  # type: ignore[arg-type]
        (Project(inputs=(Path("a"),)), 'inputs[0] is a, which is no text; write it in quotes: "a".'),  # type: ignore[arg-type]
        (Project(outputs=("a.pdf",)), "outputs is a list of what are no tables"),  # type: ignore[arg-type]
        (Project(outputs=Output("a.pdf")), "and there may be several, in a tuple; write Output(…)."),  # type: ignore[arg-type]
        (Project(outputs=(Output(Path("a.pdf")),)), "outputs[0].file is a.pdf, which is no text;"),  # type: ignore[arg-type]
        (Project(issue={"number": "12"}), "issue is a dict; write Facts(…)."),  # type: ignore[arg-type]
        (Project(issue=None), "issue is None, which is no table;"),  # type: ignore[arg-type]
        (Project(issue=newsbook.Facts(number=12)), 'issue.number is 12, which is no text; write it in quotes: "12".'),  # type: ignore[arg-type]
        ({"inputs": ("a",)}, "project is a dict; write Project(…)."),
    ],
)
def test_a_project_of_wrong_types_is_told_as_that_of_a_file_is(project: Any, sentence: str) -> None:  # noqa: ANN401
    with pytest.raises(newsbook.UsageError) as caught:
        newsbook.build(project, manuscripts=[Manuscript(story())])
    assert sentence in str(caught.value)


def test_a_list_of_outputs_will_do(tmp_path: Path) -> None:
    outputs: Any = [Output(str(tmp_path / "all.json"))]
    assert newsbook.build(Project(outputs=outputs), manuscripts=[Manuscript(story())]).exit is Exit.OK


@pytest.mark.parametrize(
    ("manuscripts", "manner", "sentence"),
    [
        (Manuscript(story()), Manner(), "manuscripts is a Manuscript; write a list of Manuscripts."),
        ("頁", Manner(), "manuscripts is “頁”, a text; write a list of Manuscripts."),
        ((), None, "manner is None; write Manner(…)."),
        ((), Manner(limits="2 GB"), "manner.limits is “2 GB”, a text; write Limits(…)."),  # type: ignore[arg-type]
        ((), Manner(store=Path("a")), "manner.store is a path; write it as text: str(…)."),  # type: ignore[arg-type]
        ((), Manner(workers=-1), "manner.workers is -1, a number; write a number of processes from 0 to 256."),
        ((), Manner(workers="2"), "manner.workers is “2”, a text; write a number of processes from 0 to 256."),  # type: ignore[arg-type]
    ],
)
def test_a_call_of_wrong_types_is_told(manuscripts: Any, manner: Any, sentence: str) -> None:  # noqa: ANN401
    with pytest.raises(newsbook.UsageError) as caught:
        newsbook.build(Project(outputs=(Output("a.pdf"),)), manuscripts=manuscripts, manner=manner)
    assert str(caught.value) == sentence
