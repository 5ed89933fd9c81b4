"""The check of a finished e-book finds each fault that is forced upon one."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from newsbook.diagnostics import Exit, ValidationError
from newsbook.model import Edition
from newsbook.writers.epub.check import check
from writers.epub_tools import cover, nasty, rezipped, unzipped, written

Files = dict[str, bytes]
Break = Callable[[Files], Files]

PAGE, PACKAGE, NAV = "EPUB/a001.xhtml", "EPUB/content.opf", "EPUB/nav.xhtml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Files]:
    held = nasty(tmp_path_factory.mktemp("pictures"))
    return held, unzipped(written(held, cover()))


def swapped(name: str, before: str, after: str) -> Break:
    """Return a fault that puts `after` in the place of `before`, once, in one file."""

    def swap(files: Files) -> Files:
        old = files[name].decode()
        assert before in old
        return files | {name: old.replace(before, after, 1).encode()}

    return swap


def without(name: str) -> Break:
    return lambda files: {key: data for key, data in files.items() if key != name}


def added(name: str) -> Break:
    return lambda files: files | {name: b"<x/>"}


def type_last(files: Files) -> Files:
    return {key: files[key] for key in [*list(files)[1:], "mimetype"]}


FAULTS: dict[str, tuple[Break, str]] = {
    "dangling link": (swapped(PAGE, 'href="a002.xhtml#end"', 'href="a009.xhtml"'), "refers to a009.xhtml, which is"),
    "dangling fragment": (swapped(PAGE, "a002.xhtml#end", "a002.xhtml#nowhere"), "refers to a002.xhtml#nowhere"),
    "dangling line of contents": (swapped(NAV, 'href="a003.xhtml"', 'href="a004.xhtml"'), "nav.xhtml refers to a004"),
    "dangling picture": (swapped(PAGE, "images/a001-1.jpg", "images/a001-9.jpg"), "refers to images/a001-9.jpg"),
    "picture from the web": (swapped(PAGE, "images/a001-1.jpg", "https://example.org/x.jpg"), "refers to https://ex"),
    "link that runs": (swapped(PAGE, "https://example.org/?a", "javascript:alert"), "refers to javascript:alert"),
    "address that is none": (swapped(PAGE, "https://example.org/?a", "//[example"), "refers to //[example"),
    "id twice": (swapped(PAGE, 'id="cross"', 'id="a001"'), "uses the id 'a001' twice"),
    "lost character": (swapped(PAGE, "前文先於", "前文於"), "the text of the document a001 is not the edition's"),
    "lost space": (swapped(PAGE, "　　", "　"), "the text of the document a001 is not the edition's"),
    "text in another order": (swapped(PAGE, "前文先於", "先於前文"), "the text of the document a001"),
    "text that is not shown": (swapped(PAGE, "後文", "<!--後文-->"), "the text of the document a001"),
    "comment": (swapped(PAGE, "後文", "後文<!-- -->"), "comments, scripts or frames"),
    "script": (swapped(PAGE, "</head>", "<script>go()</script></head>"), "comments, scripts or frames"),
    "handler": (swapped(PAGE, "<h2 ", '<h2 onclick="go()" '), "comments, scripts or frames"),
    "broken XML": (swapped(PAGE, "</section>", ""), "a001.xhtml does not parse"),
    "broken package": (swapped(PACKAGE, "</manifest>", ""), "content.opf does not parse"),
    "missing document": (without("EPUB/a002.xhtml"), "the manifest names EPUB/a002.xhtml, which is not there"),
    "missing package": (without(PACKAGE), "it has no package document"),
    "file that nobody named": (added("EPUB/stray.xml"), "EPUB/stray.xml is not in the manifest"),
    "type not first": (type_last, "its container does not begin with its type"),
    "spine without an item": (swapped(PACKAGE, 'idref="doc-a001"', 'idref="doc-a00x"'), "its spine does not follow"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_forced_fault_is_found(fault: str, sound: tuple[Edition, Files]) -> None:
    held, files = sound
    breaks, words = FAULTS[fault]
    with pytest.raises(ValidationError, match="the finished EPUB is not whole") as failure:
        check(BytesIO(rezipped(breaks(dict(files)))), held)
    assert words in str(failure.value)
    assert failure.value.exit is Exit.VALIDATION


def test_a_sound_book_passes(sound: tuple[Edition, Files]) -> None:
    held, files = sound
    check(BytesIO(rezipped(files)), held)


def test_only_the_first_faults_are_named(tmp_path: Path) -> None:
    held = nasty(tmp_path)
    files = unzipped(written(held, cover()))
    emptied = {name: b"" if name.endswith(".xhtml") else data for name, data in files.items()}
    with pytest.raises(ValidationError) as failure:
        check(BytesIO(rezipped(emptied)), held)
    assert str(failure.value).count("does not parse") == 5
