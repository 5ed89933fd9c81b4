"""Bytes in whatever encoding become copy, line by line; what is no text is refused with what it is."""

import hashlib

import pytest

from issues import LONG, article
from newsbook import native, readers
from newsbook.diagnostics import Code, Diagnostic, InputError, UsageError
from newsbook.model import Article, Copy
from newsbook.readers.encoding import plausibility

HANT = f"渡口老街開了小書房\n{LONG}\n"
HANS = "渡口老街开了小书房\n街坊会把旧凉亭改成了小书房，三个月里借出一千二百多本书，孩子们放学后都爱来这里看书。\n"
JA = "渡し場の市が開いた\n渡し場の朝市は六時に始まり、豆腐売りのおばあさんがいつも一番に来るという。\n"
KO = "나루터 장이 섰다\n나루터 아침 장은 여섯 시에 서고, 두부 장수 할머니가 늘 가장 먼저 온다고 한다.\n"


def read(raw: bytes, encoding: str = "") -> tuple[Copy | Article, list[Diagnostic]]:
    found: list[Diagnostic] = []
    document = readers.read("folder/page.txt", raw, (), encoding, found.append)
    assert isinstance(document, Copy | Article)
    return document, found


def lines(document: object) -> str:
    assert isinstance(document, Copy)
    return "".join(f"{line.text}\n" for line in document.lines)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (HANT, "utf-8", "utf-8"),
        (HANT, "utf-8-sig", "utf-8"),
        (HANT, "big5", "big5"),
        (HANT, "gb18030", "gb18030"),
        (HANS, "gb18030", "gb18030"),
        (HANS, "gb2312", "gb18030"),
        (HANS, "utf-16", "utf-16-le"),
        (HANS, "utf-16-be", "utf-16-be"),
        (JA, "euc_jp", "euc-jp"),
        (JA, "shift_jis", "shift_jis"),
        (KO, "euc_kr", "euc-kr"),
        (KO, "utf-8", "utf-8"),
    ],
)
def test_the_encoding_is_found_out(text: str, encoding: str, name: str) -> None:
    document, _ = read(text.encode(encoding))
    assert isinstance(document, Copy)
    assert (lines(document), document.source.encoding) == (text, name)


FERRY = "渡口镇的摆渡船上个月停航，镇上的人要绕四十公里才能到对岸的集市。"
FOG = "白鷺洲的渡輪昨天停開三小時，碼頭上的旅客都在等霧散去。"
WHEEL = "港町の朝市で昨日、古い水車が七年ぶりに回り始めた。"


@pytest.mark.parametrize(
    "pieces",
    [
        (("渡口停航\n2024年5月6日\n" + FERRY + "\n" + FERRY, "utf-8"), (FERRY, "gbk")),
        ((FERRY + "\n" + FERRY, "gbk"), (FERRY, "utf-8"), (FERRY, "gbk")),
        ((FOG + "\n" + FOG, "utf-8"), (FOG, "big5")),
        ((FOG + "\n" + FOG, "big5"), ("2024年5月6日\n" + FOG, "utf-8")),
        ((WHEEL + "\n" + WHEEL, "utf-8"), (WHEEL, "cp932")),
        ((FERRY, "utf-8"), (FERRY, "gbk")),
        (("渡口停航\n" + FERRY, "gbk"), (FOG, "big5"), (FERRY, "gbk")),
        (("渡輪停開\n" + FOG, "big5"), (FERRY, "gbk"), (FOG, "big5")),
        (("白鷺洲渡輪停開三小時，霧未散", "big5"), (FERRY + "\n" + FERRY, "gbk")),
        (("水車\n" + WHEEL, "euc_jp"), (WHEEL, "cp932"), (WHEEL, "euc_jp")),
        ((WHEEL, "cp932"), (WHEEL, "euc_jp"), (WHEEL, "cp932")),
    ],
)
def test_each_line_is_read_in_its_own_encoding(pieces: tuple[tuple[str, str], ...]) -> None:
    document, found = read(b"\n".join(text.encode(encoding) for text, encoding in pieces))
    assert isinstance(document, Copy)
    assert lines(document).strip() == "\n".join(text for text, _ in pieces)
    assert Code.ENCODING_MIXED in {one.code for one in found}


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("（责任编辑：何平）", "gbk"),
        ("渡口街坊報社長暨總編輯", "big5"),
        ("株式会社渡場新聞", "cp932"),
        ("나루터", "cp949"),
    ],
)
def test_a_short_line_that_reads_oddly_keeps_the_encoding_of_its_page(line: str, encoding: str) -> None:
    page = {"gbk": FERRY, "big5": FOG, "cp932": WHEEL, "cp949": KO}[encoding]
    document, found = read(f"{page}\n{line}".encode(encoding))
    assert lines(document).strip().endswith(line)
    assert Code.ENCODING_MIXED not in {one.code for one in found}


def test_bytes_that_are_broken_do_not_make_another_encoding() -> None:
    raw = (FERRY + "\n" + FERRY).encode().replace("航".encode(), b"\xe8\x88")
    _, found = read(raw)
    assert {one.code for one in found} >= {Code.ENCODING_BROKEN}
    assert Code.ENCODING_MIXED not in {one.code for one in found}


@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
def test_a_short_page_is_read_as_the_user_says(encoding: str) -> None:
    document, found = read("渡口".encode(encoding), encoding)
    assert (lines(document), found) == ("渡口\n", [])


def test_a_guess_is_a_finding_and_what_is_stated_is_not() -> None:
    assert [finding.code for finding in read(HANT.encode("big5"))[1]] == [Code.ENCODING_GUESSED]
    assert read(HANT.encode())[1] == []
    assert read(HANT.encode("utf-8-sig"))[1] == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\N{LINE SEPARATOR}", "\f"])
def test_line_ends_of_every_system(end: str) -> None:
    document, _ = read(HANT.replace("\n", end).encode())
    assert lines(document) == HANT


def test_lines_keep_their_indent_and_number() -> None:
    document, _ = read("一\n\n　　二\n".encode())
    assert isinstance(document, Copy)
    assert [(line.number, line.text) for line in document.lines] == [(1, "一"), (2, ""), (3, "　　二")]


def test_the_source_has_the_hash_of_the_bytes_and_no_folder() -> None:
    raw = HANT.encode("big5")
    document, _ = read(raw)
    assert (document.source.name, document.source.sha256) == ("page.txt", hashlib.sha256(raw).hexdigest())


def test_broken_bytes_are_marked_and_reported_with_their_line() -> None:
    raw = HANT.encode() + b"\xe6\xb8\n" + HANT.encode()
    document, found = read(raw, "utf-8")
    assert "\N{REPLACEMENT CHARACTER}" in lines(document)
    assert [(finding.code, finding.where.line) for finding in found] == [(Code.ENCODING_BROKEN, 3)]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff　　\n".encode(), "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a PNG picture"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"<!DOCTYPE html><html></html>", "no text"),
        (b"<?xml version='1.0'?><rss/>", "feed"),
        (b"<?xml version='1.0'?><svg/>", "XML"),
        (b'{"type": "article"}', "headline"),
        (b'{"type": "article", "headline": "x", "titel": "y"}', "titel"),
        (b'{"type": "pamphlet"}', "type"),
        (b"{", "JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        read(raw)
    assert "page.txt" in str(caught.value)
    assert "folder" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_nul_in_a_text_is_no_reason_to_refuse_it(encoding: str) -> None:
    document, _ = read(HANS.replace("，", "\0，", 1).encode(encoding))
    assert lines(document) == HANS.replace("，", "\0，", 1)


@pytest.mark.parametrize("encoding", ["", "utf-8", "gb18030", "shift_jis"])
def test_what_is_no_text_is_refused_in_whatever_encoding(encoding: str) -> None:
    noise = hashlib.shake_128(b"newsbook").digest(4000)
    with pytest.raises(InputError, match="looks like a binary file"):
        read(noise, encoding)


def test_an_unknown_encoding_is_a_wrong_usage() -> None:
    for name in ("klingon", "rot13", "hex"):
        with pytest.raises(UsageError, match=name):
            read(HANT.encode(), name)


def test_native_json_is_read_as_it_was_dumped() -> None:
    raw = native.dump(article())
    assert read(raw) == (article(), [])
    assert read(b"\xef\xbb\xbf" + raw)[0] == article()


def test_text_that_begins_like_another_form_is_text() -> None:
    for text in (
        "{渡口}開市了，人很多，大家都來看。\n",
        "BM渡口開市了，人很多，大家都來看。\n",
        "<渡口>開市了，人很多。\n",
    ):
        assert lines(read(text.encode())[0]) == text


def test_right_readings_are_plausible_and_wrong_ones_are_not() -> None:
    for text, right, wrong in ((HANT, "big5", "gb18030"), (HANS, "gb18030", "big5"), (KO, "euc_kr", "gb18030")):
        raw = text.encode(right)
        assert plausibility(text) > 3 * max(0.0, plausibility(raw.decode(wrong, "replace")))
