"""Content extraction: read the story of a parsed page where it stands, else from the data of the page's scripts."""

import re
from html import escape

from msgspec.structs import replace

from newsbook.model import WITHIN_STORY, Omission, Origin, Part
from newsbook.readers.html.content import MainContent, content_in, find_content
from newsbook.readers.html.density import prose_in
from newsbook.readers.html.extent import extent_of
from newsbook.readers.html.imagesources import bring_out_pictures
from newsbook.readers.html.scriptdata import LEAST, ScriptBody, find_script_body
from newsbook.readers.html.tree import Tree, offset_of
from newsbook.readers.html.unclosed import open_comment
from newsbook.readers.html.walk import SURROUNDINGS, StoryLines, walk
from newsbook.readers.html.wechat import find_message
from newsbook.readers.interface import MarkedLine
from newsbook.readers.text import closed_up

_TAG = re.compile("<[^>]*>")
_HEAD = frozenset({Part.HEADLINE, Part.KICKER, Part.DECK, Part.HEAD})


def read_tree(tree: Tree) -> StoryLines:
    """Return the lines of the story in a page, and what is left out of it."""
    bring_out_pictures(tree.root)
    content = find_content(tree)
    shown = replace(_with_comment(walk(tree, content), tree), extent=extent_of(tree, content))
    message = find_message(tree) if _prose(content) < LEAST else None
    if message is not None:
        return _filled(shown, message, tree)
    scripted = find_script_body(tree) if _prose(content) < LEAST else None
    if scripted is None or prose_in(scripted.html) <= _prose(content):
        return shown
    return _filled(shown, scripted, tree)


def read_fragment(html: str, headline: str = "") -> StoryLines:
    """Return the lines of a body given as HTML, and what is left out of it. All of it is the story's.

    A heading that repeats `headline` is the headline. Places are those in the fragment. Raises `LimitError` where it
    is nested too deep.
    """
    tree = Tree(f"<!DOCTYPE html><title>{escape(headline)}</title><body>{html}")
    bring_out_pictures(tree.root)
    body = tree.root.find("body")
    return walk(tree, content_in(tree, tree.root if body is None else body))


def _with_comment(shown: StoryLines, tree: Tree) -> StoryLines:
    """Put on record what a comment without an end hides: the rest of the page."""
    at = open_comment(tree.text)
    text = closed_up(_TAG.sub(" ", tree.text[at + 4 :])) if at >= 0 else ""
    place = tree.origin(0, max(0, at))
    hidden = (Omission(WITHIN_STORY, place.line, text, place.column),) if text else ()
    return replace(shown, omissions=(*shown.omissions, *hidden))


def _prose(content: MainContent) -> float:
    return content.density.held.get(content.main, 0.0)


def _filled(shown: StoryLines, scripted: ScriptBody, tree: Tree) -> StoryLines:
    """Return the head that a page shows, with the body from its data. The places are those of the script."""
    place = tree.origin(0, max(0, offset_of(scripted.script)))
    body = read_fragment(scripted.html)
    lines = tuple(replace(line, markup=replace(line.markup, origins=(place,), inner=())) for line in body.lines)
    head = tuple(line for line in shown.lines if line.markup.part in _HEAD)
    rest = tuple(_left_out(line, place) for line in shown.lines if line.markup.part not in _HEAD and line.text)
    inside = (replace(omission, line=place.line, column=place.column) for omission in body.omissions)
    return StoryLines((*head, *lines), (*shown.omissions, *rest, *inside), shown.extent)


def _left_out(line: MarkedLine, place: Origin) -> Omission:
    at = next(iter(line.markup.origins), place)
    return Omission(SURROUNDINGS, at.line, line.text, at.column)
