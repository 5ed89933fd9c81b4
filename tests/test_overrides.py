"""A person's decisions come last, fit their place or are reported, and leave a record that can be played again."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newsbook.desk import edit
from newsbook.diagnostics import Code, Diagnostic, Exit, InputError, Place, Severity
from newsbook.model import OVERRIDE, Article, Copy, Figure, Line, Omission, Paragraph, Repair, Source
from newsbook.native import load as load_native
from newsbook.overrides import Decision, Keep, Overrides, Ruling, is_settled, load, override
from newsbook.replay import pieces, raw_column, replay

RAW = ("渡口開(kāi)市", "他說?！毙律迳鐓^很好。", "分享到：微信 微博", "  清晨的渡口。許一帆攝")
SLIP = Repair("slipped-bytes", 2, 3, "?！毙律迳鐓^", "。”新生村社區", 0.5, doubtful=True)
READING = Repair("bracketed-reading", 1, 4, "(kāi)", "")


def received() -> Copy:
    return Copy(tuple(Line(text, number) for number, text in enumerate(RAW, 1)), Source(name="p.txt", sha256="abc"))


def mended(*repairs: Repair) -> Copy:
    copy = received()
    lines = tuple(replay(line, (entry for entry in repairs if entry.line == line.number)) for line in copy.lines)
    return replace(copy, lines=lines, source=replace(copy.source, repairs=repairs))


def ruled(*rulings: Ruling, keep: tuple[Keep, ...] = (), sha256: str = "abc") -> tuple[Copy, list[Diagnostic]]:
    found: list[Diagnostic] = []
    overrides = Overrides("p.txt", sha256, rulings, keep)
    return override(received(), mended(READING, SLIP), overrides, found.append), found


def unfit(found: list[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in found if finding.code is Code.OVERRIDE_UNFIT]


@pytest.mark.parametrize(
    ("decision", "after", "text"),
    [
        (Decision.ACCEPT, None, "他說。”新生村社區很好。"),
        (Decision.ACCEPT, "。”新生村社區", "他說。”新生村社區很好。"),
        (Decision.REJECT, None, RAW[1]),
        (Decision.REPLACE, "：好。", "他說：好。很好。"),
        (Decision.REPLACE, "", "他說很好。"),
    ],
)
def test_a_decision_on_a_doubt_is_followed_and_ends_it(decision: Decision, after: str | None, text: str) -> None:
    copy, found = ruled(Ruling(2, SLIP.column, SLIP.before, decision, after))
    assert copy.lines[1] == Line(text, 2)
    entry = copy.source.repairs[1]
    assert (entry.kind, entry.confidence, entry.doubtful) == (OVERRIDE, 1.0, False)
    assert copy.source.repairs[0] == READING
    assert [finding.code for finding in found] == [Code.OVERRIDDEN]


def test_a_sure_repair_can_be_rejected_and_what_nobody_repaired_replaced() -> None:
    copy, found = ruled(Ruling(1, 4, "(kāi)", Decision.REJECT), Ruling(4, 3, "清晨", Decision.REPLACE, "傍晚"))
    assert [line.text for line in copy.lines] == [RAW[0], RAW[1], RAW[2], "  傍晚的渡口。許一帆攝"]
    assert copy.lines[1].doubts == ((2, 9),)
    assert not unfit(found)


@pytest.mark.parametrize(
    ("ruling", "why"),
    [
        (Ruling(2, 4, SLIP.before, Decision.ACCEPT), "does not stand there"),
        (Ruling(9, 1, "渡", Decision.REJECT), "does not stand there"),
        (Ruling(1, 0, "渡", Decision.REJECT), "does not stand there"),
        (Ruling(1, 4, "", Decision.REPLACE, "x"), "does not stand there"),
        (Ruling(2, 3, "?！", Decision.REJECT), "reaches farther"),
        (Ruling(1, 1, "渡口", Decision.ACCEPT), "no repair there"),
        (Ruling(1, 1, "渡口", Decision.REPLACE), "no text"),
        (Ruling(1, 1, "渡口", Decision.REPLACE, "渡\n口"), "line end"),
        (Ruling(1, 1, "渡口", Decision.REPLACE, "渡\x1b口"), "control character"),
    ],
)
def test_what_does_not_fit_is_reported_and_not_followed(ruling: Ruling, why: str) -> None:
    copy, found = ruled(ruling)
    (finding,) = unfit(found)
    assert why in finding.message
    assert (finding.where.line, finding.where.column, finding.severity) == (
        ruling.line,
        ruling.column,
        Severity.WARNING,
    )
    assert copy == mended(READING, SLIP)


def test_of_two_decisions_on_one_place_the_second_is_reported() -> None:
    first, second = Ruling(1, 1, "渡口", Decision.REPLACE, "碼頭"), Ruling(1, 2, "口", Decision.REPLACE, "江")
    copy, found = ruled(first, second)
    assert copy.lines[0].text == "碼頭開市"
    assert "another decision" in unfit(found)[0].message


def test_a_changed_page_is_noticed_and_what_still_fits_is_followed() -> None:
    copy, found = ruled(Ruling(1, 4, "(kāi)", Decision.REJECT), Ruling(2, 1, "她", Decision.REJECT), sha256="def")
    assert copy.lines[0].text == RAW[0]
    assert [finding.where.line for finding in unfit(found)] == [0, 2]


def test_a_settled_doubt_is_no_finding_any_more() -> None:
    copy, _ = ruled(Ruling(2, SLIP.column, SLIP.before, Decision.REJECT))
    doubt = Diagnostic(Code.REPAIR_DOUBTFUL, "x", Place("p.txt", 2, 3))
    assert is_settled(doubt, copy)
    assert not is_settled(doubt, mended(READING, SLIP))
    assert not is_settled(replace(doubt, code=Code.REPAIRED), copy)


def test_what_a_person_keeps_is_body_text_or_the_caption_that_it_was() -> None:
    share = Keep(3, 1, RAW[2], "share-bar")
    copy, found = ruled(keep=(share,))
    article = edit(copy, found.append)
    texts = ["".join(span.text for span in block.text) for block in article.body if isinstance(block, Paragraph)]
    assert RAW[2] in texts
    assert any(isinstance(block, Figure) for block in article.body)
    assert article.source.omissions == ()
    assert not unfit(found)


def test_to_keep_what_is_gone_or_was_never_left_out_is_reported() -> None:
    copy, found = ruled(keep=(Keep(3, 1, "分享"), Keep(3, 2, "分享到"), Keep(2, 1, RAW[1])))
    edit(copy, found.append)
    assert [(finding.where.line, finding.where.column) for finding in unfit(found)] == [(3, 1), (3, 2), (2, 1)]


def test_an_omission_has_the_column_of_its_first_character_in_the_raw_page() -> None:
    text = "渡口開市了\n　\ufeff　分享到：微信 微博\n街坊都來了，船也靠岸了。\n"
    lines = tuple(Line(words, number) for number, words in enumerate(text.split("\n"), 1))
    invisible = Repair("invisible-character", 2, 2, "\ufeff", "")
    raw = Copy(lines, Source(name="p.txt", repairs=(invisible,)))
    copy = replace(raw, lines=(lines[0], replay(lines[1], (invisible,)), *lines[2:]))
    (omission,) = edit(copy, print).source.omissions
    assert omission == Omission("share-bar", 2, "分享到：微信 微博", 4, 0.99)


@given(st.text("甲乙丙", max_size=12), st.data())
def test_columns_and_pieces_agree_with_the_replayed_line(raw: str, data: st.DataObject) -> None:
    record: list[Repair] = []
    at = 0
    while at < len(raw) and data.draw(st.booleans()):
        start = data.draw(st.integers(at, len(raw) - 1))
        at = data.draw(st.integers(start + 1, len(raw)))
        after = data.draw(st.text("丁戊", max_size=3))
        record.append(Repair("k", 1, start + 1, raw[start:at], after, 1.0, data.draw(st.booleans())))
    line = replay(Line(raw, 1), reversed(record))
    made = tuple(pieces(raw, record))
    assert "".join(piece.before for piece in made) == raw
    assert "".join(piece.after for piece in made) == line.text
    assert [line.text[low:high] for low, high in line.doubts] == [entry.before for entry in record if entry.doubtful]
    for place, character in enumerate(line.text):
        if character in "甲乙丙":
            assert raw[raw_column(record, place) - 1] == character or any(entry.doubtful for entry in record)


rulings = st.builds(
    Ruling,
    st.integers(0, 5),
    st.integers(0, 9),
    st.sampled_from(["(kāi)", SLIP.before, "渡", "口", "很好。", "", "說?"]),
    st.sampled_from(Decision),
    st.none() | st.text("船岸", max_size=3),
)


@given(st.lists(rulings, max_size=6).map(tuple))
def test_the_record_replayed_gives_the_text_whatever_was_decided(decided: tuple[Ruling, ...]) -> None:
    copy, found = ruled(*decided)
    for raw, line in zip(received().lines, copy.lines, strict=True):
        assert replay(raw, (entry for entry in copy.source.repairs if entry.line == raw.number)) == line
    made = sum(entry.kind == OVERRIDE for entry in copy.source.repairs)
    assert made + len(unfit(found)) == len(decided)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "truncated"),
        (b'{"type": "overrides", "page": "p"}', "sha256"),
        (b'{"type": "overrides", "page": "p", "sha256": "", "repairs": [{"line": 1}]}', "repairs[0]"),
        (b'{"type": "overrides", "page": "p", "sha256": "", "omissions": [{"decision": "drop"}]}', "omissions[0]"),
        (b"\xff", "x.overrides.json"),
    ],
)
def test_a_file_that_holds_no_decisions_is_one_clear_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load(raw, "x.overrides.json")
    assert said in str(caught.value)


def test_the_example_of_the_docs_is_such_a_file() -> None:
    page = (Path(__file__).parent.parent / "docs" / "proof.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.+?)```", page, re.DOTALL)
    overrides = load(example.encode(), "docs/proof.md")
    assert {ruling.decision for ruling in overrides.repairs} == set(Decision)


# --- from the command line ---------------------------------------------------------------------------------------

PAGE = (Path(__file__).parent.parent / "examples" / "single" / "ferry-bell.txt").read_bytes()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE)
    decide(path, repairs=[{"line": 1, "column": 5, "before": ":", "decision": "reject"}])
    return path


def decide(page: Path, **entries: object) -> None:
    content = {"type": "overrides", "page": page.name, "sha256": hashlib.sha256(page.read_bytes()).hexdigest()}
    Path(f"{page}.overrides.json").write_text(json.dumps({**content, **entries}), "utf-8")


def newsbook(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "newsbook", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("named", ["page.txt", "."])
def test_decisions_are_read_with_their_page_and_stand_among_the_inputs(page: Path, named: str) -> None:
    done = newsbook("parse", named, "-o", "../out.json", "--report", "../report.json", cwd=page.parent)
    assert (done.returncode, done.stderr) == (Exit.OK, "")
    article = load_native((page.parent / "../out.json").read_bytes(), "out.json")
    assert isinstance(article, Article)
    assert article.headline.startswith("渡口街道:停了")
    report = json.loads((page.parent / "../report.json").read_text("utf-8"))
    assert {entry["name"] for entry in report["inputs"]} == {"page.txt", "page.txt.overrides.json"}
    assert report["articles"][0]["repairs"][0] == {
        "kind": "override",
        "line": 1,
        "column": 5,
        "before": ":",
        "after": ":",
        "confidence": 1.0,
        "doubtful": False,
    }


def test_naming_the_decisions_with_the_page_is_naming_the_page(page: Path) -> None:
    done = newsbook("parse", "page.txt", "page.txt.overrides.json", cwd=page.parent)
    assert done.stdout == newsbook("parse", "page.txt", cwd=page.parent).stdout
    page.unlink()
    done = newsbook("parse", "-v", ".", cwd=page.parent)
    assert done.returncode == Exit.INPUT
    assert "note[input-ignored] page.txt.overrides.json" in done.stderr


def test_a_broken_file_is_a_problem_and_the_page_is_read_without_it(page: Path) -> None:
    decide(page, repairs=[{"line": "one"}])
    done = newsbook("parse", "page.txt", cwd=page.parent)
    assert done.returncode == Exit.PROBLEMS
    assert "problem[overrides-unusable] page.txt: page.txt.overrides.json holds no decisions" in done.stderr
    assert "渡口街道：停了" in done.stdout


def test_decisions_beside_json_are_reported(page: Path) -> None:
    model = page.with_name("page.json")
    model.write_text(newsbook("parse", "page.txt", cwd=page.parent).stdout, "utf-8")
    decide(model)
    done = newsbook("parse", "page.json", cwd=page.parent)
    assert "warning[override-unfit] page.json" in done.stderr


def test_no_output_overwrites_decisions(page: Path) -> None:
    before = Path(f"{page}.overrides.json").read_bytes()
    done = newsbook("parse", "page.txt", "-o", "page.txt.overrides.json", cwd=page.parent)
    assert done.returncode == Exit.USAGE
    assert Path(f"{page}.overrides.json").read_bytes() == before
