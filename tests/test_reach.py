"""Whatever a page or a style asks for, newsbook opens no file and no connection that the user did not name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Reports, from within the program, whatever is opened or connected to.
HOOK = """
import os
import sys

def hook(event, arguments):
    if event == "open" and not isinstance(arguments[0], int):
        name = os.fsdecode(arguments[0])
        if CANARY in name:
            print("REACHED", name, file=sys.stderr, flush=True)
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request", "os.system"):
        print("REACHED", event, arguments[1:3], file=sys.stderr, flush=True)

CANARY = sys.argv.pop(1)
sys.addaudithook(hook)
from newsbook.cli import main
main()
"""
HTTP = "http://127.0.0.1:9/x"
STORY = "渡口老街的早市明天搬到碼頭，攤位比從前多了十二個，街坊會說，雨天也照常開張，帶傘的人可以從石階走下去。"


def pages(secret: str) -> dict[str, str]:
    """Return pages that ask for a file that they must not get, and for the network."""
    uri = f"file://{secret}"
    asking = {
        "img": f"<img src='{uri}'><img src='{secret}'><img src='{HTTP}'><img src='//127.0.0.1:9/x'>",
        "srcset": f"<img srcset='{uri} 1x, {HTTP} 2x' src='../../../../../../..{secret}'>",
        "base": f"<base href='{uri}'><img src='x'><img src=''>",
        "object": f"<object data='{uri}'></object><embed src='{uri}'><iframe src='{uri}'></iframe>",
        "svg": f"<svg><image href='{uri}'/><use href='{HTTP}#a'/></svg>",
        "style": f"<style>@import '{uri}'; p {{ background: url({HTTP}) }}</style>",
        "attribute": f"<p style='background:url({uri})'>一</p>",
        "link": f"<link rel=stylesheet href='{uri}'><link rel=attachment href='{uri}'>",
        "attachment": f"<a rel=attachment href='{uri}'>一</a>",
        "refresh": f"<meta http-equiv=refresh content='0;url={uri}'>",
        "media": f"<video src='{uri}' poster='{uri}'></video><audio src='{HTTP}'></audio>",
        "picture": f"<picture><source srcset='{uri}'></picture>",
        "canonical": f"<link rel=canonical href='{uri}'><meta property=og:image content='{uri}'>",
        "ld": f'<script type=\'application/ld+json\'>{{"image": "{uri}", "url": "{HTTP}"}}</script>',
    }
    made = {
        f"{name}.html": f"<article><h1>早市</h1><p>{STORY}</p>{words}<p>{STORY}</p></article>"
        for name, words in asking.items()
    }
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{uri}"><!ENTITY % c SYSTEM "{HTTP}">%c;]>'
    feed = f"<rss><channel><item><title>早市</title><description>&b;{STORY}</description></item></channel></rss>"
    head = "<body.head><hedline><hl1>早市&b;</hl1></hedline></body.head>"
    nitf = f"<nitf><body>{head}<body.content><p>{STORY}</p></body.content></body></nitf>"
    record = {"title": "早市", "content": STORY, "image": uri, "url": uri}
    native = {
        "type": "article",
        "headline": "早市",
        "body": [{"type": "figure", "image": secret}, {"type": "figure", "image": uri}],
    }
    return {
        **made,
        "page.md": f"# 早市\n\n{STORY}\n\n![一]({uri}) ![二]({secret})\n",
        "feed.xml": entity + feed,
        "nitf.xml": entity + nitf,
        "record.json": json.dumps(record),
        "native.json": json.dumps(native),
    }


def run(folder: Path, canary: str, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HOOK, canary, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    return done.stderr


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "canary-of-the-tests"
    path.write_text("秘密")
    return path


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_no_page_reaches_outside(tmp_path: Path, secret: Path, kind: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in pages(str(secret)).items():
        (folder / name).write_text(text, "utf-8")
    said = run(tmp_path, secret.name, kind, "in", "-o", f"x.{kind}", "-v")
    assert "REACHED" not in said, said
    assert (tmp_path / f"x.{kind}").stat().st_size > 10_000
    assert "秘密".encode() not in (tmp_path / f"x.{kind}").read_bytes()


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_no_style_reaches_outside(tmp_path: Path, secret: Path, kind: str) -> None:
    (tmp_path / "page.txt").write_text(f"早市\n\n{STORY}\n", "utf-8")
    style = tmp_path / "style"
    style.mkdir()
    for css in (
        f"@import '{secret}';",
        f"p {{ background: url(file://{secret}) }}",
        f"p {{ background: url({HTTP}) }}",
    ):
        for name in ("print.css", "ebook.css", "cover.css"):
            (style / name).write_text(css)
        said = run(tmp_path, secret.name, kind, "page.txt", "-o", f"x.{kind}", "--style", "style")
        assert "REACHED" not in said, said
        assert not (tmp_path / f"x.{kind}").exists()


def test_the_hook_sees_what_is_reached(tmp_path: Path, secret: Path) -> None:
    assert "REACHED" in run(tmp_path, secret.name, "parse", secret.name)
