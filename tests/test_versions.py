"""Two versions of one page or story are told of; what a page repeats on and on is told once."""

from pathlib import Path

import pytest

from making import taken
from newsbook.diagnostics import Code, Diagnostic

STORIES = {
    "hant": (
        "渡口渡船停航三天",
        "渡口的渡船停航了三天，街坊只好繞路過橋。",
        "船公司昨晚宣布復航，票價照舊，首班船提早開出。",
    ),
    "hans": (
        "渡口渡船停航三天",
        "渡口的渡船停航了三天，街坊只好绕路过桥。",
        "船公司昨晚宣布复航，票价照旧，首班船提早开出。",
    ),
    "ja": (
        "渡し場の船が三日間運休",
        "渡し場の船が三日間運休し、住民は橋まで回り道をした。",
        "船会社は昨夜、運航の再開と運賃の据え置きを発表した。",
    ),
    "ko": (
        "나루터 배 사흘 운항 중단",
        "나루터의 배가 사흘 동안 멈춰 주민들이 다리를 건넜다.",
        "선사는 어젯밤 운항 재개와 요금 동결을 발표했다.",
    ),
}
ADDRESSES = [
    ("https://www.ferry.example/news/1/?utm_source=mail", "http://ferry.example/news/1", True),
    ("https://m.ferry.example/news/1.html#top", "https://www.ferry.example/news/1.html", True),
    ("https://ferry.example/amp/news/1", "https://ferry.example/news/1?fbclid=x", True),
    ("https://ferry.example/news?id=1", "https://ferry.example/news?id=2", False),
    ("https://ferry.example/", "https://ferry.example/", False),
]


def doubtful(folder: Path, pages: list[str]) -> int:
    found: list[Diagnostic] = []
    for number, page in enumerate(pages, 1):
        (folder / f"{number}.txt").write_text(page, "utf-8")
    got = taken((folder,), report=found.append)
    assert len(got.stories) == len(pages)
    return [each.code for each in found].count(Code.DUPLICATE_DOUBTFUL)


@pytest.mark.parametrize(("one", "other", "is_one"), ADDRESSES)
def test_two_versions_of_one_page_are_told_of(one: str, other: str, is_one: bool, tmp_path: Path) -> None:  # noqa: FBT001
    headline, first, second = STORIES["hant"]
    pages = [
        f"{headline}\n2026年11月25日\n{one}\n\n{first}\n",
        f"{headline}始末\n2026年11月26日\n{other}\n\n{second}\n",
    ]
    assert doubtful(tmp_path, pages) == int(is_one)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_two_stories_of_one_headline_and_day_are_told_of(story: tuple[str, str, str], tmp_path: Path) -> None:
    headline, first, second = story
    days = ("2026-11-25", "2026-11-25", "2026-11-26")
    pages = [f"{headline}\n{day}\n\n{text}\n" for day, text in zip(days, (first, second, first + second), strict=True)]
    assert doubtful(tmp_path, pages) == 1


def test_what_a_page_repeats_is_gathered(tmp_path: Path) -> None:
    boats = "一二三四五六七八九十百千萬甲乙丙丁"
    sentences = [f"第{name}班渡船清早從渡口開出，載著上學的孩子和買菜的街坊，晚霞裡才回來。" for name in boats]
    page = "\n".join(("渡口的渡船復航了", "2026年11月25日", "", *sentences, *sentences[:10], "渡口又熱鬧起來了。"))
    (tmp_path / "page.txt").write_text(page, "utf-8")
    found: list[Diagnostic] = []
    taken((tmp_path / "page.txt",), report=found.append)
    told = [each for each in found if each.code is Code.WORDS_LEFT_OUT]
    assert len(told) == 6
    assert "with 4 more below it" in told[-1].message
