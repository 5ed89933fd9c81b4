"""Tell whether a story may be cut out of its page at the wrong place: by its first and last lines, and its length."""

import re
from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from newsbook.desk.draft import Draft, is_text
from newsbook.desk.lines import excerpt
from newsbook.desk.rules import finder
from newsbook.diagnostics import Code, Diagnostic, Place
from newsbook.model import Block, Break, Crosshead, Figure, Paragraph
from newsbook.model.walk import plain
from newsbook.model.walk import texts as each_text
from newsbook.script import fold

# What no sentence begins with, and what it ends in; Korean and Latin sentences end in a Latin full stop.
_MIDDLE = re.compile("[,。、;:!?)\\]”」』》】]")
_ENDED = re.compile("[。.!?…~—:;)\\]”」』】》>\"'°%♪★☆*]$|[了吧呢吗啊的]$")
# Some write without full stops; of others' lines one without is none of theirs.
_MOST = 0.8
_FEWEST = 3
_LITTLE = 30
_SAME = 20
_STOP = re.compile(r"[。!?]|[가-힣]\.")
_LONGEST = 40
_find = partial(finder, "wholeness")


def find_doubtful_edges(draft: Draft) -> Draft:
    """Find a first line that begins within a sentence, and a first or last one that is none as all the others are."""
    name = draft.article.source.name
    found = tuple(Diagnostic(Code.STORY_DOUBTFUL, message, Place(name), _HINT) for message in _doubts(draft))
    return replace(draft, findings=(*draft.findings, *found))


_HINT = "Compare the first and the last lines with the page."


def _doubts(draft: Draft) -> Iterator[str]:
    blocks = [block for block in draft.article.body if not isinstance(block, Figure | Break)]
    texts = [plain(block.text).strip() for block in blocks if isinstance(block, Paragraph)]
    if not texts:
        return
    yield from _outweighed(draft, sum(map(len, map(plain, each_text(draft.article)))))
    if _MIDDLE.match(fold(texts[0])):
        yield f"the story begins within a sentence: “{excerpt(texts[0])}”."
    ended = sum(_is_ended(text) for text in texts)
    # Where nothing is left out, the page begins and ends as its story does.
    if not is_text(draft.copy) and not tuple(_others(draft)):
        return
    if len(texts) < _FEWEST or ended < _MOST * len(texts):
        return
    if _is_alien(blocks[0]) and isinstance(blocks[0], Paragraph):
        yield f"the story's first line is no sentence: “{excerpt(texts[0])}”."
    if _is_alien(blocks[-1]):
        yield f"the story's last line is no sentence: “{excerpt(texts[-1])}”."


def _outweighed(draft: Draft, length: int) -> Iterator[str]:
    """Yield what makes a page's story doubtful as a whole: hardly any text, or a longer one beside it."""
    if is_text(draft.copy):
        return
    if length < _LITTLE and not _is_brief(draft, length):
        yield "hardly any text was found in the page, which may be no story."
    beside = (each.text for each in draft.copy.source.omissions if len(_STOP.findall(fold(each.text))) >= _FEWEST)
    rival = max(beside, key=len, default="")
    first = next(plain(text) for text in each_text(draft.article) if text)[:_SAME]
    if len(rival) > length and "".join(first.split()) not in "".join(rival.split()):
        yield f"the page holds a longer text than the story: “{excerpt(rival)}”."


def _is_brief(draft: Draft, length: int) -> bool:
    """Tell whether a story of hardly any text is a short one: headed, of sentences, and more than the page's others.

    What a page says of itself in the place of a story, as that it is loading, is no story.
    """
    article = draft.article
    said = [fold(plain(text)) for text in each_text(article)]
    beside = sum(len(text) for text in _others(draft) if _STOP.search(fold(text)))
    is_told = all(map(_is_ended, said)) and any(map(_STOP.search, said))
    return bool(article.headline) and is_told and beside < length and not any(map(_find("of_pages"), said))


def _others(draft: Draft) -> Iterator[str]:
    """Yield what the reader and the desk have left out of a page."""
    yield from (each.text for each in (*draft.copy.source.omissions, *draft.article.source.omissions))


def _is_alien(block: Block) -> bool:
    """Tell whether a block is a heading, or a short line without an end."""
    text = plain(block.text).strip() if isinstance(block, Paragraph | Crosshead) else ""
    is_bare = 0 < len(text) <= _LONGEST and not _is_ended(text)
    return isinstance(block, Crosshead) or (is_bare and not _find("closing")(fold(text)))


def _is_ended(text: str) -> bool:
    return bool(_ENDED.search(fold(text)))
