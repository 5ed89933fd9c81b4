"""The e-books that readers and judges are given: every style, with and without fonts, every example, every kind."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from issues import article, issue, picture
from newsbook.assets import styles
from newsbook.ebooks import Ebook, bind, make_epub, make_lone, make_volume
from newsbook.model import Article, Figure, Issue, Media, Paragraph, Span
from stores import STORE, put
from tools import require_one

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / ".cache" / "npm"

JA = "渡し場の朝市は六時に開きます。豆腐を売る陳さんが、いつもいちばんに着きます。"
KO = "나루터 골목의 아침 장은 여섯 시에 열린다. 두부를 파는 진 씨가 늘 맨 먼저 온다."


def require_packages() -> Path:
    """Return the folder of the npm packages. Where it is missing, skip the test, or fail it where `CI` is set."""
    if (PACKAGES / "node_modules" / "foliate-js").is_dir():
        return PACKAGES
    sentence = "this test needs npm packages; `make test` installs them on Debian and Ubuntu"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def browser() -> str:
    """Return the path of a Chromium, by whichever of its names it is there."""
    return require_one("chromium", "chromium-browser", "google-chrome")


def media(folder: Path, name: str, size: tuple[int, int] = (600, 400)) -> Media:
    """Draw a picture into `folder`."""
    path = picture(folder / name, size)
    kind = "image/png" if path.suffix == ".png" else "image/jpeg"
    return Media(name, kind, *size, put(path))


def whole_issue(folder: Path) -> Issue:
    """Return an issue in four languages with every type of block, and pictures with and without words for them."""
    shown = (media(folder, "a001-1.jpg"), media(folder, "a002-1.png", (300, 500)))
    figures = (
        Figure((Span("孩子們圍著長桌看書。"),), "街坊會供圖", "a001-1.jpg", "長桌邊坐著七個孩子"),
        Figure((Span("渡し場の朝。"),), "", "a002-1.png"),
    )
    body = article().body
    stories = (
        Article(
            "渡口老街開了小書房", (*body, figures[0], *body), "老街新事", "涼亭改建", section="街坊", language="zh-Hant"
        ),
        Article("渡し場の朝", (Paragraph((Span(JA * 12),)), figures[1]), section="街坊", language="ja"),
        Article("나루터의 아침", (Paragraph((Span(KO * 12),)),), language="ko"),
        article("老街的12盏路灯", "zh-Hans"),
    )
    return Issue("渡口街坊報", stories, "zh-Hant", "12", "2024-05-07", "渡口街坊會", "© 街坊", shown)


def quiet(finding: object) -> None:
    """Take a finding, and do nothing with it."""


def styled(folder: Path, style: str, *, embed_fonts: bool) -> Path:
    """Make the whole issue in a style."""
    path = folder / f"{style}{'-fonts' if embed_fonts else ''}.epub"
    with path.open("w+b") as file:
        make_epub(whole_issue(folder), Ebook(style=style, embed_fonts=embed_fonts), file, STORE, quiet)
    return path


def volume(folder: Path) -> Path:
    """Bind the whole issue with another."""
    path = folder / "volume.epub"
    frame = Issue("", (), "")
    with path.open("w+b") as file:
        make_volume(bind((whole_issue(folder), issue()), frame), Ebook(), file, STORE, quiet)
    return path


def lone(folder: Path) -> Path:
    """Make an article of the whole issue alone."""
    path = folder / "lone.epub"
    with path.open("w+b") as file:
        make_lone(whole_issue(folder), 2, Ebook(), file, STORE, quiet)
    return path


def paged(folder: Path) -> Path:
    """Make the whole issue with the pages of its PDF."""
    from newsbook.pipeline import make_pdf

    subject, path = whole_issue(folder), folder / "paged.epub"
    (folder / "paged.pdf").write_bytes(make_pdf(subject, "bulletin", "plain", STORE, quiet))
    with path.open("w+b") as file:
        make_epub(subject, Ebook(pages=str(folder / "paged.pdf")), file, STORE, quiet)
    return path


def example(folder: Path, name: str, options: tuple[str, ...]) -> Path:
    """Make an example by the command that its page names, with more `options`."""
    page = (ROOT / "examples" / "README.md").read_text("utf-8")
    (command,) = re.findall(rf"^newsbook (epub \S*examples/{name}\S* .+)$", page, re.MULTILINE)[:1]
    path = folder / f"example-{name}.epub"
    words = [str(path) if word.startswith("out/") else word for word in shlex.split(command)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-m", "newsbook", *words, *options], cwd=ROOT, env=environment, check=True)
    return path


def examples(style: str, *, embed_fonts: bool) -> dict[str, Callable[[Path], Path]]:
    """Return what makes each example in a style."""
    options = ("--style", style, *(["--embed-fonts"] if embed_fonts else []))
    ending = "-fonts" if embed_fonts else ""
    return {
        f"example-{name}-{style}{ending}": partial(example, name=name, options=options)
        for name in ("bulletin", "single", "clean")
    }


# What `make test` gives to readers and judges: every style, with and without fonts. `make shelf` gives them the rest.
STYLED: dict[str, Callable[[Path], Path]] = {
    **{style: partial(styled, style=style, embed_fonts=False) for style in styles()},
    **{f"{style}-fonts": partial(styled, style=style, embed_fonts=True) for style in styles()},
}
MAKERS: dict[str, Callable[[Path], Path]] = {
    **STYLED,
    **{name: make for style in styles() for name, make in examples(style, embed_fonts=False).items()},
    **{name: make for style in styles() for name, make in examples(style, embed_fonts=True).items()},
    "volume": volume,
    "lone": lone,
    "paged": paged,
}
