"""What is written and read again is the same project; pages, schema and command know every field there is."""

import json
import re
from pathlib import Path
from typing import TypeVar, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct, convert
from msgspec import json as coded
from msgspec.structs import replace

from newsbook.conversion import Marks, Target
from newsbook.diagnostics import Place, UsageError
from newsbook.model import Article, Role, Source
from newsbook.project import (
    Advertisement,
    Allowance,
    Amendment,
    Correction,
    Credits,
    HousePiece,
    Inspection,
    Output,
    PictureAmendment,
    Project,
    ProjectDraft,
    Replacement,
    Section,
    Staff,
    StaffRole,
    check,
    located,
    merge,
    read,
)
from newsbook.project.fields import Kind, SettingField, fields_of
from newsbook.project.values import Form, Script
from newsbook.project.values import Marks as OwnMarks
from newsbook.project.written import as_json, as_toml, schema
from newsbook.readers import READERS

ROOT = Path(__file__).parent.parent.parent

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufffe\uffff"),
    max_size=20,
)
FORMS: dict[str, st.SearchStrategy[str]] = {
    "": TEXT,
    "path": ANY,
    "style": TEXT,
    "day": st.dates().map(str),
    "moment": st.datetimes().map(lambda moment: moment.isoformat()),
    "language": st.sampled_from(["zh-Hans", "zh-Hant-HK", "ja", "ko"]),
    "encoding": st.sampled_from(["utf-8", "gb18030"]),
    "paper": st.sampled_from(["A5", "JIS-B5", "Letter", "185x260mm"]),
    "colour": st.sampled_from(["#17406d", "#abc"]),
    "family": st.sampled_from(["渡口宋體", "Ferry Sans"]),
    "running head": st.sampled_from(["-", "{nameplate} {date}", "渡口"]),
    "address": st.sampled_from(["https://news.example/11", "mailto:desk@news.example"]),
    "size": st.sampled_from(["25MB", "500 kb", "10000"]),
    "code": st.sampled_from(["headline-long", "mark-doubled"]),
    "bleed": st.sampled_from(["3mm", "0.125 in"]),
    "binding": st.sampled_from(["5mm", "1.5cm"]),
}
T = TypeVar("T", bound=Struct)

OF_OTHER_TYPES = {"credits", "replace", "pictures", "leave_out", "hold"}

FULL = Project(
    inputs=("page.txt",),
    sections=(Section("要聞", ("page.txt",)),),
    articles=(
        replace(
            convert(dict.fromkeys(set(fields_of(Amendment)) - OF_OTHER_TYPES, ""), Amendment),
            of="page.txt",
            replace=(Replacement("渡囗", "渡口"),),
            pictures=(PictureAmendment("1", after="早", caption="市", alt="", credit=""),),
            credits=Credits(("甲",), ("乙",), ("丙",), ("丁",), ("戊",), ("己",)),
        ),
    ),
    foreword=HousePiece("卷首", "渡口"),
    editorial=HousePiece("社評", "渡口"),
    notices=(HousePiece("啟事", "渡口", byline="甲", section="要聞", after="page.txt", language="ja"),),
    corrections=(Correction("不是十六", "早市", "11", "2024-05-05", "https://news.example/11"),),
    advertisements=(Advertisement("酒坊", "甜酒", size="half", labelled=False),),
    boxes=(HousePiece("訂閱", "十元"),),
    staff=Staff(text="老街一號", roles=(StaffRole("記者", ("甲", "乙")),)),
    outputs=(Output("a.pdf"), Output("b.epub")),
    check=Inspection(allow=(Allowance("headline-long", "page.txt", "渡口", "照原稿"),)),
)
"""A project with something in every field."""


def structs(kind: type[T]) -> st.SearchStrategy[T]:
    return st.builds(kind, **{name: held_by(field) for name, field in fields_of(kind).items()})


def held_by(field: SettingField) -> st.SearchStrategy[object]:
    """Return what a field may hold, were there no other."""
    if field.table:
        return structs(field.table)
    if field.entry:
        return st.lists(structs(field.entry), max_size=1).map(tuple)
    one = one_of(field)
    several = st.lists(one.filter(bool), max_size=3).map(tuple) if field.is_list else one
    return st.none() | several if field.is_optional else several


def one_of(field: SettingField) -> st.SearchStrategy[object]:
    low = field.above if field.above is not None else field.at_least
    kinds: dict[object, st.SearchStrategy[object]] = {
        str: st.sampled_from(field.choices) if field.choices else FORMS[field.form],
        bool: st.booleans(),
        int: st.integers(int(low or 0), int(field.at_most or 0)),
        Replacement: st.builds(Replacement, TEXT, TEXT),
        float: st.floats(low, field.at_most, exclude_min=field.above is not None),
    }
    return kinds[field.scalar]


def every_kind(kind: Kind = Project) -> dict[str, Kind]:
    """Return every struct of a project by the header of its table, the project itself by an empty one."""
    found = {"": kind}
    for name, field in fields_of(kind).items():
        inner = field.table or field.entry
        if inner:
            found |= {f"{name}.{key}".rstrip("."): value for key, value in every_kind(inner).items()}
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(structs(Project))
def test_as_toml_it_is_read_as_the_same(project: Project) -> None:
    text = as_toml(project, {})
    draft = read(text)
    assert draft.project == project
    assert not draft.findings
    lines = text.split("\n")
    for key, place in draft.origins.items():
        assert lines[place.line - 1].startswith((re.split(r"[.]", key)[-1], "["))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(structs(Project))
def test_as_json_it_is_read_as_the_same(project: Project) -> None:
    assert coded.decode(as_json(project), type=Project) == project


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(structs(Project))
def test_nothing_merged_with_it_leaves_it_the_same(project: Project) -> None:
    draft = ProjectDraft(project)
    assert merge(draft, {}) == draft
    read_again = read(as_toml(project, {}))
    assert merge(read_again, {}) == read_again


@pytest.mark.parametrize("project", [Project(), FULL], ids=["empty", "full"])
def test_what_is_checked_is_checked_again_as_the_same(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").touch()
    checked = check(ProjectDraft(project), print)
    assert check(ProjectDraft(checked), print) == checked
    assert check(read(as_toml(checked, {})), print) == checked


def test_each_value_says_where_it_came_from() -> None:
    text = as_toml(
        Project(style="plain", inputs=("a", "b")), {"style": Place("newsbook.toml", 3), "inputs": Place("INPUT")}
    )
    assert text.splitlines()[:10] == [
        'inputs = ["a", "b"]  # INPUT',
        "order = []  # default",
        'style = "plain"  # newsbook.toml:3',
        "sections = []  # default",
        "articles = []  # default",
        "notices = []  # default",
        "corrections = []  # default",
        "advertisements = []  # default",
        "boxes = []  # default",
        "outputs = []  # default",
    ]
    assert 'number = ""  # default' in text


def test_no_name_steers_the_terminal() -> None:
    text = as_toml(Project(inputs=("\x9b31m\x7f\u202e\x1b.txt",)), {})
    assert text.startswith('inputs = ["\\u009b31m\\u007f\\u202e\\u001b.txt"]')
    assert read(text).project.inputs == ("\x9b31m\x7f\u202e\x1b.txt",)


def test_a_name_that_is_no_text_cannot_be_written() -> None:
    with pytest.raises(UsageError, match="is not in UTF-8"):
        as_toml(Project(inputs=("\udcb6.txt",)), {})


def test_the_full_project_has_every_field_in_its_toml() -> None:
    text = as_toml(FULL, {})
    for header, kind in every_kind().items():
        tables = re.split(rf"^\[+{re.escape(header)}\]+$", f"\n{text}", flags=re.MULTILINE) if header else ["", text]
        assert len(tables) > 1, header
        for name, field in fields_of(kind).items():
            if not (field.table or field.entry):
                assert re.search(rf"^{name} = ", tables[1], re.MULTILINE), (header, name)


def test_the_schema_in_the_docs_is_that_of_the_structs() -> None:
    assert (ROOT / "docs" / "newsbook.schema.json").read_text("utf-8") == schema()


def test_the_schema_knows_every_field_and_what_it_is_for() -> None:
    made = json.loads(schema())["$defs"]
    for kind in every_kind().values():
        properties = made[kind.__name__]["properties"]
        assert set(properties) == set(fields_of(kind))
        assert made[kind.__name__]["additionalProperties"] is False
        for name, field in fields_of(kind).items():
            assert field.table or field.entry or properties[name]["description"] == field.description


def test_the_page_explains_every_field_and_no_other() -> None:
    page = (ROOT / "docs" / "project.md").read_text("utf-8")
    parts = re.split(r"^## `?\[*([a-z.]*)\]*`?.*$", page, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for header, kind in every_kind().items():
        rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", sections[header], re.MULTILINE))
        fields = {name: field for name, field in fields_of(kind).items() if not (field.table or field.entry)}
        assert rows == {name: field.description for name, field in fields.items()}, header


def test_the_example_of_the_page_is_without_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example, *_ = re.findall(r"```toml\n(.+?)```", (ROOT / "docs" / "project.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    draft = read(example)
    assert draft.findings == ()
    assert [output.kind for output in located(check(draft, print), Path()).outputs] == ["pdf", "epub"]


def test_choices_are_those_of_the_rooms_that_know_them() -> None:
    assert get_args(Form) == ("", *READERS)
    assert set(get_args(Script)) == {target.value for target in Target}
    assert set(get_args(OwnMarks)) == {marks.value for marks in Marks}
    assert set(fields_of(Credits)) == {role.value for role in Role}


def test_every_fact_that_an_article_states_can_be_amended() -> None:
    kept = {"of", "body", "source", "replace", "pictures", "leave_out", "hold"}
    kept |= {"genre", "space"}
    stated = set(fields_of(Article)) | {"outlet", "url", "retrieved", "rights"}
    assert set(fields_of(Amendment)) - kept == stated - kept
    assert set(fields_of(Source)) >= {"outlet", "url", "retrieved", "rights"}
