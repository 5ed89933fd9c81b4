"""Frames: figures whose picture cannot be shown, with what is said of it."""

import re

from msgspec.structs import replace

from newsbook.model import Article, Figure, Span

_SHORTEST_ALT = 4
_NO_CAPTION = re.compile(
    r"\.\w{3,4}$|^[\w-]*\d{5,}[\w-]*$|^[\x00-\x7f]{0,12}$|点击|點擊|查看|(?:高清)?原[图圖]$"
    r"|^(?:写真|画像|写真・図版|サムネイル|图片|圖片|配图|插图|사진|이미지|기사 ?이미지|image|photo|picture)\W*\d*$",
    re.IGNORECASE,
)


def framed(figure: Figure, article: Article) -> tuple[Figure, ...]:
    """Return a figure of `article` without its picture, or nothing where nothing is said of the picture.

    The alternative text becomes the caption where there is no other.
    """
    bare = replace(figure, image="")
    if not figure.caption and _is_told(figure, article):
        bare = replace(bare, caption=(Span(figure.alt),), alt="")
    return (bare,) if bare.caption or bare.credit else ()


def _is_told(figure: Figure, article: Article) -> bool:
    if not _says_something(figure.alt, article):
        return False
    return sum(isinstance(block, Figure) and block.alt == figure.alt for block in article.body) == 1


def _says_something(alt: str, article: Article) -> bool:
    """Tell whether an alternative text says what a picture shows, and is no title, file name or word for pictures."""
    letters = "".join(filter(str.isalnum, alt))
    titles = ("".join(filter(str.isalnum, title)) for title in (article.headline, article.source.outlet))
    titled = any(title and (letters in title or title in letters) for title in titles)
    return len(letters) >= _SHORTEST_ALT and not titled and not _NO_CAPTION.search(alt)
