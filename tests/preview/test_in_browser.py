"""The preview in a browser: what is done there, by pointer and by keyboard, stands in the files then."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from browser import Page, chromium

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".cache" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
SETTINGS = """\
# What the street reads.
inputs = ["."]

[issue]
nameplate = "渡口街坊報"  # as printed

# Near by.
[[sections]]
name = "街坊"
articles = [
  "1-ferry.txt", # the lead
  "2-bell.txt",
]
"""
PAGES = {
    "1-ferry.txt": "頭班船提早二十分鐘\n\n渡口街坊報　2024-05-02\n\n頭班船由明天起提早二十分鐘開出，趕得上早市。\n",
    "2-bell.txt": "渡口的鐘又響了\n\n渡口街坊報　2024-05-03\n\n修了三個月的鐘昨天傍晚響了六下，渡船上的人都回頭看。\n",
    "3-park.txt": "公園加了兩張長椅\n\n渡口街坊報　2024-05-04\n\n榕樹下多了兩張長椅，是街坊湊錢做的，漆還沒有乾透。\n",
    "4-網.txt": "碼頭的公告\n\n渡口街坊報　2024-05-05\n\n公告說，云汀鄉(xiāng)音網(wǎng)票下月開賣，鄉(xiāng)親放心\n",
}

pytestmark = pytest.mark.tool


class Preview(Struct, frozen=True):
    """A preview that runs: the folder of its issue, its address, and the page that shows it."""

    folder: Path
    address: str
    page: Page

    @property
    def settings(self) -> str:
        return (self.folder / "newsbook.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("issue")
    (folder / "newsbook.toml").write_text(SETTINGS, "utf-8")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    command = [sys.executable, "-m", "newsbook", "preview", str(folder), "--no-browser", "-q"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        with chromium(tmp_path_factory.mktemp("chromium")) as page:
            page.call("Emulation.setDeviceMetricsOverride", width=1400, height=900, deviceScaleFactor=1, mobile=False)
            page.visit(address)
            page.until("document.querySelectorAll('.row').length === 4", 60)
            page.until("document.querySelector('.paper img').naturalWidth > 0", 120)
            yield Preview(folder, address, page)
            assert [said for said in page.complaints() if f"'url': '{address}" not in said] == []
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 130
        assert server.stderr
        assert server.stderr.read() == "newsbook: interrupted; what you edited is saved.\n"


def rows_are(preview: Preview, *names: str) -> None:
    shown = "[...document.querySelectorAll('.row')].map((row) => row.dataset.article).join()"
    preview.page.until(f"{shown} === {json.dumps(','.join(names))}")


def hush(page: Page) -> None:
    """Take away what was announced, so that what is announced next can be waited for."""
    page.run("document.getElementById('said').textContent = ''")


SAID = "document.getElementById('said').textContent"


def test_the_order_is_changed_by_dragging(preview: Preview) -> None:
    rows_are(preview, *PAGES)
    preview.page.drag('[data-article="2-bell.txt"].grip', '#groups li[data-article="1-ferry.txt"]', 0.2)
    rows_are(preview, "2-bell.txt", "1-ferry.txt", "3-park.txt", "4-網.txt")
    preview.page.until(f"{SAID}.includes('1 of 2 in 街坊')")
    said = tomllib.loads(preview.settings)
    assert said["sections"] == [{"name": "街坊", "articles": ["2-bell.txt", "1-ferry.txt"]}]
    assert '  "1-ferry.txt",  # the lead\n' in preview.settings
    assert preview.settings.startswith(SETTINGS.partition("articles")[0])


def test_the_order_is_changed_by_the_keyboard(preview: Preview) -> None:
    page = preview.page
    page.run("document.querySelector('.row[data-article=\"4-網.txt\"]').focus()")
    hush(page)
    page.press("ArrowUp", alt=True)
    rows_are(preview, "2-bell.txt", "1-ferry.txt", "4-網.txt", "3-park.txt")
    page.until(f"{SAID}.includes('1 of 2 in No section')")
    assert page.run("document.activeElement.dataset.article") == "4-網.txt"
    page.press("ArrowUp", alt=True)
    page.until(f"{SAID}.includes('3 of 3 in 街坊')")
    said = tomllib.loads(preview.settings)
    assert said["sections"][0]["articles"] == ["2-bell.txt", "1-ferry.txt", "4-網.txt"]
    assert said["order"] == ["3-park.txt"]


def test_a_headline_is_edited_in_place(preview: Preview) -> None:
    page = preview.page
    page.click('.row[data-article="3-park.txt"]')
    page.until("document.getElementById('headline').value === '公園加了兩張長椅'")
    page.press("F2")
    page.run("document.getElementById('headline').select()")
    page.type("榕樹下的新長椅")
    page.press("Enter")
    page.until("document.querySelector('.row[data-article=\"3-park.txt\"] .title').textContent === '榕樹下的新長椅'")
    assert tomllib.loads(preview.settings)["articles"] == [{"of": "3-park.txt", "headline": "榕樹下的新長椅"}]
    assert "# Near by.\n[[sections]]" in preview.settings


def test_a_decision_is_taken(preview: Preview) -> None:
    page = preview.page
    page.click('.row[data-article="4-網.txt"]')
    page.until("document.querySelector('#article details summary')")
    page.run("document.querySelector('#article details').open = true")
    page.click('#article [data-key^="reject-"]')
    page.until("document.querySelector('#article .decided')")
    overrides = json.loads((preview.folder / "4-網.txt.overrides.json").read_text("utf-8"))
    assert [ruling["decision"] for ruling in overrides["repairs"]] == ["reject"]
    assert overrides["repairs"][0]["before"] == "(xiāng)"
    assert overrides["type"] == "overrides"
    assert list(overrides) == ["type", "page", "sha256", "repairs", "omissions"]


def test_a_file_that_is_changed_outside_shows(preview: Preview) -> None:
    file = preview.folder / "2-bell.txt"
    file.write_text(PAGES["2-bell.txt"].replace("渡口的鐘又響了", "鐘聲回來了"), "utf-8")
    preview.page.until(
        "document.querySelector('.row[data-article=\"2-bell.txt\"] .title').textContent === '鐘聲回來了'"
    )
    (preview.folder / "5-new.txt").write_text(PAGES["3-park.txt"].replace("長椅", "石凳"), "utf-8")
    preview.page.until("document.querySelector('.row[data-article=\"5-new.txt\"]')")
    (preview.folder / "5-new.txt").unlink()
    preview.page.until("!document.querySelector('.row[data-article=\"5-new.txt\"]')")


def test_an_article_is_held_and_put_back(preview: Preview) -> None:
    page = preview.page
    page.click('.row[data-article="3-park.txt"]')
    page.until("document.getElementById('article').dataset.article === '3-park.txt'")
    page.click('#article [data-key="hold"]')
    page.until("document.querySelectorAll('.row').length === 3")
    page.until("document.querySelector('#aside li .title')?.textContent === '榕樹下的新長椅'")
    own = tomllib.loads(preview.settings)["articles"]
    assert own == [{"of": "3-park.txt", "headline": "榕樹下的新長椅", "hold": True}]
    line = 1 + preview.settings.splitlines().index("hold = true")
    assert page.run("document.querySelector('#aside code').textContent") == f"newsbook.toml:{line}"
    page.click("#aside button")
    page.until("document.querySelectorAll('.row').length === 4")
    page.until("document.getElementById('aside').hidden")
    assert tomllib.loads(preview.settings)["articles"] == [{"of": "3-park.txt", "headline": "榕樹下的新長椅"}]
    with (preview.folder / "newsbook.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[articles]]\nof = "3-*"\nleave_out = true\n')
    page.until("document.querySelector('#aside .hint')")
    assert page.run("document.querySelector('#aside button')") is None
    (preview.folder / "newsbook.toml").write_text(preview.settings.partition('\n[[articles]]\nof = "3-*"')[0], "utf-8")
    page.until("document.querySelectorAll('.row').length === 4")


def test_findings_are_told_in_the_language_of_the_page(preview: Preview) -> None:
    page = preview.page
    page.click("#all-findings")
    page.until("document.querySelector('#findings .note')")
    for language, told in (("zh-Hant", "照辦了多少項人工決定"), ("zh-Hans", "照办了多少项人工决定"), ("en", "")):
        page.run(
            f"(() => {{ const box = document.getElementById('language'); box.value = '{language}';"
            "box.dispatchEvent(new Event('change')); })()"
        )
        page.until(f"document.documentElement.lang === '{language}'")
        text = str(page.run("document.getElementById('findings').textContent"))
        assert told in text
        assert "1 of 1 decisions of a person were followed" in text
        assert page.run("document.querySelectorAll('#findings .original[lang=en]').length > 0") is bool(told)


def test_two_tabs_stay_in_step(preview: Preview) -> None:
    page = preview.page
    first = page._session  # noqa: SLF001 - the page that was there.
    page.tab()
    page.call("Emulation.setDeviceMetricsOverride", width=1400, height=900, deviceScaleFactor=1, mobile=False)
    page.visit(preview.address)
    page.until("document.querySelectorAll('.row').length === 4", 60)
    page.click("#add-section")
    page.until("document.querySelector('.naming')")
    page.type("要聞")
    page.press("Enter")
    page.until("document.querySelectorAll('.group[data-name]').length === 3")
    page.turn_to(first)
    page.until("[...document.querySelectorAll('.group')].some((group) => group.dataset.name === '要聞')")
    assert [each["name"] for each in tomllib.loads(preview.settings)["sections"]] == ["街坊", "要聞"]


def test_what_cannot_be_made_is_said_and_mended(preview: Preview) -> None:
    file, good = preview.folder / "newsbook.toml", preview.settings
    file.write_text(good + "\n[issue]\n", "utf-8")
    preview.page.until("document.getElementById('failure').textContent.includes('newsbook.toml')")
    assert preview.page.run("document.querySelectorAll('.row').length") == 4
    file.write_text(good, "utf-8")
    preview.page.until("!document.getElementById('failure').textContent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(preview: Preview, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("this test needs npm packages; `make test` installs them on Debian and Ubuntu")
    page = preview.page
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    page.click('.row[data-article="4-網.txt"]')
    page.until("document.querySelector('#article details summary')")
    for kind in ("PDF", "EPUB"):
        page.until(f"[...document.getElementById('output').options].some((each) => each.text.startsWith('{kind}'))")
        page.run(
            f"(() => {{ const box = document.getElementById('output'); box.value = [...box.options].findIndex("
            f"(each) => each.text.startsWith('{kind}')); box.dispatchEvent(new Event('change')); }})()"
        )
        page.run(AXE.read_text("utf-8") + "; 0")
        page.run("axe.run({iframes: false}).then((found) => { globalThis.found = found.violations; }); 0")
        page.until("globalThis.found", 60)
        found = json.loads(str(page.run("JSON.stringify(globalThis.found)")))
        page.run("globalThis.found = undefined")
        assert [
            (each["id"], each["impact"], [node["html"] for node in each["nodes"]][:3])
            for each in found
            if each["impact"] in {"serious", "critical"}
        ] == []
