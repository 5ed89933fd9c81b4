"""The documentation as a site: made without a warning, asks for nothing from elsewhere, and finds what it is asked."""

import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from browser import chromium

ROOT = Path(__file__).parent.parent

# The list of results grows, entry by entry; what is said above it changes when it is whole.
FINISHED = """new Promise((done) => {
  const wait = () => Search.title?.innerText === _("Search Results") ? done() : setTimeout(wait, 20);
  wait();
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    done = subprocess.run([ROOT / "scripts" / "site", folder], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.mark.tool
def test_both_languages_are_there_and_lead_to_one_another(site: Path, tmp_path: Path) -> None:
    with chromium(tmp_path) as page:
        page.open(site / "en" / "docs" / "index.html")
        assert page.run("document.documentElement.lang") == "en"
        page.open(site / "zh-Hant" / "docs" / "zh-Hant" / "index.html")
        assert page.run("document.documentElement.lang") == "zh-TW"
        assert str(page.run("document.querySelector('.languages a').href")).endswith("/en/docs/index.html")
        links = page.run("[...document.querySelectorAll('a[href]')].map((link) => link.href.split('#')[0])")
        assert isinstance(links, list)
        assert [link for link in links if link.startswith("file:") and not Path(link[7:]).is_file()] == []
        assert page.complaints() == []


@pytest.mark.tool
@pytest.mark.parametrize(
    ("language", "asked", "found"),
    [("zh-Hant", "鏡像站弄壞", "index"), ("en", "nameplates", "project"), ("en", "避头尾", "glossary")],
)
def test_what_is_asked_is_found(site: Path, tmp_path: Path, language: str, asked: str, found: str) -> None:
    with chromium(tmp_path) as page:
        since = len(page.events)
        page.call("Page.navigate", url=f"{(site / language / 'search.html').as_uri()}?q={quote(asked)}")
        page.wait_for("Page.loadEventFired", since)
        page.call("Runtime.evaluate", expression=FINISHED, awaitPromise=True)
        results = page.run("[...document.querySelectorAll('#search-results li a')].map((link) => link.href).join()")
        assert f"/{found}.html" in str(results)
