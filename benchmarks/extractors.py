"""Compare the reader of HTML with trafilatura, on the saved pages of tests/readers/pages.

    PYTHONPATH=src:tests python benchmarks/extractors.py [FOLDER]

prints, for each, how much of the gold text it finds (recall), how much of what it finds is gold (precision), and how
many captions it keeps. trafilatura comes with the extra `dev`; newsbook itself does not need it.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import trafilatura

from newsbook import desk, readers, repairs
from newsbook.diagnostics import Diagnostic
from newsbook.model import Copy
from plain import strings_of

PAGES = Path(__file__).parents[1] / "tests" / "readers" / "pages"


def ours(page: Path) -> str:
    found: list[Diagnostic] = []
    copy = readers.read(page.name, page.read_bytes(), (), "", found.append)
    if not isinstance(copy, Copy):
        raise TypeError(page.name)
    return "\n".join(strings_of(desk.edit(repairs.repair(copy, found.append), found.append)))


def theirs(page: Path) -> str:
    return trafilatura.extract(page.read_bytes(), favor_recall=True, include_tables=True) or ""


def grams(text: str) -> Counter[str]:
    plain = re.sub(r"\W", "", text)
    return Counter(plain[at : at + 4] for at in range(len(plain) - 3))


def measure(extract: Callable[[Path], str], folder: Path) -> tuple[float, float, float]:
    hits = wanted = got = captions = kept = 0
    for page in sorted(folder.glob("*.html")):
        gold = msgspec.json.decode(page.with_suffix(".json").read_bytes())
        text = extract(page)
        want, have = grams("".join(piece["text"] for piece in gold["body"])), grams(text)
        hits, wanted, got = hits + (want & have).total(), wanted + want.total(), got + have.total()
        for piece in gold["body"]:
            if piece["type"] == "caption":
                captions += 1
                kept += re.sub(r"\W", "", piece["text"])[:12] in re.sub(r"\W", "", text)
    return hits / wanted, hits / got, kept / captions


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    for name, extract in (("newsbook", ours), ("trafilatura", theirs)):
        recall, precision, captions = measure(extract, folder)
        print(f"{name:12} recall {recall:.3f}  precision {precision:.3f}  captions {captions:.3f}")


if __name__ == "__main__":
    main()
