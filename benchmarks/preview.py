"""Measure how soon the preview shows what is saved: from the write on disk to the article in the browser.

    PYTHONPATH=src:tests python benchmarks/preview.py [--articles 50] [--times 5]

makes an issue of articles of about a page in a folder that is removed again, opens it in headless Chromium by the
preview that is installed, and waits until all is made up. Then it saves one article with another headline, a number of
times, and each time waits until the article stands above the pages, set with that headline, and its picture is loaded.
The load of the machine is told with each figure, and the processor time of the preview and its processes.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, convert

from browser import Page, chromium

_PARAGRAPH = (
    "渡口的鐘修了三個月，昨天傍晚響了六下，渡船上的人都回頭看，碼頭邊賣豆腐的把秤放下，說今年的雨水比去年早。" * 3
)
_SETTLED = "!document.getElementById('status').classList.contains('busy') && document.querySelector('.paper img')"
_SHOWN = """
    document.getElementById('alone-title').textContent.includes({headline!r})
    && !document.getElementById('alone').hidden
    && [...document.querySelectorAll('#alone .paper img')].some((each) => each.complete && each.naturalWidth > 0)
"""


class _Answer(Struct):
    """What a script in the browser has come to."""

    value: float


def page(number: int, headline: str) -> str:
    """Return an article as text."""
    lead = f"這是第{number}篇，說的是渡口第{number}天的事。"
    return f"{headline}\n\n渡口街坊報　2024-05-{1 + number % 28:02d}\n\n{lead}\n\n" + f"{_PARAGRAPH}\n\n" * 5


def cpu_of(process: int) -> float:
    """Return the seconds that a process and all below it have worked (proc_pid_stat(5))."""
    ticks = os.sysconf("SC_CLK_TCK")
    found: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        found[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / ticks)
    own, grown = {process}, True
    while grown:
        more = {number for number, (parent, _) in found.items() if parent in own} - own
        own, grown = own | more, bool(more)
    return sum(found[number][1] for number in own if number in found)


def save(file: Path, text: str) -> float:
    """Save a file as an editor does, in one piece, and return when."""
    draft = file.with_name(".saving")
    draft.write_text(text, "utf-8")
    draft.replace(file)
    return time.time()


def shown_at(browser: Page, headline: str) -> float:
    """Return when the article is seen with a headline, by the clock of the browser, which is this machine's."""
    condition = " ".join(_SHOWN.format(headline=headline).split())
    script = (
        "new Promise((done) => { const look = () => { let is = false; try { is = Boolean("
        f"{condition}); }} catch {{ }} if (is) done(Date.now()); else setTimeout(look, 4); }}; look(); }})"
    )
    done = browser.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)["result"]
    return convert(done, _Answer).value / 1000


def measure(articles: int, times: int, folder: Path) -> None:
    """Print a line for each time, and the median."""
    issue = folder / "issue"
    issue.mkdir()
    for number in range(articles):
        save(issue / f"{number:02d}.txt", page(number, f"渡口記事{number}"))
    command = [sys.executable, "-m", "newsbook", "preview", str(issue), "--no-browser", "-q"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as server:
        with chromium(folder) as browser:
            browser.visit(server.stdout.readline().strip() if server.stdout else "")
            settle(browser)
            took = []
            for number in range(times):
                headline, before = f"重寫第{number + 1}次的標題", cpu_of(server.pid)
                saved = save(issue / "07.txt", page(7, headline))
                took.append(shown_at(browser, headline) - saved)
                cpu = cpu_of(server.pid) - before
                print(f"{took[-1]:6.2f} s, {cpu:.2f} s of processor, load {os.getloadavg()[0]:.1f}", flush=True)
                settle(browser)
        print(f"median {statistics.median(took):.2f} s of {times}, {articles} articles")
        server.send_signal(signal.SIGINT)


def settle(browser: Page) -> None:
    """Wait until the preview has nothing to do."""
    for _ in range(60):
        time.sleep(2)
        try:
            browser.until(_SETTLED, 10)
        except AssertionError:
            continue
        time.sleep(3)
        if browser.run(f"Boolean({_SETTLED})"):
            return


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--times", type=int, default=5)
    said = parser.parse_args()
    with TemporaryDirectory() as scratch:
        measure(said.articles, said.times, Path(scratch))
