"""Measure how large inputs are read: time to the first article and to the last, and memory, beside plain reading.

    PYTHONPATH=src:tests python benchmarks/streams.py [--megabytes N]

makes 10,000 records as JSONL and a web archive of N megabytes (1,000 unless told) of pages in our own words, in a
folder that is removed again, and reads each in a process of its own. The peers do the least that any reader must: they
decode every line as JSON, and unpack every record of the archive with warcio.
"""

import argparse
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpora import clean_pages

RECORDS = 10_000

# Megabytes of an image that is no article, such as make up most of an archive.
_BALLAST = 4

_OURS = """
from pathlib import Path
from newsbook.readers import Received, take
path = Path(sys.argv[1])
seen = take(Received(path.name, lambda: path.open("rb"), (), "", lambda finding: None))
"""
_LINES = """
import json
seen = (json.loads(line) for line in open(sys.argv[1], encoding="utf-8"))
"""
_ARCHIVE = """
from warcio.archiveiterator import ArchiveIterator
def records():
    with open(sys.argv[1], "rb") as stream:
        for record in ArchiveIterator(stream):
            while record.content_stream().read(65536):
                pass
            yield record
seen = records()
"""
_HEAD = "import sys, time\nstart = time.perf_counter()\n"
_TAIL = """
next(seen)
first = time.perf_counter() - start
count = 1 + sum(1 for _ in seen)
with open("/proc/self/status") as status:
    peak = next(int(row.split()[1]) for row in status if row.startswith("VmHWM")) / 1024
print(first, time.perf_counter() - start, peak, count)
"""


def stories() -> Iterator[list[str]]:
    """Yield the lines of our own pages, over and over."""
    pages = [[line.strip() for line in page.raw.decode().splitlines() if line.strip()] for page in clean_pages()]
    return itertools.cycle(pages)


def write_lines(path: Path) -> None:
    """Write a record on each line."""
    with path.open("w", encoding="utf-8") as file:
        for number, (title, *rest) in enumerate(itertools.islice(stories(), RECORDS)):
            record = {"title": title, "text": "\n".join(rest), "url": f"https://news.example/{number}"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_archive(path: Path, megabytes: int) -> None:
    """Write pages with images between them, unpacked, until the archive is large enough."""
    ballast = bytes(range(256)) * 4096 * _BALLAST
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for number, (title, *rest) in enumerate(stories()):
            story = "".join(f"<p>{line}</p>" for line in rest)
            page = f"<!DOCTYPE html><meta charset=utf-8><title>{title}</title><h1>{title}</h1><div>{story}</div>"
            _write(writer, f"https://news.example/{number}", "text/html", page.encode())
            _write(writer, f"https://news.example/{number}.bin", "application/octet-stream", ballast)
            if file.tell() > megabytes * 1_000_000:
                return


def _write(writer: WARCWriter, url: str, kind: str, content: bytes) -> None:
    headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(content), http_headers=headers))


def measured(code: str, path: Path) -> tuple[float, ...]:
    """Return seconds to the first and to the last, the peak of memory in megabytes, and how many there were."""
    done = subprocess.run(
        [sys.executable, "-c", _HEAD + code + _TAIL, str(path)], capture_output=True, text=True, check=True
    )
    return tuple(map(float, done.stdout.split()))


def main() -> None:
    """Make the inputs, run the measurement and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=1000, help="how large the archive is")
    megabytes = parser.parse_args().megabytes
    with TemporaryDirectory() as folder:
        lines, archive = Path(folder) / "records.jsonl", Path(folder) / "crawl.warc"
        write_lines(lines)
        write_archive(archive, megabytes)
        for name, path, peer in (("JSONL", lines, _LINES), ("WARC", archive, _ARCHIVE)):
            print(f"{name}, {path.stat().st_size / 1e6:.0f} MB")
            for who, code in (("newsbook", _OURS), ("plain", peer)):
                first, last, peak, count = measured(code, path)
                print(f"  {who:10} first {first:6.2f} s   all {last:6.2f} s   peak {peak:5.0f} MB   {count:.0f} read")


if __name__ == "__main__":
    main()
