"""Give an article its pictures: those that are told beside a text, and those that came with the page, in order."""

from pathlib import Path

from msgspec.structs import replace

from newsbook.desk.body import figure_of
from newsbook.desk.draft import Draft, is_text
from newsbook.desk.fields import with_credits
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.inputs import in_series
from newsbook.missingpictures import framed
from newsbook.model import Article, Block, Copy, Figure, Paragraph, Part
from newsbook.model.walk import plain
from newsbook.pictures.datauris import called, fault_of, is_data


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

    A picture that the page names stands where it is named, and nowhere else. Pictures beyond the captions become
    figures without one. A caption without a picture, or a picture without a caption, is a finding.
    """
    article, copy, findings = draft.article, draft.copy, list(draft.findings)
    numbered, spare = _supplied(copy, article)
    blocks: list[Block] = []
    for block in article.body:
        if isinstance(block, Figure):
            unnamed = numbered.pop(0) if numbered and not block.image else ""
            image, finding = _image_of(block, unnamed, copy)
            findings += (finding,) if finding else ()
            blocks += (replace(block, image=image),) if image else framed(block, article)
        else:
            blocks.append(block)
    captioned = any(isinstance(block, Figure) for block in blocks)
    figures = [Figure(image=image) for image in (*numbered, *spare) if image]
    findings += (_spare(article, figure) for figure in figures)
    at = len(blocks) if captioned else _after_first_paragraph(blocks)
    placed = replace(article, body=(*blocks[:at], *figures[:1], *blocks[at:], *figures[1:]))
    return replace(draft, article=placed, findings=tuple(findings))


def _supplied(copy: Copy, article: Article) -> tuple[list[str], tuple[str, ...]]:
    """Return the pictures that came with a page and are not named in it: those in the captions' order, and the rest."""
    figures = [block for block in article.body if isinstance(block, Figure)]
    named = {figure.image for figure in figures if figure.image}
    numbered = tuple("" if name in named else name for name in copy.pictures)
    album = tuple(name for name in copy.album if name not in {*named, *numbered})
    captions = sum(not figure.image for figure in figures)
    if is_text(copy) and not any(numbered) and (series := in_series(album, captions)):
        return list(series), ()
    return list(numbered), album


def _image_of(figure: Figure, unnamed: str, copy: Copy) -> tuple[str, Diagnostic | None]:
    """Return the picture of a figure, or why it has none. One that it names is shown, or none is."""
    where = Place(copy.source.name)
    if not figure.image:
        return unnamed, None if unnamed else _without_picture(figure, where)
    if is_data(figure.image):
        fault = fault_of(figure.image)
        return ("", _broken(figure, fault, where)) if fault else (figure.image, None)
    if copy.online or not _is_remote(figure.image):
        return figure.image, None
    return "", _not_saved(figure, where)


def _after_first_paragraph(blocks: list[Block]) -> int:
    return next((at + 1 for at, block in enumerate(blocks) if isinstance(block, Paragraph)), len(blocks))


def _is_remote(image: str) -> bool:
    """Tell whether a page names a picture that does not lie beside it."""
    return ":" in image or image.startswith("/")


def _not_saved(figure: Figure, where: Place) -> Diagnostic:
    message = f"the picture {figure.image[:200]} does not lie beside the page; {_instead(figure)}."
    hint = "Save the page complete with its pictures, or have it fetched with --fetch-pictures."
    return Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, where, hint)


def _broken(figure: Figure, fault: str, where: Place) -> Diagnostic:
    message = f"the picture {called(figure.image)} cannot be used: {fault}; {_instead(figure)}."
    return Diagnostic(Code.PICTURE_UNUSABLE, message, where, "Save the page anew, or put the picture beside it.")


def _instead(figure: Figure) -> str:
    shown = figure.caption or figure.credit or figure.alt
    return "a frame says so" if shown else "it is left out, for it has no caption"


def _without_picture(figure: Figure, where: Place) -> Diagnostic:
    caption = plain(figure.caption) or figure.credit
    message = f"the picture of the caption “{caption[:24]}” is missing; a frame stands in its place and says so."
    name = "NAME" if "#" in where.source else Path(where.source).stem or "NAME"
    hint = f"Put the picture beside the text as {name}.1.jpg; of several, the second caption's is {name}.2.jpg."
    return Diagnostic(Code.PICTURE_NOT_SUPPLIED, message, where, hint)


def _spare(article: Article, figure: Figure) -> Diagnostic:
    message = f"the picture {figure.image} came without a caption."
    return Diagnostic(Code.PICTURE_WITHOUT_CAPTION, message, Place(article.source.name))
