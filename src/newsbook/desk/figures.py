"""Give the figures of an article the pictures that came with it, in order."""

import re

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.model import Article, Block, Figure, Paragraph, Span

_SHORTEST_ALT = 4
_NO_CAPTION = re.compile(
    r"\.\w{3,4}$|^[\w-]*\d{5,}[\w-]*$|^[\x00-\x7f]{0,12}$|点击|點擊|查看|(?:高清)?原[图圖]$"
    r"|^(?:写真|画像|写真・図版|サムネイル|图片|圖片|配图|插图|사진|이미지|기사 ?이미지|image|photo|picture)\W*\d*$",
    re.IGNORECASE,
)


def place_pictures(article: Article, pictures: tuple[str, ...], report: Report) -> Article:
    """Return `article` with the n-th picture at the n-th caption.

    Pictures beyond the captions become figures without one. A caption without a picture, or a picture without a
    caption, is a finding.
    """
    left = list(pictures)
    blocks: list[Block] = []
    for block in article.body:
        if isinstance(block, Figure):
            image = block.image if block.image and not _is_remote(block.image) else left.pop(0) if left else ""
            _report_missing(article, block, image, report)
            blocks.append(replace(_captioned(block, article) if not image else block, image=image))
        else:
            blocks.append(block)
    captioned = any(isinstance(block, Figure) for block in blocks)
    spare = [Figure(image=image) for image in left if image]
    for figure in spare:
        _report_spare(article, figure, report)
    at = len(blocks) if captioned else _after_first_paragraph(blocks)
    return replace(article, body=(*blocks[:at], *spare[:1], *blocks[at:], *spare[1:]))


def _after_first_paragraph(blocks: list[Block]) -> int:
    return next((at + 1 for at, block in enumerate(blocks) if isinstance(block, Paragraph)), len(blocks))


def _is_remote(image: str) -> bool:
    """Tell whether a page names a picture that does not lie beside it."""
    return ":" in image or image.startswith("/")


def _captioned(figure: Figure, article: Article) -> Figure:
    """Return a figure whose picture is missing with its alternative text as the caption, where it has no other."""
    alts = [block.alt for block in article.body if isinstance(block, Figure)]
    told = _says_something(figure.alt, article) and alts.count(figure.alt) == 1
    return replace(figure, caption=(Span(figure.alt),), alt="") if told and not figure.caption else figure


def _says_something(alt: str, article: Article) -> bool:
    """Tell whether an alternative text says what a picture shows, and is no title, file name or word for pictures."""
    letters = "".join(filter(str.isalnum, alt))
    titles = ("".join(filter(str.isalnum, title)) for title in (article.headline, article.source.outlet))
    titled = any(title and (letters in title or title in letters) for title in titles)
    return len(letters) >= _SHORTEST_ALT and not titled and not _NO_CAPTION.search(alt)


def _report_missing(article: Article, figure: Figure, image: str, report: Report) -> None:
    if figure.image and not image:
        message = f"the picture {figure.image[:200]} does not lie beside the page; a frame says so."
        hint = "Save the page complete with its pictures, or put them beside it as NAME.1.jpg, NAME.2.jpg, …"
        report(Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(article.source.name), hint))
    elif not image:
        caption = "".join(span.text for span in figure.caption) or figure.credit
        message = f"no picture came with the caption “{caption[:24]}”; it is set in a frame that says so."
        hint = "Put the picture beside the text as NAME.1.jpg, NAME.2.jpg, …"
        report(Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(article.source.name), hint))


def _report_spare(article: Article, figure: Figure, report: Report) -> None:
    message = f"the picture {figure.image} came without a caption."
    report(Diagnostic(Code.PICTURE_WITHOUT_CAPTION, message, Place(article.source.name)))
