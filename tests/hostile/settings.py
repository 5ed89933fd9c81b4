"""Hostile issue files: TOML that is none, that has no end, or that says what no issue is; and files named in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile.folders import HostileFolder, file, settings, together
from newsbook.diagnostics import Code, Exit

HEAD = 'inputs = ["good.txt"]\n'
LONG = "渡口" * 50_000
CONFUSED = "\N{RIGHT-TO-LEFT OVERRIDE}"

# What is no issue file at all, by what is said of it.
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "no inputs"),
    "nul": (HEAD + 'style = "a\0b"\n', "illegal character"),
    "utf-16": (HEAD.encode("utf-16"), "not UTF-8"),
    "utf-16-without-mark": (HEAD.encode("utf-16-le"), "no = behind the key"),
    "gbk": ((HEAD + '[issue]\nnameplate = "渡口"\n').encode("gbk"), "not UTF-8"),
    "surrogate": (b'inputs = ["\xed\xa0\x80"]\n', "not UTF-8"),
    "overlong": (b'inputs = ["\xc0\x80"]\n', "not UTF-8"),
    "surrogate-spelt-out": (HEAD + '[issue]\nnumber = "\\ud800"\n', "not a Unicode scalar value"),
    "beyond-unicode": (HEAD + '[issue]\nnumber = "\\U00110000"\n', "not a Unicode scalar value"),
    "carriage-returns": (HEAD.replace("\n", "\r") * 2, "newsbook.toml:1"),
    "next-lines": (HEAD + "[issue]\u0085number = '1'\n", "newsbook.toml:2"),
    "deep-list": ("a = " + "[" * 100_000 + "]" * 100_000, "nested too deep"),
    "deep-inputs": ("inputs = " + "[" * 3_000 + "]" * 3_000, "nested too deep"),
    "deep-table": ("a = " + "{a=" * 5_000 + "1" + "}" * 5_000, "nested too deep"),
    "dotted": (".".join("a" * 100_000) + " = 1", "hundreds of parts"),
    "dotted-with-blanks": (" . ".join("a" * 100_000) + " = 1", "hundreds of parts"),
    "dotted-in-quotes": (".".join(['"a"'] * 50_000) + " = 1", "hundreds of parts"),
    "2-megabytes": ("# 早市\n" * 250_000, "no project is so large"),
    "key-twice": (HEAD + HEAD, "for the second time"),
    "table-twice": (HEAD + "[issue]\n[issue]\n", "for the second time"),
    "5000-digits": (HEAD + "[gate]\nstory = " + "9" * 5_000, "newsbook.toml"),
    "900000-digits": (HEAD + "[gate]\nstory = 0x" + "f" * 900_000, "newsbook.toml"),
    "20-digits": (HEAD + "[gate]\nstory = " + "9" * 20, "out of range"),
    "no-number": (HEAD + "[processes]\ncpu = nan\n", "out of range"),
    "without-end": (HEAD + "[processes]\nwall = inf\n", "out of range"),
    "type-of-1e308": (HEAD + "[design]\ntext = 1e308\n", "out of range"),
    "columns": (HEAD + "[design]\ncolumns = 1000000000\n", "out of range"),
    "paper": (HEAD + '[design]\npage = "999999999x999999999mm"\n', "no paper"),
    "paper-of-5000-digits": (HEAD + f'[design]\npage = "{"9" * 5_000}x1mm"\n', "no paper"),
    "day-0": (HEAD + '[issue]\ndate = "0000-00-00"\n', "no date"),
    "day-of-february": (HEAD + '[issue]\ndate = "2024-02-30"\n', "no date"),
    "year-of-the-republic": (HEAD + f'[issue]\ndate = "民國{"1" * 100_000}年1月1日"\n', "no date"),
    "year-before-the-republic": (HEAD + '[issue]\ndate = "民國前9999年1月1日"\n', "no date"),
    "year-of-the-era": (HEAD + f'[issue]\ndate = "令和{"９" * 5_000}年1月1日"\n', "no date"),
    "year-in-characters": (HEAD + f'[issue]\ndate = "{"一" * 100_000}年一月一日"\n', "no date"),
    "time": (HEAD + "[issue]\ndate = 07:32:00\n", "no text"),
    "control": (HEAD + '[issue]\nnumber = "\\u001b[31m"\n', "control character"),
    "nul-spelt-out": (HEAD + '[issue]\nnumber = "\\u0000"\n', "control character"),
    "no-character": (HEAD + '[issue]\nnumber = "\uffff"\n', "control character"),
    "table-for-text": (HEAD + "[issue]\nnameplate = {a = 1}\n", "issue.nameplate"),
    "text-for-table": (HEAD + 'issue = "12"\n', "issue"),
    "text-for-list": ('inputs = "good.txt"\n', "inputs"),
    "list-of-lists": ("inputs = [[[]]]\n", "inputs"),
    "day-for-list": ("inputs = 1979-05-27\n", "inputs"),
    "triples": (HEAD + '[[articles]]\nof = "*"\nreplace = [["a", "b", "c"]]\n', "replace"),
    "encoding-of-hosts": (HEAD + '[reading]\nencoding = "idna"\n', "no encoding"),
    "encoding-of-nothing": (HEAD + '[reading]\nencoding = "undefined"\n', "no encoding"),
    "negative-cap": (HEAD + "[gate]\npixels = -1\n", "out of range"),
    "output-over-the-input": (HEAD + '[[outputs]]\nfile = "good.txt"\nkind = "json"\n', "good.txt"),
    "output-over-itself": (HEAD + '[[outputs]]\nfile = "newsbook.toml"\nkind = "json"\n', "newsbook.toml"),
    "20000-patterns-in-order": (HEAD.replace("\n", f"\norder = {[f'{n}*' for n in range(20_000)]}\n"), "more than 1,000"),
    "two-outputs-of-one-file": (HEAD + '[[outputs]]\nfile = "a.json"\n[[outputs]]\nfile = "./x/../a.json"\n', "name a file of its own"),
}  # fmt: skip

# What is followed, with what is found.
FOLLOWED: dict[str, tuple[str | bytes, tuple[Code, ...]]] = {
    "bom": ("\ufeff" + HEAD, ()),
    "crlf": (HEAD.replace("\n", "\r\n"), ()),
    "year-1": (HEAD + "[issue]\ndate = 0001-01-01\n", ()),
    "year-9999": (HEAD + "[issue]\ndate = 9999-12-31\n", ()),
    "60000-keys": ("".join(f"k{n} = 1\n" for n in range(60_000)) + HEAD, (Code.SETTING_UNKNOWN,)),
    "60000-tables": (HEAD + "".join(f"[t{n}]\n" for n in range(60_000)), (Code.SETTING_UNKNOWN,)),
    "30000-articles": (HEAD + "".join(f'[[articles]]\nof = "{n}"\n' for n in range(30_000)), (Code.SETTING_UNFIT,)),
    "20000-in-order": (HEAD.replace("\n", f"\norder = {[f'{n}.txt' for n in range(20_000)]}\n"), (Code.SETTING_UNFIT,)),
    "control-in-a-key": ('"\\u001b]0;x\\u0007" = 1\n' + HEAD, (Code.SETTING_UNKNOWN,)),
    "direction-in-a-key": (f'"{CONFUSED}" = 1\n' + HEAD, (Code.SETTING_UNKNOWN,)),
    "direction-in-a-headline": (HEAD + f'[[articles]]\nof = "*"\nheadline = "渡{CONFUSED}口"\n', (Code.CONTROL_CHARACTERS,)),
    "direction-in-a-section": (HEAD + f'[[sections]]\nname = "渡{CONFUSED}口"\narticles = ["*"]\n', (Code.CONTROL_CHARACTERS,)),
    "headline-without-end": (HEAD + f'[[articles]]\nof = "*"\nheadline = "{LONG}"\n', (Code.OVER_CAP,)),
    "section-without-end": (HEAD + f'[[sections]]\nname = "{LONG}"\narticles = ["*"]\n', (Code.OVER_CAP,)),
    "outlet-without-end": (HEAD + f'[[articles]]\nof = "*"\noutlet = "{LONG}"\n', (Code.OVER_CAP,)),
    "author-without-end": (HEAD + f'[[articles]]\nof = "*"\ncredits.author = ["{LONG}"]\n', (Code.OVER_CAP,)),
    "notice-without-end": (HEAD + f'[[notices]]\nheadline = "{LONG}"\ntext = "{LONG}"\n', (Code.OVER_CAP,)),
    "foreword-turned-round": (HEAD + f'[foreword]\ntext = "渡{CONFUSED}口"\nbyline = "{CONFUSED}林"\n', (Code.CONTROL_CHARACTERS,)),
    "link-in-a-correction": (HEAD + '[[corrections]]\ntext = "渡口。"\nurl = "https://a.example/\\"><script>"\n', ()),
    "script-as-address": (HEAD + '[[articles]]\nof = "*"\nurl = "javascript:alert(1)"\n', ()),
    "replaced-by-patterns": (HEAD + '[[articles]]\nof = "*"\nreplace = [["(涼+)+$", "\\\\1"], [".*", "x"]]\n', (Code.SETTING_UNFIT,)),
    "replaced-without-end": (HEAD + f'[[articles]]\nof = "*"\nreplace = [["{LONG}", "{LONG}"]]\n', (Code.SETTING_UNFIT,)),
}  # fmt: skip


# What is named in it: key by key, a device, a FIFO, a folder, and a link to itself.
NAMED = {
    "foreword.file": '[foreword]\nfile = "{}"\n',
    "notices.file": '[[notices]]\nfile = "{}"\n',
    "advertisements.picture": '[[advertisements]]\npicture = "{}"\nalt = "早市"\n',
    "articles.pictures.file": '[[articles]]\nof = "*"\n[[articles.pictures]]\nfile = "{}"\nalt = "早市"\n',
    "check.word_lists": '[check]\nword_lists = ["{}"]\n',
    "reading.lexicon": '[reading]\nlexicon = ["{}"]\n',
    "design.logo": '[design]\nlogo = "{}"\n',
}
ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "device": (lambda folder: (folder / "odd").symlink_to("/dev/zero"), "is a device"),
    "fifo": (lambda folder: os.mkfifo(folder / "odd"), "is a FIFO"),
    "folder": (lambda folder: (folder / "odd").mkdir(), "is a folder"),
    "link-to-itself": (lambda folder: (folder / "odd").symlink_to("odd"), "does not exist"),
    "20-gigabytes": (lambda folder: os.truncate(_made(folder / "odd"), 20 << 30), "bytes (cap p"),
}
# Names that no file has.
NO_NAMES = {
    "nul": ("a\\u0000b", "control character"),
    "long": ("a" * 5_000, "does not exist"),
    "without-end": ("a/" * 2_000 + "b", "does not exist"),
    "of-a-home": ("~root/x", "is not expanded"),
}


def _made(path: Path) -> Path:
    path.touch()
    return path


def _rows() -> Iterator[HostileFolder]:
    for name, (text, said) in REFUSED.items():
        yield HostileFolder(f"settings-{name}", settings(text), Exit.USAGE, said=said, arguments=_ends(text))
    for name, (text, codes) in FOLLOWED.items():
        yield HostileFolder(f"settings-{name}", settings(text), codes=codes)

    name = f'[issue]\nnameplate = "渡{CONFUSED}口"\n'
    codes = (Code.CONTROL_CHARACTERS,)
    yield HostileFolder("settings-direction-in-a-name", settings(HEAD + name), codes=codes, arguments=BOOK)
    cover = together(settings(HEAD), file("x/cover.css", "* { position: running(x) }"))
    yield HostileFolder("style-cover", cover, Exit.USAGE, said="cannot set", arguments=(*BOOK, "--style", "x"))
    yield HostileFolder(
        "series-of-5000-digits", _series("9" * 5_000), arguments=("build", "-c", "b/newsbook.toml", *BOOK[1:])
    )
    for key, table in NAMED.items():
        for odd, (make, said) in ODD.items():
            made = together(make, settings(HEAD + table.format("odd")))
            yield HostileFolder(f"{key}-{odd}", made, Exit.USAGE, said=said)
        for odd, (name, said) in NO_NAMES.items():
            yield HostileFolder(f"{key}-{odd}", settings(HEAD + table.format(name)), Exit.USAGE, said=said)


def _series(number: str) -> Callable[[Path], object]:
    """Return what makes a series of two issues, of which the first states a number."""
    return together(
        settings("[series]\n"),
        file("a/newsbook.toml", f'inputs = ["../good.txt"]\n[issue]\nnumber = "{number}"\n'),
        file("b/newsbook.toml", 'inputs = ["../good.txt"]\n'),
    )


BOOK = ("build", "-o", "out.epub")


def _ends(text: str | bytes) -> tuple[str, ...]:
    """Return the command: without `-o` where outputs are stated."""
    return ("build",) if isinstance(text, str) and "outputs" in text else ("build", "-o", "out.json")


SETTINGS = tuple(_rows())
