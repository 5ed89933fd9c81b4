"""Many threads write PDFs at once, and others use the engine beside them: each gets what it would get alone."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import pytest
import weasyprint
from msgspec.structs import replace

from issues import text
from newsbook.diagnostics import Diagnostic
from newsbook.fonts.faces import find_face
from newsbook.layout import Carrier, make_up
from newsbook.model import Article, Edition, Issue, Mark, Paragraph, Span, Stylesheet
from newsbook.writers.pdf import Profile, write_pdf
from stores import STORE, style_of

WORDS = {
    "zh-Hans": "渡口的早市六点开张，卖豆花的陈阿婆说：“天没亮就起来磨豆子。”小书房3个月里借出1200多本书，添了Wi-Fi。",
    "zh-Hant": "渡口的早市六點開張，賣豆花的陳阿婆說：「天沒亮就起來磨豆子。」小書房3個月裡借出1200多本書，添了Wi-Fi。",
    "ja": "渡し場の朝市は六時に開き、豆花を売る陳さんが一番に来る。「夜明け前から豆を挽くんだよ」と笑う。本は1200冊。",
    "ko": "나루터 시장은 여섯 시에 열린다. 두부 장수 진 할머니가 늘 먼저 온다. 책은 석 달에 1200권을 빌려주었다.",
}
STRESSED = Span("完", marks=(Mark.EMPHASIS,))
MADE = 7
PLAIN = f"<html lang='zh-Hans'><style>@page {{ size: 200px }} p {{ text-align: justify }}</style><p>{WORDS['zh-Hans']}"


def editions() -> Iterator[tuple[Edition, Profile]]:
    """Yield eight small editions, in each of which the engine finds another word that it does not know."""
    languages = (("zh-Hans", "ja"), ("zh-Hant", "ko"), ("ko", "zh-Hans"))
    profiles = (Profile.PLAIN, Profile.ACCESSIBLE)
    kinds = (*product(("bulletin",), languages, profiles), *product(("vertical",), languages[1:2], profiles))
    for number, (style, both, profile) in enumerate(kinds):
        articles = tuple(
            Article(
                f"第{number}篇", (Paragraph((*text(WORDS[one]), Span("完", marks=(Mark.EMPHASIS,)))),), language=one
            )
            for one in both
        )
        issue = Issue("報", articles, both[0])
        edition = make_up(
            issue, Carrier.PRINT, style_of(style), "", find_face, lambda finding: pytest.fail(finding.message)
        )
        odd = Stylesheet("odd.css", f"p {{ flavour: salt-{number} }}")
        # What takes longest is to make faces: one family has them, or none.
        families = edition.families[: number < MADE]
        yield replace(edition, stylesheets=(*edition.stylesheets, odd), families=families), profile


def written(edition: Edition, profile: Profile) -> tuple[bytes, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return write_pdf(edition, profile, STORE, found.append), found


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns so often that what they share shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hasty")
def test_sixteen_threads_write_eight_editions_as_one_after_the_other() -> None:
    alike = list(editions())
    alone = [written(*each) for each in alike]
    start = Barrier(16)

    def at_once(each: tuple[Edition, Profile]) -> tuple[bytes, list[Diagnostic]]:
        start.wait()
        return written(*each)

    with ThreadPoolExecutor(16) as threads:
        together = list(threads.map(at_once, [*alike, *alike]))
    assert [[finding.message for finding in found] for _, found in together] == [
        [finding.message for finding in found] for _, found in [*alone, *alone]
    ]
    assert all(pdf == expected for (pdf, _), (expected, _) in zip(together, [*alone, *alone], strict=True))


def test_who_else_uses_the_engine_gets_what_he_got_before() -> None:
    """Before newsbook has written anything, while it does, and after."""
    alone = weasyprint.HTML(string=PLAIN).write_pdf()
    edition, profile = next(editions())
    with ThreadPoolExecutor(1) as thread:
        busy = thread.submit(written, edition, profile)
        meanwhile = [weasyprint.HTML(string=PLAIN).write_pdf()]
        while not busy.done():
            meanwhile.append(weasyprint.HTML(string=PLAIN).write_pdf())
    assert {alone, *meanwhile, weasyprint.HTML(string=PLAIN).write_pdf()} == {alone}
