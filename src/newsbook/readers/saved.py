"""Hold the pictures that were saved with a page of markup against those that it names."""

import posixpath
import re
from collections import Counter
from urllib.parse import quote, unquote, urlsplit

from msgspec.structs import replace

from newsbook.model import Copy, Markup
from newsbook.pictures.datauris import is_data
from newsbook.readers.interface import RawPage


def with_pictures(copy: Copy, page: RawPage, text: str) -> Copy:
    """Return the copy of `page`, whose whole text is `text`, with the pictures that came with it.

    What the text names is shown where it is named, or is none of the story's: it comes with the page no second time. A
    picture that is named by URL, and lies in the page's folder under the same file name, is the one that lies there.
    """
    saved = _saved(copy.markup, page.album)
    markup = tuple(replace(told, image=saved.get(told.image, told.image)) for told in copy.markup)
    return replace(
        copy,
        markup=markup,
        pictures=tuple("" if _is_named(name, text) else name for name in page.pictures),
        album=tuple(name for name in page.album if not _is_named(name, text)),
    )


def _saved(markup: tuple[Markup, ...], album: tuple[str, ...]) -> dict[str, str]:
    """Return the files of pictures by the URLs that name them. No file stands for two, and no URL for two files."""
    named = {told.image for told in markup if told.image}
    remote = {image: _file(image) for image in named if _is_elsewhere(image)}
    files = {posixpath.basename(name): name for name in album if name not in named}
    called, asked = Counter(map(posixpath.basename, album)), Counter(remote.values())
    return {image: files[file] for image, file in remote.items() if file in files and called[file] == asked[file] == 1}


def _is_elsewhere(image: str) -> bool:
    return not is_data(image) and (":" in image or image.startswith("/"))


def _file(image: str) -> str:
    try:
        return posixpath.basename(unquote(urlsplit(image.replace("\\", "/")).path))
    except ValueError:
        return ""


def _is_named(name: str, text: str) -> bool:
    file = posixpath.basename(name)
    called = "|".join(map(re.escape, {file, quote(file)}))
    return bool(name) and re.search(rf"(?<![\w.%-])(?:{called})", text) is not None
