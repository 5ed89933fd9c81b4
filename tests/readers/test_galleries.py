"""Groups of pictures: each keeps its own caption, and what is said of all of them is no crosshead."""

import pytest

from making import quiet
from newsbook import desk, readers
from newsbook.model import Copy, Crosshead, Figure, Paragraph
from newsbook.model.walk import plain

PROSE = tuple(
    f"<p>　　{words}</p>"
    for words in (
        "渡口镇的摆渡船上个月停航，镇上的人要绕四十公里才能到对岸的集市，菜农们为此叫苦不迭。",
        "镇政府表示，新的浮桥将在入冬以前通车，施工队已经进场测量水深，两岸的引桥也在同时施工。",
        "镇上的人都来送行，岸边站满了老老少少，船工向大家挥手告别，有人放了鞭炮。",
    )
)
ONE, TWO = '<img src="https://news.example/1.jpg">', '<img src="https://news.example/2.jpg">'


def read(inner: str) -> tuple[list[str], list[str], list[str]]:
    """Return captions, crossheads and paragraphs of a page with a group of pictures in it."""
    page = (
        f"<html><head><meta charset=utf-8><title>渡口的秋天</title></head><body><article><h1>渡口的秋天</h1>"
        f"{PROSE[0]}{inner}{PROSE[1]}{PROSE[2]}</article></body></html>"
    )
    copy = readers.read("page.html", page.encode(), (), "", quiet)
    assert isinstance(copy, Copy)
    body = desk.edit(copy, quiet).body
    return (
        [plain(block.caption) for block in body if isinstance(block, Figure)],
        [plain(block.text) for block in body if isinstance(block, Crosshead)],
        [plain(block.text) for block in body if isinstance(block, Paragraph)],
    )


def nested(tag: str, caption: str) -> str:
    return (
        f'<{tag} class="gallery"><figure>{ONE}<figcaption>头船</figcaption></figure>'
        f"<figure>{TWO}<figcaption>二号船</figcaption></figure>{caption}</{tag}>"
    )


@pytest.mark.parametrize(
    ("inner", "captions", "said"),
    [
        (nested("figure", "<figcaption>两条船今年都退役了</figcaption>"), ["头船", "二号船"], "两条船今年都退役了"),
        (nested("figure", "<figcaption><p>今年最后一季</p></figcaption>"), ["头船", "二号船"], "今年最后一季"),
        (
            (
                f'<ul class="swiper-wrapper"><li class="swiper-slide">{ONE}<p>码头的早晨</p></li>'
                f'<li class="swiper-slide">{TWO}<p>码头的傍晚</p></li></ul>'
            ),
            ["码头的早晨", "码头的傍晚"],
            "",
        ),
        (f"<figure>{ONE}{TWO}<figcaption>两条船今年都退役了</figcaption></figure>", ["两条船今年都退役了"], ""),
        ("<p><video src=v.mp4></video></p><p>视频：最后一班船离岸</p>", [], "视频：最后一班船离岸"),
        ("<p><iframe src=v></iframe></p><p>影音／最後一班船離岸</p>", [], "影音／最後一班船離岸"),
        ("<p><iframe src=v></iframe></p><p>영상: 마지막 배</p>", [], "영상: 마지막 배"),
    ],
)
def test_what_is_said_of_a_group_is_no_crosshead(inner: str, captions: list[str], said: str) -> None:
    got, crossheads, paragraphs = read(inner)
    assert [caption for caption in got if caption] == captions
    assert not crossheads
    assert not said or said in paragraphs


def test_a_crosshead_below_a_group_stays_one() -> None:
    _, crossheads, _ = read(nested("div", "") + "<h3>浮桥入冬以前通车</h3>")
    assert crossheads == ["浮桥入冬以前通车"]
