"""Give the figures of an article the pictures that came with it, in order."""

from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, Place, Report
from newsbook.frames import framed
from newsbook.model import Article, Block, Copy, Figure, Paragraph
from newsbook.model.walk import plain


def place_pictures(article: Article, copy: Copy, report: Report) -> Article:
    """Return `article` with the n-th picture that came with `copy` at the n-th caption that names no other.

    Pictures beyond the captions become figures without one. A caption without a picture, or a picture without a
    caption, is a finding.
    """
    left = list(copy.pictures)
    blocks: list[Block] = []
    for block in article.body:
        if isinstance(block, Figure):
            is_there = block.image and (copy.online or not _is_remote(block.image))
            image = block.image if is_there else left.pop(0) if left else ""
            _report_missing(article, block, image, report)
            blocks += (replace(block, image=image),) if image else framed(block, article)
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


def _report_missing(article: Article, figure: Figure, image: str, report: Report) -> None:
    if figure.image and not image:
        shown = figure.caption or figure.credit or figure.alt
        what = "a frame says so" if shown else "it is left out, for it has no caption"
        message = f"the picture {figure.image[:200]} does not lie beside the page; {what}."
        hint = "Save the page complete with its pictures, or put them beside it as NAME.1.jpg, NAME.2.jpg, …"
        report(Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(article.source.name), hint))
    elif not image:
        caption = plain(figure.caption) or figure.credit
        message = f"no picture came with the caption “{caption[:24]}”; it is set in a frame that says so."
        hint = "Put the picture beside the text as NAME.1.jpg, NAME.2.jpg, …"
        report(Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(article.source.name), hint))


def _report_spare(article: Article, figure: Figure, report: Report) -> None:
    message = f"the picture {figure.image} came without a caption."
    report(Diagnostic(Code.PICTURE_WITHOUT_CAPTION, message, Place(article.source.name)))
