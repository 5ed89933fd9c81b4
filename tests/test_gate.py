"""The scorer of saved pages: what it calls right, and that it misses nothing that is wrong."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from gate import RESPECTS, GoldLine, GoldPage, digest_folder, digested, figures_of, measured, results_of

PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>山城夜市重开_云岭晚报</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/news">新闻</a></div>
<h1>山城夜市重开</h1>
<div class="info">2023-05-06 09:30 来源：云岭晚报</div>
<div class="article">
<p>停办三年的山城夜市五日晚重新开张，摊主说，头一晚来的客人比从前还要多，备下的豆花不到九点就卖完了。</p>
<figure><img src="a.jpg"><figcaption>夜市入口的灯牌重新亮起。</figcaption></figure>
<h2>摊位一位难求</h2>
<p>管理处介绍，一百二十个摊位在三天内租完，还有四十多户在排队，其中一半是头一回做生意的年轻人。</p>
<p>交通部门同时延长了两条公交线路的收班时间，最后一班车改在零点以后从江边总站发出，方便客人回家。</p>
</div>
<div class="editor">责任编辑：白小舟</div>
</body></html>"""

GOLD = GoldPage(
    region="cn",
    headline=("山城夜市重开",),
    published=("2023-05-06T09:30",),
    outlet=("云岭晚报",),
    body=(
        GoldLine(
            ("停办三年的山城夜市五日晚重新开张，摊主说，头一晚来的客人比从前还要多，备下的豆花不到九点就卖完了。",)
        ),
        GoldLine(("摊位一位难求",), crosshead=True),
        GoldLine(("管理处介绍，一百二十个摊位在三天内租完，还有四十多户在排队，其中一半是头一回做生意的年轻人。",)),
        GoldLine(("交通部门同时延长了两条公交线路的收班时间，最后一班车改在零点以后从江边总站发出，方便客人回家。",)),
    ),
    editors=(("白小舟",),),
    captions=(GoldLine(("夜市入口的灯牌重新亮起。",)),),
)


def test_a_page_that_is_read_right_is_right_in_every_respect() -> None:
    result = measured("page", digested(GOLD), PAGE.encode(), GOLD)
    assert all(result.right.values()), result.remarks
    assert not result.is_wrong
    assert figures_of([result])["all"] == 100


WRONG = {
    "headline": replace(GOLD, headline=("山城夜市关门",)),
    "date": replace(GOLD, published=("2023-05-07",)),
    "outlet": replace(GOLD, outlet=("云岭",)),
    "author": replace(GOLD, authors=(("白小舟",),)),
    "editor": replace(GOLD, editors=()),
    "first": replace(GOLD, body=(GoldLine(("本报讯：夜市有一条引子，页面上丢了。",)), *GOLD.body)),
    "last": replace(GOLD, body=(*GOLD.body, GoldLine(("夜市将开到十月底。",)))),
    "captions": replace(GOLD, captions=()),
    "crossheads": replace(GOLD, body=(GOLD.body[0], replace(GOLD.body[1], crosshead=False), *GOLD.body[2:])),
    "clean": replace(GOLD, body=(GOLD.body[0], *GOLD.body[2:])),
}


@pytest.mark.parametrize("respect", RESPECTS)
def test_each_respect_is_wrong_alone(respect: str) -> None:
    result = measured("page", digested(WRONG[respect]), PAGE.encode())
    others = {"crossheads"} if respect == "clean" else set()
    assert {name for name, is_right in result.right.items() if not is_right} == {respect} | others
    assert result.remarks


SAME = {
    "a line that may be missing": replace(GOLD, body=(*GOLD.body, GoldLine(("（完）",), optional=True))),
    "a paragraph on two lines": replace(
        GOLD,
        body=(
            *(GoldLine((half,)) for half in (GOLD.body[0].texts[0][:20], GOLD.body[0].texts[0][20:])),
            *GOLD.body[1:],
        ),
    ),
    "half-width marks": replace(GOLD, body=(GoldLine((GOLD.body[0].texts[0].replace("，", ", "),)), *GOLD.body[1:])),
    "one of two forms": replace(GOLD, headline=("夜市重开", "山城夜市重开")),
    "a crosshead that may be none": replace(
        GOLD, body=(GOLD.body[0], GoldLine(("摊位一位难求",), perhaps=True), *GOLD.body[2:])
    ),
    "only the day is known": replace(GOLD, published=("2023-05-06",)),
    "nobody knows the outlet": replace(GOLD, outlet=None),
    "a person who may be named": replace(GOLD, editors=(), editors_optional=("白小舟",)),
    "a caption that may be missing": replace(GOLD, captions=(*GOLD.captions, GoldLine(("资料图",), optional=True))),
}


@pytest.mark.parametrize("name", SAME)
def test_what_can_be_defended_is_right(name: str) -> None:
    result = measured("page", digested(SAME[name]), PAGE.encode(), SAME[name])
    assert all(result.right.values()), result.remarks


def test_a_story_that_is_lost_without_a_warning_is_silent() -> None:
    lost = "".join(f"第{number}位摊主说，今年的客人多得数不过来，往年这时候早就收摊了。" for number in range(9))
    result = measured(
        "page", digested(replace(GOLD, body=(*GOLD.body, GoldLine((lost,))), partial="next-page")), PAGE.encode()
    )
    assert result.is_wrong
    assert result.lost > 0.5
    assert (result.is_silent, result.is_untold) == (not result.warnings, not result.warnings)


def test_a_folder_is_scored_by_digests_alone(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "page.json").write_bytes(msgspec.json.encode(GOLD))
    assert digest_folder(tmp_path) == 1
    (tmp_path / "page.json").unlink()
    assert "夜市" not in (tmp_path / "gold.json").read_text("utf-8")
    (result,) = results_of(tmp_path)
    assert all(result.right.values())
