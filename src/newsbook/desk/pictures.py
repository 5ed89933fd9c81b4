"""Give an article its pictures: those that are told beside a text, and those that came with the page, in order."""

from collections.abc import Iterator

from msgspec.structs import replace

from newsbook.desk.body import figure_of
from newsbook.desk.draft import Draft, is_text
from newsbook.desk.fields import with_credits
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.missingpictures import framed
from newsbook.model import Article, Block, Figure, Paragraph, Part
from newsbook.model.walk import plain


def place_pictures_of_text(draft: Draft) -> Draft:
    """Place the pictures told beside a text: the first behind the first paragraph, the others at the end."""
    told = [line for line in draft.copy.lines if draft.part(line) is Part.PICTURE]
    if not told or not is_text(draft.copy):
        return draft
    made = [figure_of(line, draft.markup_of(line)) for line in told]
    figures: list[Block] = [figure for figure, _ in made]
    body = [block for block in draft.article.body if not _repeats(block, figures)]
    at = _after_first_paragraph(body)
    article = with_credits(draft.article, tuple(credit for _, credited in made for credit in credited))
    return replace(draft, article=replace(article, body=(*body[:at], *figures[:1], *body[at:], *figures[1:])))


def _repeats(block: Block, figures: list[Block]) -> bool:
    """Tell whether a figure that the text has without its picture is one of those that are told."""
    captions = {figure.caption for figure in figures if isinstance(figure, Figure)}
    return isinstance(block, Figure) and bool(block.caption) and block.caption in captions


def place_pictures(draft: Draft) -> Draft:
    """Place the n-th picture that came with a page at the n-th caption that names no other.

    Pictures beyond the captions become figures without one. A caption without a picture, or a picture without a
    caption, is a finding.
    """
    article, copy, findings = draft.article, draft.copy, list(draft.findings)
    left = list(copy.pictures)
    blocks: list[Block] = []
    for block in article.body:
        if isinstance(block, Figure):
            is_there = block.image and (copy.online or not _is_remote(block.image))
            image = block.image if is_there else left.pop(0) if left else ""
            findings += _missing(article, block, image)
            blocks += (replace(block, image=image),) if image else framed(block, article)
        else:
            blocks.append(block)
    captioned = any(isinstance(block, Figure) for block in blocks)
    spare = [Figure(image=image) for image in left if image]
    findings += (_spare(article, figure) for figure in spare)
    at = len(blocks) if captioned else _after_first_paragraph(blocks)
    placed = replace(article, body=(*blocks[:at], *spare[:1], *blocks[at:], *spare[1:]))
    return replace(draft, article=placed, findings=tuple(findings))


def _after_first_paragraph(blocks: list[Block]) -> int:
    return next((at + 1 for at, block in enumerate(blocks) if isinstance(block, Paragraph)), len(blocks))


def _is_remote(image: str) -> bool:
    """Tell whether a page names a picture that does not lie beside it."""
    return ":" in image or image.startswith("/")


def _missing(article: Article, figure: Figure, image: str) -> Iterator[Diagnostic]:
    if figure.image and not image:
        shown = figure.caption or figure.credit or figure.alt
        what = "a frame says so" if shown else "it is left out, for it has no caption"
        message = f"the picture {figure.image[:200]} does not lie beside the page; {what}."
        hint = "Save the page complete with its pictures, or put them beside it as NAME.1.jpg, NAME.2.jpg, …"
        yield Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(article.source.name), hint)
    elif not image:
        caption = plain(figure.caption) or figure.credit
        message = f"no picture came with the caption “{caption[:24]}”; it is set in a frame that says so."
        hint = "Put the picture beside the text as NAME.1.jpg, NAME.2.jpg, …"
        yield Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, Place(article.source.name), hint)


def _spare(article: Article, figure: Figure) -> Diagnostic:
    message = f"the picture {figure.image} came without a caption."
    return Diagnostic(Code.PICTURE_WITHOUT_CAPTION, message, Place(article.source.name))
