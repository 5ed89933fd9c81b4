"""Read a parsed page: its story where it stands, else the one in the data of its scripts."""

from html import escape

from msgspec.structs import replace

from newsbook.model import Omission, Origin, Part
from newsbook.readers.html.content import Story, find_story, story_in
from newsbook.readers.html.density import prose_in
from newsbook.readers.html.imagesources import bring_out_pictures
from newsbook.readers.html.scriptdata import LEAST, Hydrated, find_hydrated
from newsbook.readers.html.tree import Tree, offset_of
from newsbook.readers.html.walk import SURROUNDINGS, Reading, walk
from newsbook.readers.interface import Told

_HEAD = frozenset({Part.HEADLINE, Part.KICKER, Part.DECK, Part.HEAD})


def read_tree(tree: Tree) -> Reading:
    """Return the lines of the story in a page, and what is left out of it."""
    bring_out_pictures(tree.root)
    story = find_story(tree)
    reading = walk(tree, story)
    hydrated = find_hydrated(tree) if _prose(story) < LEAST else None
    if hydrated is None or prose_in(hydrated.html) <= _prose(story):
        return reading
    return _filled(reading, hydrated, tree)


def read_fragment(html: str, headline: str = "") -> Reading:
    """Return the lines of a body given as HTML, all of it the story's, and what is left out of it.

    A heading in it that repeats the `headline` is that. Places are those in the fragment. Raises `LimitError` where it
    is nested too deep.
    """
    tree = Tree(f"<!DOCTYPE html><title>{escape(headline)}</title><body>{html}")
    bring_out_pictures(tree.root)
    body = tree.root.find("body")
    return walk(tree, story_in(tree, tree.root if body is None else body))


def _prose(story: Story) -> float:
    return story.weights.held.get(story.main, 0.0)


def _filled(reading: Reading, hydrated: Hydrated, tree: Tree) -> Reading:
    """Return what a page shows above its body, with the body from its data; the places are the script's."""
    place = tree.origin(0, max(0, offset_of(hydrated.script)))
    body = read_fragment(hydrated.html)
    lines = tuple(replace(line, markup=replace(line.markup, origins=(place,))) for line in body.lines)
    head = tuple(line for line in reading.lines if line.markup.part in _HEAD)
    rest = tuple(_left_out(line, place) for line in reading.lines if line.markup.part not in _HEAD and line.text)
    inside = (replace(omission, line=place.line, column=place.column) for omission in body.omissions)
    return Reading((*head, *lines), (*reading.omissions, *rest, *inside))


def _left_out(line: Told, place: Origin) -> Omission:
    at = next(iter(line.markup.origins), place)
    return Omission(SURROUNDINGS, at.line, line.text, at.column)
