"""Measure newsbook against its peers on the same articles, in turns, and print a table.

    PYTHONPATH=src python benchmarks/scale.py [--articles 1 20 60 200] [--style bulletin] [--pictures] [--runs 3]
                                              [--jobs 1] [--only NAME …] [--keep FOLDER]

makes so many articles of about 1,400 characters and hands them to newsbook. The peers get newsbook's own document and
style sheets, with contents, running heads and folios: WeasyPrint as one document (`engine`), and what the machine has
of chromium, pandoc, calibre (`ebook-convert`) and Vivliostyle (`vivliostyle`). The e-books are made by newsbook and by
pandoc.

Each runs once in every turn. The table has the medians: seconds of processor time and by the clock, peak memory of
all processes together, the file, and the ratio of newsbook's processor time to that of the peer in the same turn, which
says most on a machine that has other work.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from msgspec import Struct
from PIL import Image, ImageDraw

from newsbook.diagnostics import Report
from newsbook.model import Edition
from newsbook.store import Store

PLACES = ["菱洲", "半塘", "石埠", "东圩", "乌桕渡", "白鹭洲", "竹行街", "灯盏桥"]
PEOPLE = ["沈阿满", "顾长庚", "许青禾", "何敏之", "方小雨", "郑守仁", "罗念慈", "徐广田"]
SENTENCES = (
    "{place}的渡口昨天换上了新的跳板，第一班船在六点一刻离岸，船上有{count}个人、两辆自行车和一筐活鱼。",
    "“水退得比预报快，”管闸的{person}说，“可是路面上的泥还要冲三天，急不得。”",
    "账目贴在居委会的东墙上，一共{count}笔，最大的一笔是换屋顶的防水布，最小的一笔是四颗螺丝。",
    "学校把图书室的开放时间改到中午，由六年级的学生轮流登记，{person}每周三来教他们修补书脊。",
    "据{place}水务站统计，今年前9个月停水{count}小时，比去年少了8个百分点，其中六成是检修。",
    "有人抱怨找不到原来的豆腐摊；市场管理处答复，指路牌（连同盲文）会在月底前装好。",
    "傍晚起了风，{person}把晾在河埠头的渔网收回来，一边收，一边数网眼上新打的结。",
    "下一步，{place}打算把旧粮仓改成工具房，谁都可以借梯子，押金{count}元，还的时候退。",
)


class Run(Struct):
    """What one command took: seconds of processor time and by the clock, and megabytes of memory and of its file."""

    cpu: float
    wall: float
    peak: float
    size: float


def main() -> None:
    """Measure, and print a table for each number of articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="*", default=(1, 20, 60, 200))
    parser.add_argument("--style", default="bulletin")
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        for count in options.articles:
            corpus = folder / f"{count}{'-pictures' if options.pictures else ''}"
            make(corpus, count, has_pictures=options.pictures)
            commands = dict(_commands(corpus, options.style, options.jobs))
            chosen = {name: commands[name] for name in commands if not options.only or name in options.only}
            _print(count, options, _turns(chosen, options.runs, corpus))


def make(corpus: Path, count: int, *, has_pictures: bool) -> None:
    """Make articles as text pages, with two pictures each where they are to have any. A number gives the same ones."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        chance = Random(number)  # noqa: S311
        paragraphs = [_paragraph(chance) for _ in range(14)]
        paragraphs[5:5] = ["账目贴在墙上"]
        head = f"{chance.choice(PLACES)}第{number}号渡船下水\n{chance.choice(PEOPLE)}　2026年7月{number % 28 + 1}日\n"
        (corpus / f"{number:05}.txt").write_text("\n\n".join((head, *paragraphs)) + "\n", "utf-8")
        for picture in range(1, 3 * has_pictures):
            _draw(corpus / f"{number:05}.{picture}.jpg", chance)


def _paragraph(chance: Random) -> str:
    chosen = chance.sample(SENTENCES, 3)
    said = {"place": chance.choice(PLACES), "person": chance.choice(PEOPLE), "count": chance.randint(11, 999)}
    return "".join(chosen).format(**said)


def _draw(file: Path, chance: Random) -> None:
    image = Image.effect_noise((1200, 800), chance.randint(20, 60)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(8):
        x, y, side = chance.randrange(1200), chance.randrange(800), chance.randrange(80, 300)
        draw.ellipse([x, y, x + side, y + side], fill=(chance.randrange(256), chance.randrange(256), 120))
    image.save(file, quality=85)


def _commands(corpus: Path, style: str, jobs: int) -> Iterator[tuple[str, list[str]]]:
    """Yield what is run, by name; each command writes a file of its name."""
    plain, out = corpus.with_name(f"{corpus.name}-plain"), corpus.with_name(f"{corpus.name}-out")
    out.mkdir(exist_ok=True)
    subprocess.run([sys.executable, __file__, "--", "document", corpus, plain, style], check=True)
    page, book = str(plain / "page.html"), out / "pandoc-epub.epub"
    newsbook = [sys.executable, "-m", "newsbook"]
    flags = ["--no-config", "-q", "-j", str(jobs), "--style", style]
    yield "newsbook", [*newsbook, "pdf", str(corpus), *flags, "-o", str(out / "newsbook.pdf")]
    yield "engine", [sys.executable, __file__, "--", "engine", page, str(out / "engine.pdf")]
    peers = {
        "chromium": ("--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out / 'chromium.pdf'}", page),
        "pandoc": (page, "--pdf-engine=weasyprint", "-o", str(out / "pandoc.pdf")),
        "ebook-convert": (page, str(out / "ebook-convert.pdf")),
        "vivliostyle": ("build", page, "-o", str(out / "vivliostyle.pdf")),
    }
    for name, arguments in peers.items():
        if shutil.which(name):
            yield name, [name, *arguments]
    yield "newsbook-epub", [*newsbook, "epub", str(corpus), *flags, "-o", str(out / "newsbook-epub.epub")]
    if shutil.which("pandoc"):
        yield "pandoc-epub", ["pandoc", page, "-o", str(book)]


def _turns(commands: dict[str, list[str]], turns: int, corpus: Path) -> dict[str, list[Run]]:
    """Run every command once in every turn."""
    out = corpus.with_name(f"{corpus.name}-out")
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(turns):
        for name, command in commands.items():
            made = out / f"{name}.{'epub' if name.endswith('-epub') else 'pdf'}"
            runs[name].append(_run(command, made))
    return runs


def _run(command: list[str], made: Path) -> Run:
    """Run a command and return what it and all its processes took."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=made.parent)
    seen = _Seen()
    watch = threading.Thread(target=seen.watch, args=(process.pid,), daemon=True)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    watch.join()
    if process.returncode or not made.exists():
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    cpu = max(usage.ru_utime + usage.ru_stime, sum(seen.cpu.values()))
    return Run(cpu, wall, seen.peak / 1e6, made.stat().st_size / 1e6)


class _Seen:
    """What was seen of a process and its descendants: the most memory together, and the processor time of each.

    Memory is the sum of proportional sets. A process that nobody waits for, as Chromium's, is in no other's time.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        self.cpu: dict[int, float] = {}

    def watch(self, process: int) -> None:
        """Look until the process is gone."""
        while Path(f"/proc/{process}/smaps_rollup").exists():
            family = list(_family(process))
            self.peak = max(self.peak, sum(map(_memory, family)))
            self.cpu.update({one: seconds for one in family if (seconds := _seconds(one))})
            time.sleep(0.1)


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(task).split():
            yield from _family(int(child))


def _seconds(process: int) -> float:
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _memory(process: int) -> float:
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((1024.0 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


def _print(count: int, options: argparse.Namespace, runs: dict[str, list[Run]]) -> None:
    pictures = ", two pictures each" if options.pictures else ""
    print(f"\n{count} articles{pictures}, {options.style}, -j {options.jobs}; medians of {options.runs}\n")
    print("| | CPU s | clock s | peak MB | file MB | newsbook ÷ this |\n|---|---|---|---|---|---|")
    for name, ran in runs.items():
        own = runs.get("newsbook-epub" if name.endswith("-epub") else "newsbook", ran)
        ratio = median(ours.cpu / theirs.cpu for ours, theirs in zip(own, ran, strict=True))
        cells = (median(getattr(one, field) for one in ran) for field in ("cpu", "wall", "peak", "size"))
        print(f"| {name} | {' | '.join(f'{cell:.2f}' for cell in cells)} | {ratio:.2f} |", flush=True)


def document(corpus: str, folder: str, style: str) -> None:
    """Write the document that newsbook makes of a corpus, with its style sheets and pictures, as one page."""
    from newsbook.cli import main as run
    from newsbook.writers.pdf import rendering

    def written(edition: Edition, variant: str | None, store: Store, report: Report) -> bytes:
        del variant, report
        target = Path(folder)
        (target / "images").mkdir(parents=True, exist_ok=True)
        for item in edition.media:
            (target / "images" / item.name).write_bytes(store.read(item.sha256))
        styles = "".join(f"<style>{sheet.css}</style>" for sheet in edition.stylesheets)
        page = rendering.joined(edition).replace("</head>", f"{styles}</head>")
        (target / "page.html").write_text(page, "utf-8")
        os._exit(0)

    rendering.render = written
    sys.argv = ["newsbook", "pdf", corpus, "--no-config", "-q", "-j", "0", "--style", style, "-o", f"{folder}.pdf"]
    run()


def engine(page: str, made: str) -> None:
    """Write a page as one document of WeasyPrint, with tags as newsbook's have them."""
    import weasyprint

    weasyprint.HTML(filename=page).write_pdf(made, pdf_tags=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--", "document", corpus, folder, style]:
            document(corpus, folder, style)
        case ["--", "engine", page, made]:
            engine(page, made)
        case _:
            main()
