"""A law: a picture is never shown under a caption that is not its own.

Each picture of a page is of a colour, and its caption names it. Some pictures were not saved.
"""

import base64
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from PIL import Image

from making import bound
from newsbook.model import Figure, Issue
from newsbook.model.walk import plain
from stores import STORE

COLOURS = {
    "红": (200, 30, 30), "蓝": (30, 30, 200), "绿": (30, 160, 30), "黄": (230, 220, 30), "灰": (120, 120, 120),
    "白": (250, 250, 250),
}  # fmt: skip
PROSE = "渡口镇的摆渡船上个月停航，镇上的人要绕四十公里才能到对岸的集市，菜农们为此叫苦不迭，许多人天不亮就要起身装车。"


class Shot(Struct, frozen=True):
    """A picture of a page: its colour, whether it has a caption, how it is named, and how the page sets it."""

    colour: str
    is_captioned: bool
    where: str
    form: int
    prose: bool

    @property
    def caption(self) -> str:
        return f"图为{self.colour}色的渡船停在渡口。" if self.is_captioned else ""

    def bytes(self) -> bytes:
        file = io.BytesIO()
        Image.new("RGB", (120, 90), COLOURS[self.colour]).save(file, "PNG")
        return file.getvalue()

    def source(self, number: int, stem: str) -> str:
        """Return how a page names the picture."""
        return {
            "beside": f"pic-{number}.png",
            "numbered": f"{stem}.{number}.png",
            "folder": f"{stem}_files/pic-{number}.png",
            "in page": f"data:image/png;base64,{base64.b64encode(self.bytes()).decode()}",
            "in page, escaped": f"data:image/png,{quote(self.bytes())}",
            "same file name": f"https://img.example/{number}/{stem}.1.png",
            "saved from": f"https://img.example/pic-{number}.png?w=640",
        }.get(self.where, f"https://img.example/pic-{number}.png")

    def save(self, folder: Path, number: int, stem: str) -> None:
        """Save the picture beside the page, where it was saved."""
        if self.where == "saved from":
            self.put(folder / f"{stem}_files" / f"pic-{number}.png")
        elif self.where in {"beside", "numbered", "folder"}:
            self.put(folder / self.source(number, stem))

    def put(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(self.bytes())


NAMED = ("beside", "numbered", "folder", "in page", "in page, escaped", "same file name", "saved from", "not saved")


def shots(*where: str) -> st.SearchStrategy[tuple[Shot, ...]]:
    one = st.builds(
        Shot, st.sampled_from(tuple(COLOURS)), st.booleans(), st.sampled_from(where), st.integers(0, 7), st.booleans()
    )
    return st.lists(one, min_size=1, max_size=5, unique_by=lambda shot: shot.colour).map(tuple)


FORMS = (
    '<figure><img src="{s}"><figcaption>{c}</figcaption></figure>',
    '<div class="pic"><img src="{s}"><p class="caption">{c}</p></div>',
    '<p style="text-align:center"><img src="{s}"></p><p style="text-align:center">{c}</p>',
    '<p><img src="{s}"></p><p>{c}</p>',
    '<figure><figcaption>{c}</figcaption><img src="{s}"></figure>',
    '<table><tr><td><img src="{s}"></td></tr><tr><td>{c}</td></tr></table>',
    '<p><img src="{s}" alt="{c}"><br>{c}</p>',
    '<img data-src="{s}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><span class="img-desc">{c}</span>',
)


def as_html(made: tuple[Shot, ...], folder: Path) -> Path:
    parts = []
    for number, shot in enumerate(made, 1):
        shot.save(folder, number, "page")
        parts.append(FORMS[shot.form].format(s=shot.source(number, "page"), c=shot.caption))
        parts.append(f"<p>{PROSE}</p>" if shot.prose else "")
    page = folder / "page.html"
    page.write_text(
        f'<html><head><meta charset="utf-8"><title>渡口的船退役了</title></head><body><article><h1>渡口的船退役了</h1>'
        f"<p>{PROSE}</p><p>{PROSE}</p>{''.join(parts)}<p>{PROSE}</p></article></body></html>"
    )
    return page


def as_markdown(made: tuple[Shot, ...], folder: Path) -> Path:
    parts = ["# 渡口的船退役了", PROSE]
    for number, shot in enumerate(made, 1):
        shot.save(folder, number, "page")
        source = shot.source(number, "page")
        forms = (
            f'![船]({source} "{shot.caption}")',
            f"![]({source})\n*{shot.caption}*",
            f"![]({source})\n\n{shot.caption}",
        )
        parts.append(forms[shot.form % 3] if shot.caption else f"![]({source})")
        parts += (PROSE,) if shot.prose else ()
    page = folder / "page.md"
    page.write_text("\n\n".join((*parts, PROSE)))
    return page


WORD = "http://schemas.openxmlformats.org"
OFFICE = f"{WORD}/officeDocument/2006/relationships"
SPACES = "".join(
    f' xmlns:{name}="{WORD}/{path}"'
    for name, path in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("a", "drawingml/2006/main"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("pic", "drawingml/2006/picture"),
    )
)
DRAWN = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr=""/><a:graphic><a:graphicData><pic:pic>'
    '<pic:blipFill><a:blip r:{how}="i{n}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Heading1", "heading 1"), ("Caption", "caption"))
)
TYPES = (
    f'<Types xmlns="{WORD}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)


def as_docx(made: tuple[Shot, ...], folder: Path) -> Path:
    """Write a Word file. A picture that was not saved in it is linked to."""
    parts = [word_paragraph("渡口的船退役了", "Heading1"), word_paragraph(PROSE)]
    related = []
    with zipfile.ZipFile(folder / "page.docx", "w") as archive:
        for number, shot in enumerate(made, 1):
            is_linked = shot.where == "linked"
            target = f'"file:///C:/x/{number}.png" TargetMode="External"' if is_linked else f'"media/{number}.png"'
            related.append(f'<Relationship Id="i{number}" Type="{OFFICE}/image" Target={target}/>')
            parts.append(DRAWN.format(how="link" if is_linked else "embed", n=number))
            if not is_linked:
                archive.writestr(f"word/media/{number}.png", shot.bytes())
            parts.append(word_paragraph(shot.caption, "Caption" if shot.form % 2 else "") if shot.caption else "")
            parts.append(word_paragraph(PROSE) if shot.prose else "")
        main = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        body = f"<w:document{SPACES}><w:body>{''.join(parts)}{word_paragraph(PROSE)}</w:body></w:document>"
        archive.writestr("word/document.xml", body)
        archive.writestr("word/_rels/document.xml.rels", relations("".join(related)))
        archive.writestr("_rels/.rels", relations(main))
        archive.writestr("word/styles.xml", f"<w:styles{SPACES}>{STYLES}</w:styles>")
        archive.writestr("[Content_Types].xml", TYPES)
    return folder / "page.docx"


def word_paragraph(text: str, style: str = "") -> str:
    told = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{told}<w:r><w:t>{text}</w:t></w:r></w:p>"


def relations(inner: str) -> str:
    return f'<Relationships xmlns="{WORD}/package/2006/relationships">{inner}</Relationships>'


def as_text(made: tuple[Shot, ...], folder: Path) -> Path:
    parts = ["渡口的船退役了", PROSE]
    for number, shot in enumerate((shot for shot in made if shot.is_captioned), 1):
        place = {
            "numbered": f"page.{number}.png",
            "folder": f"page/{number}.png",
            "files": f"page_files/img{number}.png",
        }
        if shot.where in place:
            shot.put(folder / place[shot.where])
        parts.append(shot.caption)
        parts += (PROSE,) if shot.prose else ()
    page = folder / "page.txt"
    page.write_text("\n".join((*parts, PROSE)))
    return page


def colour_of(figure: Figure, issue: Issue) -> str:
    media = next(media for media in issue.media if media.name == figure.image)
    whole = Image.open(io.BytesIO(STORE.read(media.sha256))).convert("RGB")
    shown = next(iter(whole.getcolors() or [(0, (0, 0, 0))]))[1]
    assert isinstance(shown, tuple)
    return min(COLOURS, key=lambda name: sum(abs(a - b) for a, b in zip(COLOURS[name], shown, strict=True)))


def figures(make: Callable[[tuple[Shot, ...], Path], Path], made: tuple[Shot, ...]) -> list[tuple[str, str]]:
    """Return the captions of a page, each with the colour of its picture, empty where there is none."""
    with TemporaryDirectory() as folder:
        (issue,) = bound((make(made, Path(folder)),)).issues
    return [
        (plain(block.caption), colour_of(block, issue) if block.image else "")
        for block in issue.articles[0].body
        if isinstance(block, Figure)
    ]


LAWS = {
    "html": (as_html, shots(*NAMED)),
    "markdown": (as_markdown, shots(*NAMED)),
    "docx": (as_docx, shots("saved", "saved", "linked")),
    "text": (as_text, shots("numbered", "not saved") | shots("folder", "not saved") | shots("files", "not saved")),
}


@pytest.mark.parametrize("form", LAWS)
def test_a_picture_is_never_under_a_caption_that_is_not_its_own(form: str) -> None:
    make, drawn = LAWS[form]

    @settings(max_examples=60, deadline=None)
    @given(drawn)
    def law(made: tuple[Shot, ...]) -> None:
        got = figures(make, made)
        wrong = [(caption, colour) for caption, colour in got if caption and colour and colour not in caption]
        assert not wrong, (wrong, got)
        shown = [colour for _, colour in got if colour]
        assert len(shown) == len(set(shown)), got
        if form in {"html", "markdown"}:
            there = {shot.colour for shot in made if shot.where not in {"not saved", "same file name"}}
            assert set(shown) == there, got

    law()
