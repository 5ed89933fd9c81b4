"""Hostile pages, feeds and containers: markup that reaches, runs or hides, and files that are not what they say."""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable

from hostile.inputs import HEAD, MORE, PROSE, Hostile, html, page, record
from newsbook.diagnostics import Code

HTTP = "http://169.254.169.254/latest/meta-data"
FILE = "file:///etc/passwd"
CSS_BOMB = "--a0:字;" + "".join(f"--a{n}:var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 30))


def rss(items: str, head: str = "") -> Callable[[], bytes]:
    return f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>渡口</title>{items}</channel></rss>".encode


def item(guid: str, title: str = HEAD, text: str = PROSE + MORE) -> str:
    return f"<item><guid>{guid}</guid><title>{title}</title><description>{text}</description></item>"


def zipped(*files: tuple[str, bytes], mode: int = 0) -> Callable[[], bytes]:
    def make() -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = mode << 16
                archive.writestr(entry, data)
        return target.getvalue()

    return make


def changed(make: Callable[[], bytes], mark: bytes, at: int, data: bytes) -> Callable[[], bytes]:
    """Return what makes an archive in which a field says something else, counted from a mark."""

    def made() -> bytes:
        raw = bytearray(make())
        start = raw.index(mark) + at
        raw[start : start + len(data)] = data
        return bytes(raw)

    return made


def tarred() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/cron.d/x"))
    return target.getvalue()


PAGE = page("渡口。")()
# What stands in a page beside its story: name, markup, words that stay, what must be gone.
MARKUP: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("image-file", f"<img src='{FILE}'>", (), ("passwd",)),
    ("image-up", "<img src='../../../../etc/passwd'>", (), ("passwd",)),
    ("image-metadata-service", f"<img src='{HTTP}'>", (), ()),
    ("image-no-scheme", "<img src='//169.254.169.254/a.png'>", (), ()),
    ("image-svg-data", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>", (), ("alert",)),
    ("link-data", "<p>詳情<a href='data:text/html,<script>alert(1)</script>'>按此看</a>就知道。</p>", ("按此看",), ("alert",)),
    ("import-http", f"<style>@import url({HTTP});</style>", (), (HTTP,)),
    ("import-file", f"<style>@import '{FILE}';</style>", (), ("passwd",)),
    ("stylesheet-file", f"<link rel=stylesheet href='{FILE}'>", (), ("passwd",)),
    ("style-url", f"<p style=\"background:url('{FILE}')\">河邊的攤子下午才開張。</p>", ("河邊的攤子",), ("passwd",)),
    ("font-face", f"<style>@font-face{{font-family:x;src:url({FILE})}}</style>", (), ("passwd",)),
    ("attachment", f"<link rel=attachment href='{FILE}'>", (), ("passwd",)),
    ("anchor-attachment", "<p>名單<a rel=attachment href='/etc/passwd'>附在後面</a>供街坊查看。</p>", ("附在後面",), ()),
    ("object", f"<object data='{FILE}'>插件沒有裝，這一句給街坊看。</object>", (), ("passwd",)),
    ("embed", f"<embed src='{FILE}'>", (), ("passwd",)),
    ("frame", f"<iframe src='{FILE}' srcdoc='<script>alert(1)</script>'></iframe>", (), ("alert", "passwd")),
    ("base", f"<base href='{FILE}'><img src=x><p>詳情<a href=y>按此看</a>就知道了。</p>", ("按此看",), ("passwd",)),
    ("refresh", f"<meta http-equiv=refresh content='0;url={FILE}'>", (), ("passwd",)),
    ("javascript", "<p>詳情<a href='javascript:alert(1)'>按此看</a>就知道了。</p>", ("按此看",), ("alert",)),
    ("javascript-tab", "<p>詳情<a href='jav&#9;ascript:alert(1)'>按此看</a>就知道了。</p>", ("按此看",), ("alert",)),
    ("vbscript", "<p>詳情<a href='vbscript:alert(1)'>按此看</a>就知道了。</p>", ("按此看",), ("alert",)),
    ("handlers", "<p onclick='alert(1)'>河邊的攤子下午才開張。<img src=x onerror='alert(1)'></p>", ("河邊的攤子",), ("alert",)),
    ("script", "<p>河邊的攤子<script>alert(1)</script>下午才開張。</p>", ("下午才開張",), ("alert",)),
    ("noscript", "<noscript>請打開瀏覽器的指令碼功能。</noscript>", (), ()),
    ("template", "<template><p>範本裡的字。</p></template><slot></slot>", (), ()),
    ("marquee", "<marquee>河邊的攤子下午才開張，收得晚。</marquee>", ("河邊的攤子",), ()),
    ("font", "<center><font size=7>河邊的攤子下午才開張，收得晚。</font></center>", ("河邊的攤子",), ()),
    ("custom", "<x-box><p>河邊的攤子下午才開張。</p></x-box><o:p>碼頭的攤子也一樣。</o:p>", ("河邊的攤子",), ()),
    ("attributes", "<p @click='x' a:b='c' 中文='d' :='e'>河邊的攤子下午才開張。</p>", ("河邊的攤子",), ()),
    ("comments", "<!-- a -- b --><!--[if IE]><p>舊</p><![endif]--><![CDATA[x]]><p>河邊的攤子下午才開張。</p>", ("河邊的攤子",), ()),
    ("svg-text", "<p>河邊<svg><text>水深三米</text></svg>的攤子下午才開張。</p>", ("的攤子下午才開張",), ()),
    ("formula", "<p>河邊<math><mi>x</mi><mo>=</mo><mn>3</mn></math>的攤子下午才開張。</p>", ("的攤子下午才開張",), ()),
    ("same-ids", "<p id=a>河邊的攤子下午才開張。</p><p id=a>碼頭的攤子天黑才開張。</p>", ("河邊的攤子", "碼頭的攤子"), ()),
    ("odd-id", "<p id='a b\"c'>河邊的攤子下午才開張。</p><a href='#a b\"c'>上面那句話</a>", ("河邊的攤子",), ()),
    ("foreign-anchor", "<p>詳情<a href='#a002-n1'>看那一篇</a>就知道了。</p>", ("看那一篇",), ()),
    ("deep", "<div>" * 300 + "<p>河邊的攤子下午才開張。</p>" + "</div>" * 300, ("河邊的攤子",), ()),
    ("list-deep", "<ul><li>層" * 300 + "</li></ul>" * 300, (), ()),
    ("css-bomb", f"<p style='{CSS_BOMB}color:var(--a29)'>河邊的攤子下午才開張。</p>", ("河邊的攤子",), ("--a0",)),
    ("font-size", "<p style='font-size:1e8px;letter-spacing:1e9em'>河邊的攤子下午才開張。</p>", ("河邊的攤子",), ()),
    ("use-bomb", "<svg><g id=a>x</g>" + "".join(f"<g id=b{n}><use href='#b{n - 1}'/></g>" for n in range(99)) + "</svg>", (), ()),
    ("textarea", "<p>河邊的攤子下午才開張。</p><textarea>未完的字", ("河邊的攤子",), ()),
    ("vertical", "<p style='writing-mode:vertical-rl;text-combine-upright:all'>1234567890萬人來過。</p>", ("萬人來過",), ()),
    ("ruby-open", "<p><ruby>渡<rt>ど<ruby>口<rt>こう<rp>（河邊的攤子下午才開張。</p>", (), ()),
    ("ruby-empty", "<p><ruby><rt></rt></ruby><ruby><rb></rb><rtc></rtc></ruby>河邊的攤子下午才開張。</p>", ("河邊的攤子",), ()),
    ("table-in-cell", "<table><tr><td>" * 60 + "底" + "</td></tr></table>" * 60, (), ()),
    ("dialog", "<dialog open><p>河邊的攤子下午才開張，收得晚。</p></dialog><details><summary>更多</summary></details>", (), ()),
    ("entities", "<p>&lt;script&gt;&#60;&#x3c;&#0;&#xD800;&#x110000;&#xFFFE;&bogus;河邊的攤子。</p>", ("河邊的攤子",), ()),
    ("picture-many", "".join(f"<img src='{n}.jpg' alt='圖{n}'>" for n in range(500)), (), ()),
    ("hidden-bidi", "<p dir=rtl><bdo dir=rtl>河邊的攤子</bdo>下午才開張。&#x202e;</p>", ("下午才開張",), ("\u202e",)),
)  # fmt: skip

PAGES = tuple(
    Hostile(f"{name}.html", html(markup), kept=(PROSE, MORE, *kept), gone=gone) for name, markup, kept, gone in MARKUP
)


def rows(*written: str) -> Callable[[], bytes]:
    return "\r\n".join(written).encode


OTHERS = (
    Hostile("form.html", html("<form action=x><p>河邊的攤子下午才開張，碼頭的攤子天黑才收。</p></form>"), (), (PROSE, "河邊的攤子下午才開張", MORE)),
    Hostile("mutation.html", html("<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>"), (Code.CHROME_LEFT_OUT,), (MORE,), gone=("alert",)),
    Hostile("inline-deep.html", html("<p>" + "<b>" * 5_000 + "字" + "</b>" * 5_000 + "</p>"), refused="nested deeper"),
    Hostile("breaks.html", html("<p>" + "短句<br>" * 30_000 + "</p>"), refused="cap parts"),
    Hostile("bare.html", f"{PROSE}<p>{MORE}</p>".encode, kept=(PROSE, MORE)),
    Hostile("bare-only.html", f"{PROSE}{MORE}".encode, kept=(PROSE, MORE)),
    Hostile("empty.html", lambda: b"  \n \n", refused="empty"),
    Hostile("nothing.html", lambda: b"", refused="empty"),
    Hostile("prolog.html", lambda: b"<?xml version='1.0' encoding='utf-16'?>" + html("")(), kept=(PROSE, MORE)),
    Hostile("charset-bomb.html", lambda: b"<meta charset=utf-16>" * 500 + html("")(), kept=(PROSE,)),
    Hostile("charset-unknown.html", lambda: b"<meta charset='../../x\0'>" + html("")(), kept=(PROSE,)),
    Hostile("c1.txt", page("一個\x80\x9f\x85字"), kept=(PROSE,)),
    Hostile("pasted.txt", page("字" * 300_000), (Code.OVER_CAP,), ("字" * 2_000,)),
    Hostile("latin-million.txt", page("x" * 1_000_000), refused="cap story"),
    Hostile("emoji-families.txt", page("👨\u200d👩\u200d👧\u200d👦" * 10_000), (Code.OVER_CAP,), ("👨\u200d👩\u200d👧\u200d👦",)),
    Hostile("rare.txt", page("𠀀𪛖𫝀𬺰𮯰\U00030000⿰亻尔〾字"), kept=("𠀀𪛖𫝀𬺰𮯰\U00030000⿰亻尔〾字",)),
    Hostile("gb-says-utf.html", lambda: html("<meta charset=utf-8>")().decode().encode("gb18030"), kept=(PROSE,)),
    Hostile("utf-says-gb.html", lambda: b"<meta charset=gb2312>" + html("")(), kept=(PROSE,)),
    Hostile("bom-middle.txt", page("字\ufeff字\ufffe字"), kept=(PROSE,)),
    Hostile("entity.xml", rss(item("1", text="&b;" + PROSE + MORE), f"<!DOCTYPE a [<!ENTITY b SYSTEM '{FILE}'>]>"), gone=("root:",)),
    Hostile("parameter.xml", rss(item("1"), f"<!DOCTYPE a [<!ENTITY % b SYSTEM '{HTTP}'>%b;]>")),
    Hostile(
        "laughs.xml",
        rss(item("1", text="&c9;" + PROSE + MORE), "<!DOCTYPE a [<!ENTITY c0 '哈'>" + "".join(f"<!ENTITY c{n} '{f'&c{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"),
        gone=("哈哈哈哈",),
    ),
    Hostile("quadratic.xml", rss(item("1", text="&b;" * 5_000 + PROSE), "<!DOCTYPE a [<!ENTITY b '" + "哈" * 50_000 + "'>]>"), refused="no feed"),
    Hostile("deep.xml", rss("<a>" * 3_000 + "</a>" * 3_000 + item("1"))),
    Hostile("cut.xml", lambda: rss(item("1") + item("2", "碼頭"))()[:-60], (Code.FORM_BROKEN,)),
    Hostile("tags.xml", rss(item("1").replace("</title>", "</titel>")), refused="no text"),
    Hostile("same-guids.xml", rss("".join(item("1", f"{HEAD}{n}", f"{PROSE}{n}{MORE}") for n in range(40)))),
    Hostile("nothing.xml", rss(""), refused="without entries"),
    Hostile("bomb.csv", lambda: b'title,text\n"' + b"a,\n" * 300_000, refused="no text"),
    Hostile("nul.csv", rows("title,text", f"{HEAD},\0{PROSE}{MORE}"), kept=(PROSE,)),
    Hostile("quotes.csv", rows("title,text", f'{HEAD},"{PROSE}""{MORE}'), kept=(PROSE,)),
    Hostile("formula.csv", rows("title,text", f'"=HYPERLINK(""http://x"")渡口",{PROSE}{MORE}'), kept=("=HYPERLINK",)),
    Hostile("columns.csv", rows("title,text" + ",a" * 20_000, f"{HEAD},{PROSE}{MORE}" + ",b" * 20_000), kept=(PROSE,)),
    Hostile("cell.csv", rows("title,text", f"{HEAD},{PROSE}{'字' * 200_000}"), (Code.OVER_CAP,)),
    Hostile("up.zip", zipped(("../../a.txt", PAGE))),
    Hostile("absolute.zip", zipped(("/etc/a.txt", PAGE))),
    Hostile("symlink.zip", zipped(("a.txt", b"/etc/passwd"), mode=0o120777), kept=(), gone=("root:",)),
    Hostile("bomb.zip", zipped(("a.txt", b"\0" * 300_000_000)), refused="out of all proportion"),
    Hostile("twice.zip", zipped(("a.txt", PAGE), ("A.txt", PAGE.replace("渡口。".encode(), "碼頭。".encode()))), stories=2),
    Hostile("names.zip", zipped(("a\n\u202etxt.txt", PAGE)), kept=(PROSE,)),
    Hostile("zip-in-zip.zip", zipped(("b.zip", zipped(("a.txt", PAGE))()), ("a.txt", PAGE)), (Code.INPUT_NOT_READ,)),
    Hostile("epub-in-zip.zip", zipped(("b.epub", b"PK\x03\x04x"), ("a.txt", PAGE))),
    Hostile("polyglot.zip", lambda: html("")() + zipped(("a.txt", PAGE))(), refused="binary"),
    Hostile("empty.zip", zipped(), refused="binary"),
    Hostile("zip.txt", zipped(("a.txt", PAGE))),
    Hostile("version.zip", changed(zipped(("a.txt", PAGE)), b"PK\x01\x02", 6, b"\x8c\0"), refused="broken ZIP"),
    Hostile("method.zip", changed(zipped(("a.txt", PAGE)), b"PK\x01\x02", 10, b"\x63\0"), refused="cannot be unpacked"),
    Hostile("locked.zip", changed(zipped(("a.txt", PAGE)), b"PK\x01\x02", 8, b"\x01\0"), refused="password"),
    Hostile("less.zip", changed(zipped(("a.txt", PAGE)), b"PK\x01\x02", 24, b"\x05\0\0\0"), refused="cannot be unpacked"),
    Hostile("elsewhere.zip", changed(zipped(("a.txt", PAGE)), b"PK\x01\x02", 42, b"\xff\xff\0\0"), refused="cannot be unpacked"),
    Hostile("gbk-name.zip", zipped(("\u2265\u2265a.txt", PAGE))),
    Hostile("backslash.zip", zipped(("..\\..\\a.txt", PAGE)), refused="without an article"),
    Hostile("pictures-up.zip", zipped(("a.txt", PAGE), ("../a.1.jpg", b"\xff\xd8"))),
    Hostile("address.warc", lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n", refused="."),
    Hostile("tar.gz.txt", tarred, refused="an archive"),
    Hostile("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, refused="a PNG picture"),
    Hostile("pdf.txt", lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + bytes(range(128, 256)) * 20, refused="a PDF"),
    Hostile("html.txt", html(""), kept=(PROSE,)),
    Hostile("torn.jsonl", lambda: record()() + b'\n{"title": "x", "te\n' + record(title="碼頭")() + b"\n", stories=2),
    Hostile("keys.json", lambda: json.dumps({f"k{n}": "x" for n in range(50_000)} | {"title": HEAD, "text": PROSE + MORE}).encode()),
    Hostile("list.json", lambda: json.dumps([None, 1, "x", [], {}]).encode(), kept=()),
    Hostile("bodies.json", record(text=[PROSE, MORE, {"a": [1]}])),
    Hostile("loop.yaml.md", f"---\na: &a [*a, *a]\ntitle: {HEAD}\n---\n\n{PROSE}\n\n{MORE}\n".encode, refused="no YAML"),
    Hostile("yaml-bomb.md", ("---\na: &a0 [x]\n" + "".join(f"b{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)) + f"title: {HEAD}\n---\n\n{PROSE}\n\n{MORE}\n").encode),
    Hostile("yaml-object.md", f"---\ntitle: !!python/object/apply:os.system ['id']\n---\n\n# {HEAD}\n\n{PROSE}\n\n{MORE}\n".encode),
    Hostile("links.md", f"# {HEAD}\n\n{PROSE}[按此](javascript:alert(1))\n\n![圖](/etc/passwd)\n\n{MORE}\n".encode, gone=("alert(1)",)),
    Hostile("footnotes.md", f"# {HEAD}\n\n{PROSE}[^1]\n\n[^1]: 註[^1]\n\n{MORE}\n".encode),
    Hostile("fence.md", f"# {HEAD}\n\n{PROSE}\n\n{'`' * 10_000}\n\n{MORE}\n".encode),
    Hostile("aozora.txt", page("渡口《わたし" * 500 + "［＃「渡口」に傍点］" * 300 + "｜《》《《》》"), kept=(PROSE,)),
)  # fmt: skip
