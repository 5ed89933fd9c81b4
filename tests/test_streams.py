"""Every failure around names and streams, as a shell makes them: a sentence and an exit code, and nothing destroyed."""

import json
import os
import pty
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newsbook.model import Article, Figure
from newsbook.native import dump
from nodes import device

PAGE = """渡口老街開了小書房
2024-05-06 08:30:00  來源:渡口街坊網  作者:林小舟

  渡口老街的早市六點開張，賣豆花的陳阿婆總是第一個到，她說天沒亮就起來磨豆子，習慣了。

責編:許一帆
"""

SENTENCE = "newsbook: "
BYTES = b"\xff\xfe".decode("utf-8", "surrogateescape")


def shell(
    script: str, cwd: Path, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which `newsbook` is the command of this source."""
    command = ["sh", "-c", f'newsbook() {{ "{sys.executable}" -m newsbook "$@"; }}; {script}']
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, cwd=cwd, env=env, check=False, timeout=60, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
    )
    for trace in (b"Traceback", b"Exception ignored", b"internal error"):
        assert trace not in done.stderr, done.stderr.decode()
    return done


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("page.txt", "cuttings/page.txt", "cuttings/page.1.png", "style/print.css", "style/fonts/a.ttf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE, "utf-8")
    (tmp_path / "list.txt").write_text("# remark\ncuttings/page.txt\n", "utf-8")
    figure = Figure((), "街坊會供圖", "photo.jpg")
    (tmp_path / "named.json").write_bytes(dump(Article("題", (figure,), language="zh-Hant")))
    (tmp_path / "photo.jpg").write_text("", "utf-8")
    for name in ("newsbook.toml", "own.toml"):
        (tmp_path / name).write_text('[issue]\nnumber = "12"\n', "utf-8")
    (tmp_path / "hard.json").hardlink_to(tmp_path / "page.txt")
    (tmp_path / "soft.json").symlink_to("page.txt")
    return tmp_path


# What is printed, and what stands on standard error then.


@pytest.mark.parametrize(
    "call", ["parse page.txt", "parse page.txt -o /dev/stdout", "--help", "--version", "pdf --help"]
)
def test_standard_output_that_cannot_be_written_is_exit_5(folder: Path, call: str) -> None:
    device(folder / "full", 7)
    reader, writer = os.pipe()
    os.close(reader)
    broken = shell(f"newsbook {call}", folder, stdout=writer)
    os.close(writer)
    for done, reason in (
        (shell(f"newsbook {call} > full", folder), "no space is left; make room there"),
        (shell(f"newsbook {call} >&-", folder), "it is closed; name a file with -o"),
        (broken, "whoever read it stopped"),
    ):
        assert (done.returncode, said(done).count("\n")) == (5, 1), said(done)
        assert said(done).startswith(SENTENCE)
        assert f"cannot be written: {reason}" in said(done)
    assert stat.S_ISCHR((folder / "full").stat().st_mode)


def test_an_edition_for_a_full_device_is_refused_before_any_work(folder: Path) -> None:
    device(folder / "full", 7)
    done = shell("newsbook pdf missing.txt -o - > full", folder)
    assert (done.returncode, "no space is left" in said(done)) == (5, True)


def test_without_standard_error_the_work_is_done_all_the_same(folder: Path) -> None:
    device(folder / "full", 7)
    (folder / "empty.txt").touch()
    for where in ("2>&-", "2> full", "2>&- <&-"):
        done = shell(f"newsbook parse page.txt empty.txt --debug {where}", folder)
        assert (done.returncode, json.loads(done.stdout)["headline"]) == (3, "渡口老街開了小書房"), where
    assert shell("newsbook pdf --nonesuch 2> full", folder).returncode == 2
    assert shell("newsbook parse gone.txt 2> full", folder).returncode == 4


def test_standard_input_that_cannot_be_read_is_exit_4(folder: Path) -> None:
    done = shell("newsbook parse - <&-", folder)
    assert (done.returncode, "standard input is closed" in said(done)) == (4, True)
    master, slave = pty.openpty()
    os.close(slave)
    done = shell("newsbook parse - --report report.json", folder, stdin=master)
    os.close(master)
    assert (done.returncode, "<stdin> cannot be read: Input/output error" in said(done)) == (4, True)
    assert json.loads((folder / "report.json").read_text("utf-8"))["exit"] == 4


# Where outputs go.


def test_devices_and_fifos_take_outputs_and_stay(folder: Path) -> None:
    device(folder / "null", 3)
    os.mkfifo(folder / "fifo")
    done = shell("cat fifo > got & newsbook parse page.txt -o null --report fifo; code=$?; wait; exit $code", folder)
    assert done.returncode == 0, said(done)
    assert stat.S_ISCHR((folder / "null").stat().st_mode)
    assert (folder / "fifo").is_fifo()
    assert json.loads((folder / "got").read_text("utf-8"))["articles"][0]["headline"] == "渡口老街開了小書房"


def test_standard_streams_by_their_names_are_written_where_they_stand(folder: Path) -> None:
    done = shell(
        "echo before > log; newsbook parse page.txt -o /dev/stdout --report /dev/fd/3 >> log 3> report", folder
    )
    assert done.returncode == 0, said(done)
    before, _, document = (folder / "log").read_text("utf-8").partition("\n")
    assert (before, json.loads(document)["headline"]) == ("before", "渡口老街開了小書房")
    assert json.loads((folder / "report").read_text("utf-8"))["outputs"][0]["name"] == "stdout"
    piped = shell("newsbook parse page.txt -o null --report -", folder)
    assert json.loads(piped.stdout)["exit"] == 0


def test_an_empty_name_is_wrong_usage(folder: Path) -> None:
    for option in ("-o", "--report"):
        done = shell(f"newsbook parse page.txt {option} ''", folder)
        assert (done.returncode, "the name is empty" in said(done)) == (2, True)
    done = shell("newsbook parse page.txt ''", folder)
    assert (done.returncode, "is an empty name" in said(done)) == (2, True)


@pytest.mark.parametrize(
    "call",
    [
        "parse @list.txt -o cuttings/page.txt",
        "parse @list.txt -o list.txt",
        "parse 'cutting?/*.txt' -o cuttings/../cuttings/page.txt",
        "parse cuttings -o cuttings/page.txt",
        "parse cuttings --report cuttings/page.1.png",
        "parse cuttings/page.txt -o cuttings/page.2.jpg",
        "parse cuttings -o cuttings/page.txt.overrides.json",
        "parse page.txt -o hard.json",
        "parse page.txt --report soft.json",
        "parse page.txt -o - >> page.txt",
        "parse page.txt -o newsbook.toml",
        "parse cuttings/page.txt --report cuttings/../newsbook.toml",
        "parse page.txt -c own.toml --report own.toml",
        "parse page.txt -o out.json --report ./out.json",
        "parse page.txt -o - --report /dev/stdout",
        "parse named.json -o photo.jpg",
        "pdf cuttings --style ./style -o style/print.css",
        "pdf cuttings --style ./style --report style/fonts/a.ttf",
        "epub cuttings --cover photo.jpg --report photo.jpg",
        "epub cuttings --pages soft.json --report soft.json",
    ],
)
def test_no_output_overwrites_what_is_read(folder: Path, call: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = shell(f"newsbook {call}", folder)
    assert (done.returncode, "is an input or another output" in said(done)) == (2, True), said(done)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_article_of_its_own_overwrites_no_input(folder: Path) -> None:
    made = shell("newsbook epub page.txt --individual -o books", folder)
    (book,) = (folder / "books").iterdir()
    kept = book.read_bytes()
    done = shell("newsbook epub books/*.epub --individual -o books", folder)
    assert (made.returncode, done.returncode) == (0, 2), said(done)
    assert book.read_bytes() == kept


def test_a_new_file_among_the_inputs_is_allowed(folder: Path) -> None:
    done = shell("newsbook parse cuttings -o cuttings/out.json && newsbook parse page.txt -o cuttings/out.json", folder)
    assert done.returncode == 0, said(done)
    done = shell("newsbook parse cuttings -o cuttings/out.json", folder)
    assert (done.returncode, "out.json is an input" in said(done)) == (2, True)


def test_a_limit_on_files_is_exit_5(folder: Path) -> None:
    # In blocks of 512 bytes. What is read is smaller, what is made is not.
    done = shell("ulimit -f 8; newsbook epub page.txt -o out.epub", folder)
    assert (done.returncode, "File too large" in said(done)) == (5, True), said(done)
    assert not (folder / "out.epub").exists()


# What is read.


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("/proc/self/mem", "mem cannot be read: Input/output error; name another file."),
        ("socket", "socket is a socket; name a file."),
        ("loop.txt", "loop.txt cannot be read: Too many levels of symbolic links"),
        (f"{'n' * 256}", "cannot be read: File name too long"),
        ("@cuttings", "cuttings is a folder; name a file."),
        ("@nul.list", "a\\x00b cannot be read: no file can have this name"),
        ("@loop.txt", "Too many levels"),
        ("'*.none'", "nothing fits *.none"),
    ],
)
def test_an_input_that_cannot_be_read_is_exit_4(folder: Path, names: str, sentence: str) -> None:
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "nul.list").write_bytes(b"a\0b\n")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
        done = shell(f"newsbook parse {names} --report report.json", folder)
    assert (done.returncode, sentence in said(done)) == (4, True), said(done)
    assert said(done).count("\n") == 1
    assert sentence in json.loads((folder / "report.json").read_text("utf-8"))["failure"]


def test_a_fifo_is_read_once_and_its_hash_is_on_record(folder: Path) -> None:
    os.mkfifo(folder / "fifo")
    done = shell("cat page.txt > fifo & newsbook parse fifo --report report.json", folder)
    assert json.loads(done.stdout)["headline"] == "渡口老街開了小書房", said(done)
    (filed,) = json.loads((folder / "report.json").read_text("utf-8"))["inputs"]
    assert (filed["name"], filed["size"]) == ("fifo", len(PAGE.encode()))


def test_a_list_may_come_through_a_fifo(folder: Path) -> None:
    os.mkfifo(folder / "fifo")
    done = shell("echo page.txt > fifo & newsbook parse @fifo", folder)
    assert json.loads(done.stdout)["headline"] == "渡口老街開了小書房", said(done)


def test_names_that_are_no_utf_8_are_read_and_printed(folder: Path) -> None:
    other = (
        "石橋裡的信箱修好了\n2024-05-06\n\u3000\u3000綠色信箱壞了兩年，上週終於有人來修，裡面還有三封沒有寄出去的信。\n"
    )
    for name in (f"{BYTES}.txt", f"cuttings/{BYTES}.txt"):
        (folder / name).write_text(other, "utf-8")
    (folder / f"{BYTES}.1.jpg").touch()
    (folder / f"{BYTES}.odt").touch()
    call = f"newsbook parse {BYTES}.txt cuttings . gone{BYTES} -v --report {BYTES}.report -o {BYTES}.json"
    done = shell(call, folder)
    assert done.returncode == 3, said(done)
    assert "gone\\xff\\xfe does not exist" in said(done)
    assert "\\xff\\xfe.odt: newsbook reads nothing that ends so" in said(done)
    report = json.loads((folder / f"{BYTES}.report").read_text("utf-8"))
    assert report["outputs"][0]["name"] == "\\xff\\xfe.json"
    assert {"\\xff\\xfe.txt", "page.txt"} <= {article["source"] for article in report["articles"]}
