"""Words that an editor lists, and names that stand elsewhere on a page, outrank what is frequent in general."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner

from damage import harm_of, inflicted
from newsbook.cli import cli
from newsbook.diagnostics import Exit
from newsbook.model import Copy, Line, Source
from newsbook.repairs import repair
from newsbook.repairs.knownwords import KnownWords
from slips import Verdict, slips_of

# Names are made of characters that hardly any text has.
_SURNAMES, _GIVEN = (
    "许沈郝梁彭傅秦贾邱丁谭孔卢姚廖罗马蒋",
    "苇岫璟翎珩砚屿笙澍潼漪瑄昀煦晖霁昕妤姝嫣蕴菡茉芮荻莘薇峥彧勰翀翊霖",
)
_PAGE = """{0}。{1}说：“今年的渡口街灯会要比去年热闹。”
街道办事处负责人介绍，灯会由{2}。{3}等人筹办。
“我们做了三百盏灯！”{4}，今年二十岁，是志愿者。
在广场上，{5}？{0}笑着摇头：“还没有想好。”
居民们说，今年的灯会让大家都很高兴。活动将持续三天，直到周日晚上。
据了解，渡口街已经连续八年举办灯会，吸引了许多外地游客前来观看。"""


def test_listed_names_settle_what_was_in_doubt() -> None:
    """A list of names, of whom most are on no page, leaves fewer runs in doubt, and none comes out wrong."""
    chance = random.Random(7)  # noqa: S311 - names to test with, no secret.
    names = ["".join((chance.choice(_SURNAMES), *chance.sample(_GIVEN, 2))) for _ in range(600)]
    pages = [_PAGE.format(*names[at : at + 6]) for at in range(0, 120, 6)]

    def verdicts(listed: tuple[str, ...]) -> Counter[Verdict]:
        return Counter(chain.from_iterable(_verdicts(page, seed, listed) for seed, page in enumerate(pages)))

    without, with_names = verdicts(()), verdicts(tuple(names))
    assert without[Verdict.WRONG] == with_names[Verdict.WRONG] == 0
    assert with_names[Verdict.DOUBTFUL] * 2 < without[Verdict.DOUBTFUL]


def _verdicts(clean: str, seed: int, listed: tuple[str, ...]) -> Iterator[Verdict]:
    raw = inflicted(clean, harm_of(clean, 4, seed)).split("\n")
    copy = Copy(tuple(Line(text, at) for at, text in enumerate(raw, 1)), Source(name="page.txt"))
    mended = repair(copy, lambda _finding: None, listed)
    for damaged, want, line in zip(raw, clean.split("\n"), mended.lines, strict=True):
        yield from (slip.verdict for slip in slips_of(damaged, want, line))


@pytest.mark.parametrize(
    ("text", "listed", "guess"),
    [
        ("記者林?舟報導", ("林小舟",), "小"),
        ("記者林?報導", ("林莽",), "莽"),
        ("記者林?報導", ("林莽", "林薺"), ""),  # Either may have stood there.
        ("?口街", ("渡口街",), "渡"),
        ("渡口街道辦事?說", ("渡口街道辦事處",), "處"),
        ("市集??街坊", ("市集",), ""),
        ("全無?關", ("林小舟",), ""),
    ],
)
def test_a_listed_word_tells_what_was_lost(text: str, listed: tuple[str, ...], guess: str) -> None:
    start = text.index("?")
    end = text.rindex("?") + 1
    assert KnownWords((), listed).guess(text, start, end) == guess


@pytest.mark.parametrize(
    ("text", "place", "guess"),
    [
        ("祝南枝說，市集辦了三年。\n後來祝?枝又說，大家都來。", (2, 4), "南"),
        ("祝南枝說，市集辦了三年。\n後來祝\ufffd枝又說，大家都來。", (2, 4), "南"),
        ("祝南枝和祝北枝都來了。\n後來祝\ufffd枝又說，大家都來。", (2, 4), ""),
    ],
)
def test_a_name_elsewhere_on_the_page_is_the_guess(text: str, place: tuple[int, int], guess: str) -> None:
    copy = Copy(tuple(Line(words, at) for at, words in enumerate(text.split("\n"), 1)), Source(name="page.txt"))
    (found,) = repair(copy, lambda _finding: None).source.repairs
    assert (found.line, found.column, found.after, found.doubtful) == (*place, guess, True)


@pytest.mark.parametrize("text", ["祝南枝問：是不是真的?南枝又問是誰。", "祝南枝說好。誰來開門?枝頭有鳥。"])
def test_questions_stay(text: str) -> None:
    copy = Copy((Line(text, 1),), Source(name="page.txt"))
    assert repair(copy, lambda _finding: None) is copy


def test_lists_come_from_the_command_line_and_from_the_issue_file(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("渡口街開了舊書市集\n\n記者林?舟今天到場，看見四十個攤位，人很多。\n", "utf-8")
    (tmp_path / "names.txt").write_text("\ufeff# 本報記者\n林小舟\t攝影\n\n", "utf-8")

    def guesses(*arguments: str) -> list[str]:
        out = tmp_path / "out.json"
        command = ["parse", str(tmp_path / "page.txt"), "-j", "0", "-o", str(out), *arguments]
        assert CliRunner().invoke(cli, command).exit_code == Exit.OK
        return [repair["after"] for repair in json.loads(out.read_bytes())["source"].get("repairs", ())]

    assert not guesses()
    assert guesses("--lexicon", str(tmp_path / "names.txt")) == ["小"]
    (tmp_path / "newsbook.toml").write_text('[reading]\nlexicon = ["names.txt"]\n', "utf-8")
    assert guesses() == ["小"]


@pytest.mark.parametrize(
    ("content", "sentence"), [(None, "does not exist"), ("林小舟".encode("gbk"), "is no text in UTF-8")]
)
def test_a_list_that_cannot_be_read_ends_the_run(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    (tmp_path / "page.txt").write_text("渡口街開了舊書市集\n\n今天有四十個攤位，人很多。\n", "utf-8")
    if content is not None:
        (tmp_path / "names.txt").write_bytes(content)
    names = str(tmp_path / "names.txt")
    result = CliRunner().invoke(cli, ["parse", str(tmp_path / "page.txt"), "-j", "0", "--lexicon", names])
    assert result.exit_code == Exit.USAGE
    assert sentence in result.stderr
