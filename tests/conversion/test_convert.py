"""--script: every text of a Chinese article in one script, and nothing else of it."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from issues import article, text
from newsbook.conversion import Target, convert, convert_frame, retagged
from newsbook.desk import find_mixture
from newsbook.diagnostics import Code
from newsbook.model import Article, Issue, Paragraph, Repair, Source, Span
from plain import strings_of

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))
CHINESE = ("zh-Hans", "zh-Hans-SG", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant-MO")
WANTED = [target for target in Target if target is not Target.KEEP]


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    script: Target
    before: str
    after: str


def told(words: str, language: str, *repairs: Repair) -> Article:
    return Article("", (Paragraph(text(words)),), language=language, source=Source(repairs=repairs))


def words_of(story: Article) -> str:
    return "".join(strings_of(story))


@pytest.mark.parametrize("title", CASES)
def test_a_paragraph_is_brought_to_the_script(title: str) -> None:
    case = msgspec.convert(CASES[title], Case)
    story = told(case.before, case.language)
    result = convert(story, case.language, case.script, is_mixed=False)
    assert words_of(result) == case.after
    assert result.language == retagged(case.language, case.script)
    assert (result is story) == (case.before == case.after and case.language == result.language)


@pytest.mark.parametrize("target", WANTED)
@pytest.mark.parametrize("title", CASES)
def test_converting_twice_is_converting_once(title: str, target: Target) -> None:
    case = msgspec.convert(CASES[title], Case)
    once = convert(told(case.before, case.language), case.language, target, is_mixed=False)
    assert convert(once, once.language, target, is_mixed=False) is once


@given(st.text(st.sampled_from("渡口发后“”‘’「」『』a’ 裡著"), max_size=30), st.sampled_from(CHINESE))
def test_keeping_keeps_the_object(words: str, language: str) -> None:
    story = told(words, language, Repair("bracketed-reading", 1, 1, "(dù)", ""))
    assert convert(story, language, Target.KEEP, is_mixed=True) is story


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target.HANS, "乡村干部说：“多措并举。”"),
        (Target.HANT, "鄉村幹部說：「多措並舉。」"),
        (Target.HANT_TW, "鄉村幹部說：「多措並舉。」"),
        (Target.HANT_HK, "鄉村幹部説：「多措並舉。」"),
    ],
)
@pytest.mark.parametrize("kind", ["bracketed-reading", "slipped-bytes"])
def test_a_mirror_s_text_goes_back_to_what_it_was_first(kind: str, target: Target, expected: str) -> None:
    story = told("鄉村干部說：“多措并舉。”", "zh-Hant", Repair(kind, 1, 3, "(cūn)", ""))
    assert words_of(convert(story, "zh-Hant", target, is_mixed=False)) == expected


def test_a_clean_traditional_page_with_other_repairs_is_no_mirror_s() -> None:
    story = told("皇后大道的范先生，沖出里弄。", "zh-Hant", Repair("invisible-character", 1, 1, "\N{SOFT HYPHEN}", ""))
    assert convert(story, "zh-Hant", Target.HANT, is_mixed=False) is story


def test_of_a_mixed_text_only_the_other_script_s_characters_are_changed() -> None:
    story = told("皇后大道的范先生說，这个渡口里弄的人们都来過。", "zh-Hant")
    mended = convert(story, "zh-Hant", Target.HANT, is_mixed=True)
    assert words_of(mended) == "皇后大道的范先生說，這個渡口里弄的人們都來過。"
    story = told("鋪裏的人説，这个渡口人们都來過。", "zh-Hant-HK")
    mended = convert(story, "zh-Hant-HK", Target.HANT, is_mixed=True)
    assert words_of(mended) == "鋪裏的人説，這個渡口人們都來過。"
    story = told("乾隆年間的瞭望台，聽說這裡有人看過戏，一片狼藉。", "zh-Hans")
    mended = convert(story, "zh-Hans", Target.HANS, is_mixed=True)
    assert words_of(mended) == "乾隆年间的瞭望台，听说这里有人看过戏，一片狼藉。"


def test_a_mixed_text_is_found_and_a_name_is_no_mixture() -> None:
    mixed = find_mixture(told("這個渡口開市，說來話長，这个渡口开过了，说来话长。", "zh-Hant"), "zh-Hant")
    assert mixed is not None
    assert mixed.code is Code.SCRIPT_MIXED
    assert find_mixture(told("這個渡口開市了，名牌寫著“国货”。", "zh-Hant"), "zh-Hant") is None
    assert find_mixture(told("国会と會社の関係、国旗と學校の関係、説明と点検。", "ja"), "ja") is None


def test_every_text_is_converted_and_no_link_name_hash_or_record() -> None:
    before = article()
    after = convert(before, before.language, Target.HANS, is_mixed=False)
    assert after.language == "zh-Hans"
    assert not set("聽說開門書裡讀陳會換週圖週") & set(words_of(after))
    assert (after.section, after.kicker, after.source.outlet) == ("街坊", "老街新事", "渡口街坊网")
    assert [credit.name for credit in after.credits] == ["林小舟", "许一帆"]
    assert replace(after.source, outlet="") == replace(before.source, outlet="")
    assert [type(block) for block in after.body] == [type(block) for block in before.body]
    links = [[span.href for span in block.text] for block in after.body if isinstance(block, Paragraph)]
    assert links == [[span.href for span in block.text] for block in before.body if isinstance(block, Paragraph)]


def test_what_is_doubtful_stays_as_it_was_received_and_words_run_across_spans() -> None:
    spans = (Span("他的头"), Span("发"), Span("?！毙发迳", doubtful=True), Span("发展"))
    story = Article("", (Paragraph(spans),), language="zh-Hans")
    (block,) = convert(story, "zh-Hans", Target.HANT, is_mixed=False).body
    assert isinstance(block, Paragraph)
    assert [span.text for span in block.text] == ["他的頭", "髮", "?！毙发迳", "發展"]


def test_the_frame_of_an_issue_follows() -> None:
    frame = Issue("渡口街坊報", (), "zh-Hant", number="第12號", publisher="街坊會", rights="權利")
    after = convert_frame(frame, Target.HANS)
    assert (after.nameplate, after.number, after.publisher, after.rights) == ("渡口街坊报", "第12号", "街坊会", "权利")
    assert after.language == "zh-Hans"
    assert convert_frame(replace(frame, language="ja"), Target.HANS).nameplate == "渡口街坊報"
    assert convert_frame(frame, Target.HANT) is frame
