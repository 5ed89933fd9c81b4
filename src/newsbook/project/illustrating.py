"""Pictures of an article as a person has them: put in, exchanged, left out, moved, described."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newsbook.model import Article, Block, EditorialChange, Figure, Span
from newsbook.model.walk import plain, texts
from newsbook.project.quoting import searchable
from newsbook.project.values import PictureAmendment


class Illustrated(Struct, frozen=True):
    """An article with its pictures as a person has them: `files` are those that were put in, by their names in it.

    `faults` are sentences about what could not be followed, each with the number of its picture in what was said.
    """

    article: Article
    files: tuple[tuple[str, str], ...] = ()
    changes: tuple[EditorialChange, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()


class _Slot(Struct):
    """A place of the body: what stands in it, None where it was taken out."""

    block: Block | None


class _Easel:
    """An article whose pictures are being changed."""

    def __init__(self, article: Article) -> None:
        self.slots = [_Slot(block) for block in article.body]
        # Pictures are counted as they were read, whatever is put in or left out meanwhile.
        self.pictures = [slot for slot in self.slots if isinstance(slot.block, Figure)]
        self.names = [_name(slot.block) for slot in self.pictures]
        self.files: dict[str, str] = {}
        self.changes: list[EditorialChange] = []
        self._behind: dict[int, int] = {}

    def follow(self, said: PictureAmendment) -> str:
        """Do what is said of a picture; return why that cannot be, as the end of a sentence."""
        place = 0
        if said.after:
            found = [at for at, slot in enumerate(self.slots) if slot.block and _holds(slot.block, said.after)]
            if len(found) != 1:
                return f"is to stand after words that stand in {len(found) or 'none'} of its paragraphs"
            place = found[0] + 1
        if not said.of:
            self._insert(said, place)
            return ""
        meant = [slot for slot, name in zip(self.pictures, self.names, strict=True) if name == said.of]
        number = int(said.of) if said.of.isascii() and said.of.isdigit() and len(said.of) < 6 else 0  # noqa: PLR2004
        slot = meant[0] if meant else self.pictures[number - 1] if 0 < number <= len(self.pictures) else None
        if slot is None or not isinstance(slot.block, Figure):
            return f"is none of its {len(self.pictures)} pictures"
        self._change(slot, said, self.pictures.index(slot) + 1)
        if said.after and slot.block:
            self.slots.insert(place, _Slot(slot.block))
            slot.block = None
        return ""

    def _insert(self, said: PictureAmendment, place: int) -> None:
        """Put a picture in, behind others that were put in at the same place."""
        before = self._behind.get(id(self.slots[place - 1]) if place else 0, 0)
        self._behind[id(self.slots[place - 1]) if place else 0] = before + 1
        figure = _told(Figure(image=self._named(said.file)), said)
        self.slots.insert(place + before, _Slot(figure))
        self.changes.append(EditorialChange("picture", "", _written(figure)))

    def _change(self, slot: _Slot, said: PictureAmendment, number: int) -> None:
        old = slot.block
        if not isinstance(old, Figure):
            return
        new = None if said.leave_out else _told(old, said)
        if new and said.file:
            new = replace(new, image=self._named(said.file))
        slot.block = new
        if new != old:
            self.changes.append(EditorialChange(f"picture {number}", _written(old), _written(new) if new else ""))

    def _named(self, file: str) -> str:
        """Return the name under which the article has a file: its own, with a number where another is called so."""
        own = Path(file).name
        taken = {*self.names, *(_name(slot.block) for slot in self.slots)} | self.files.keys()
        names = (own, *(f"{number}-{own}" for number in range(2, len(taken) + 3)))
        name = next(name for name in names if self.files.get(name) == file or name not in taken)
        self.files[name] = file
        return name


def illustrated(article: Article, said: tuple[PictureAmendment, ...]) -> Illustrated:
    """Return an article with its pictures as they are said to be."""
    easel = _Easel(article)
    faults = [(number, easel.follow(each)) for number, each in enumerate(said)]
    body = tuple(slot.block for slot in easel.slots if slot.block)
    return Illustrated(
        replace(article, body=body) if easel.changes or body != article.body else article,
        tuple(easel.files.items()),
        tuple(easel.changes),
        tuple((number, fault) for number, fault in faults if fault),
    )


def _told(figure: Figure, said: PictureAmendment) -> Figure:
    caption = figure.caption if said.caption is None else _text(said.caption)
    credit, alt = ((said.credit, figure.credit), (said.alt, figure.alt))
    return replace(figure, caption=caption, credit=_first(*credit), alt=_first(*alt))


def _first(said: str | None, other: str) -> str:
    return other if said is None else said


def _text(words: str) -> tuple[Span, ...]:
    return (Span(words),) if words else ()


def _written(figure: Figure) -> str:
    """Return a figure as the record has it: the name of its picture, caption, credit and alternative text."""
    return " | ".join((_name(figure), plain(figure.caption), figure.credit, figure.alt)).rstrip(" |")


def _name(block: Block | None) -> str:
    """Return the file name of a figure's picture; empty for anything else."""
    return block.image.rpartition("/")[2] if isinstance(block, Figure) else ""


def _holds(block: Block, words: str) -> bool:
    return any(words in searchable(text) for text in texts(block))
