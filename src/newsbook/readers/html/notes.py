"""Find the notes of a story: marks in its text that link to what they say, and the links that lead back.

Pages, feeds, Word files and Markdown all have them so, under many names. https://www.w3.org/TR/dpub-aria-1.1/#doc-noteref
"""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.density import ancestors
from newsbook.readers.html.tree import BLOCKS, attribute, hints, is_block, offset_of, shown_text

# A mark: figures, a letter, signs of notes, circled figures, with 注 before them or in brackets.
_MARK = re.compile(
    r"[\[(（〔【]?\s*(?:[注註]释?釋?)?\s*(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[*＊†‡§※]{1,3}|[①-⑳㉑-㉟]|[一二三四五六七八九十]{1,3})?\s*[\])）〕】]?"
)
_BRACKETED = re.compile(r"[\[(（〔【].*[\])）〕】]")
_REFERENCE = re.compile(
    r"(?:^|[\s_-])(?:note-?ref|fn-?ref|footnotes?(?:-?ref\w*)?|endnotes?(?:-?ref)?|reference|ref|doc-noteref|cite_ref\S*)(?=$|[\s_-])"
)
_NOTES = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|notes?|references|reflist|doc-footnotes?|doc-endnotes?|rearnotes?|fn\d*|zhushi)(?=$|[\s_:-])"
)
_BACK = re.compile(r"(?:^|[\s_-])(?:back-?(?:link|ref)|doc-backlink|\S*cite-backlink|reversefootnote)(?=$|[\s_-])")
_LONGEST_MARK = 8
_NO_NOTE = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "figure", "table", "body", "html", "article", "main", "section"}
)


class Notes(Struct, frozen=True):
    """The notes of a page: elements with their names; links that are marks, with the names of their notes; links back.

    `marks` are what the first link to each note says. `around` are the elements that notes stand in.
    """

    notes: dict[etree._Element, str]
    references: dict[etree._Element, str]
    marks: dict[str, str]
    back: frozenset[etree._Element]
    around: frozenset[etree._Element]


def notes_in(root: etree._Element, main: etree._Element) -> Notes:
    """Return the notes that links in the story lead to."""
    targets = _targets(root)
    references: dict[etree._Element, etree._Element] = {}
    for link in main.iter("a"):
        target = _note_of(link, targets) if targets else None
        if target is not None and _is_reference(link, target):
            references[link] = target
    told = set(references.values())
    order = [element for element in root.iter(etree.Element) if element in told]
    names = {note: str(number) for number, note in enumerate(order, 1)}
    marks: dict[str, str] = {}
    for link, note in references.items():
        marks.setdefault(names[note], shown_text(link))
    back = frozenset(link for note in order for link in _back_links(note, references, targets))
    around = frozenset(each for note in order for each in note.iterancestors())
    return Notes(names, {link: names[note] for link, note in references.items()}, marks, back, around)


def _targets(root: etree._Element) -> dict[str, etree._Element]:
    """Return the elements that links may lead to, by their names."""
    found: dict[str, etree._Element] = {}
    for element in root.iter(etree.Element):
        for name in {attribute(element, "id"), attribute(element, "name") if element.tag == "a" else ""} - {""}:
            found.setdefault(name, element)
    return found


def _target_of(link: etree._Element, targets: dict[str, etree._Element]) -> etree._Element | None:
    return targets.get(attribute(link, "href").partition("#")[2])


def _note_of(link: etree._Element, targets: dict[str, etree._Element]) -> etree._Element | None:
    """Return the block of the note that a link leads to, None where it is no mark of a note, which stand behind it."""
    text = shown_text(link)
    if not text or len(text) > _LONGEST_MARK or not _MARK.fullmatch(text):
        return None
    target = _target_of(link, targets)
    block = None if target is None else next((each for each in ancestors(target) if is_block(each)), None)
    if block is None or block.tag in _NO_NOTE or offset_of(block) < offset_of(link):
        return None
    return block


def _is_reference(link: etree._Element, note: etree._Element) -> bool:
    """Tell whether a link is a mark: raised, in brackets, or called so, or what it leads to is called a note."""
    around = [each for each, _ in zip(ancestors(link), range(3), strict=False) if each.tag not in BLOCKS]
    if any(_BACK.search(_called(each)) for each in around):
        return False
    raised = any(each.tag == "sup" or "super" in each.get("style", "") for each in (*around, *link.iter("sup")))
    called = any(_REFERENCE.search(_called(each)) for each in around)
    within = any(_NOTES.search(_called(each)) for each, _ in zip(ancestors(note), range(4), strict=False))
    return raised or called or within or bool(_BRACKETED.fullmatch(shown_text(link)))


def _called(element: etree._Element) -> str:
    """Return what an element is called: class, id, role, and its type in EPUB."""
    return f"{hints(element)} {attribute(element, 'role')} {attribute(element, 'epub:type')}".lower()


def _back_links(
    note: etree._Element, references: dict[etree._Element, etree._Element], targets: dict[str, etree._Element]
) -> Iterator[etree._Element]:
    """Yield what leads from a note back to its marks: links, and elements that hold nothing else."""
    for element in note.iter(etree.Element):
        if element is not note and _BACK.search(_called(element)):
            yield element
        elif element.tag == "a" and (target := _target_of(element, targets)) is not None:
            marks = (link for link, led in references.items() if led is note)
            if any(
                target is link or target in link.iterancestors() or link in target.iterancestors() for link in marks
            ):
                yield element
