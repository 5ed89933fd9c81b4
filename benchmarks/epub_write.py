"""Measure an EPUB being written and checked against a bare zip of the same files, in time and in memory.

    python benchmarks/epub_write.py [ARTICLES] [PICTURES] [BYTES OF A PICTURE]

Both run in one process, in turns, so that the ratio means something on a busy machine; the median of each counts.
"""

import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from newsbook.model import Document, Edition, Entry, Media, Metadata, Stylesheet
from newsbook.store import Store
from newsbook.writers.epub import write_epub
from newsbook.writers.epub.check import check

ROUNDS = 15
PARAGRAPHS, CHARACTERS = 12, 180
# What a photograph from a news site weighs, as those of examples/bulletin do.
PICTURE_BYTES = 60_000
STAMP = "2024-05-07T00:00:00Z"


def edition(articles: int, pictures: int, size: int, store: Store) -> Edition:
    """Return an edition of random Han text, and of pictures that are put into `store`; always the same one."""
    chance = random.Random(1)  # noqa: S311 - text to measure with, no secret.
    media = tuple(picture(store, f"p{number:04d}.jpg", size, chance) for number in range(pictures))
    documents = tuple(document(f"a{number:04d}", media[number::articles], chance) for number in range(articles))
    return Edition(
        documents=documents,
        stylesheets=(Stylesheet("book.css", "p { text-indent: 2em; }"),),
        media=media,
        contents=tuple(Entry(item.title, item.name) for item in documents),
        metadata=Metadata("年刊", "zh-Hant", "urn:x:1", "", STAMP, "", "", "", "", ("zh-Hant",), (), ()),
    )


def document(name: str, shown: tuple[Media, ...], chance: random.Random) -> Document:
    """Return an article of paragraphs and figures."""
    paragraphs = "".join(f"<p>{han(chance, CHARACTERS)}。</p>\n" for _ in range(PARAGRAPHS))
    figures = "".join(f'<figure><img src="images/{item.name}" alt="圖"/></figure>\n' for item in shown)
    title = han(chance, 14)
    return Document(
        name, "article", title, "zh-Hant", f'<section id="{name}"><h1>{title}</h1>{paragraphs}{figures}</section>'
    )


def han(chance: random.Random, length: int) -> str:
    """Return random Han text, in which the commoner characters are commoner, as in news."""
    return "".join(chr(0x4E00 + int(chance.expovariate(1 / 900)) % 8000) for _ in range(length))


def picture(store: Store, name: str, size: int, chance: random.Random) -> Media:
    """Put something into the store that is as incompressible as a picture."""
    return Media(name, "image/jpeg", 100, 100, store.put(chance.randbytes(size)))


def bare_zip(texts: dict[str, bytes], pictures: tuple[Media, ...], store: Store, target: Path) -> None:
    """Zip finished files as Python does it, with the writer's compression, and do nothing else."""
    target.unlink(missing_ok=True)
    with target.open("wb") as file, zipfile.ZipFile(file, "w") as archive:
        for name, data in texts.items():
            archive.writestr(name, data, zipfile.ZIP_DEFLATED, 9)
        for item in pictures:
            archive.writestr(f"EPUB/images/{item.name}", store.read(item.sha256), zipfile.ZIP_STORED)


def timed(*jobs: Callable[[], object]) -> tuple[float, ...]:
    """Return the median time of each job, in seconds, out of runs in turns."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, kept in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            kept.append(time.perf_counter() - start)
    return tuple(median(kept) for kept in times)


def peak() -> float:
    """Return the most memory that this program has held, in MB; Linux counts in `ru_maxrss` what started it too."""
    (line,) = (line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Run the measurement and print it."""
    given = [int(word) for word in sys.argv[1:]]
    articles, pictures, size = (*given, *(1000, 2000, PICTURE_BYTES)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        subject = edition(articles, pictures, size, store)
        target = Path(folder) / "volume.epub"
        before = peak()
        write(subject, store, target)
        after = peak()
        with zipfile.ZipFile(target) as archive:
            texts = {name: archive.read(name) for name in archive.namelist() if not name.endswith(".jpg")}
        whole, checked, bare = timed(
            lambda: write(subject, store, target),
            lambda: examine(subject, target),
            lambda: bare_zip(texts, subject.media, store, Path(folder) / "bare.zip"),
        )
        megabytes = target.stat().st_size / 1e6
    print(f"{articles} articles, {pictures} pictures, {megabytes:.1f} MB")
    written = whole - checked
    print(f"bare zip {bare:.2f} s, written {written:.2f} s: {written / bare:.2f} times")
    print(f"opened again and checked {checked:.2f} s more, {whole / bare:.2f} times with that")
    print(f"memory: {before:.0f} MB with the edition, {after:.0f} MB at the peak of writing")


def write(subject: Edition, store: Store, target: Path) -> None:
    """Write the edition into a new file, as the command does; to empty one of this size first takes long by itself."""
    target.unlink(missing_ok=True)
    with target.open("w+b") as file:
        write_epub(subject, b"", file, store)


def examine(subject: Edition, target: Path) -> None:
    with target.open("rb") as file:
        check(file, subject)


if __name__ == "__main__":
    main()
