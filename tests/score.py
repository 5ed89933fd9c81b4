"""Score what comes out of pages against what should: characters, slipped runs, fields, captions and crossheads.

    PYTHONPATH=src:tests python tests/score.py [--level N] [--page NAME] [--seed N] [--shared] [--short]

prints the table by level, and every run that did not come back exact, every other difference, and every field that is
wrong. Script, width and white space do not count: which of them an edition shows is the user's choice.
"""

import argparse
import multiprocessing
import re
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import Levenshtein

from corpora import LEVELS, SEED, SHARED, Gold, Page, Piece, clean_pages, damaged_pages, shared_pages
from damage import damaged_again
from newsbook import desk, readers, repairs
from newsbook.model import Article, Block, Copy, Crosshead, Figure, Items, Quotation, Role, Table
from plain import bare, joined
from slips import Slip, Verdict, alike, differences, slips_of

# What gold calls a field or a kind of block, and what the figures do.
FIELDS = {
    "title": "headline", "published": "published", "source": "outlet",
    "author": "author", "editor": "editor", "correspondent": "correspondent",
}  # fmt: skip
_FOLDED = frozenset("，：；！？（）")
KINDS = {"subhead": "crossheads", "caption": "captions"}

# What the project asks of its figures at the levels of damage, in per cent; the table marks what is below.
_CHARACTERS = {1: 99.99, 2: 99.99, 3: 99.99, 4: 99.95}
_TARGETS = {
    "runs_exact": 90, "runs_not_wrong": 98, "untouched": 100, "comes_back": 100, "crossheads": 90, "captions": 90,
    **dict.fromkeys(("headline", "published", "outlet", "author", "editor"), 98),
}  # fmt: skip

_NAMES = re.compile("[、，,;；/|]")


class Match(Struct, frozen=True):
    """How many blocks of a kind there should be, are, and are right."""

    wanted: int
    got: int
    right: int


class Score(Struct, frozen=True):
    """How a page came out: `off` of its `characters` are wrong; `fields` are right or not, where gold knows them.

    `again` tells of each line with a repair and no doubt whether damaging it again gives the raw line, `marks` of each
    mark that mirrors fold, in lines that are right, whether it is as wide as it was.
    """

    page: str
    level: int
    characters: int
    off: int
    fields: dict[str, bool]
    blocks: dict[str, Match]
    remarks: tuple[str, ...]
    changed: int = 0
    slips: tuple[Slip, ...] = ()
    again: tuple[bool, ...] = ()
    marks: tuple[bool, ...] = ()


def scored(page: Page) -> Score:
    """Send a page along the public path, reader, repair and desk, and score what comes out."""
    copy = readers.read("page.txt", page.raw, (), "", _ignored)
    assert isinstance(copy, Copy)
    mended = repairs.repair(copy, _ignored)
    score = measured(desk.edit(mended, _ignored), page)
    return replace(
        score,
        changed=sum(old.text != new.text for old, new in zip(copy.lines, mended.lines, strict=True)),
        slips=tuple(chain.from_iterable(_slips(page, copy, mended))),
        again=tuple(_again(page, copy, mended)),
        marks=tuple(_marks(page, mended)),
        remarks=(*_strays(page, mended), *score.remarks),
    )


def measured(article: Article, page: Page) -> Score:
    """Score what has become of a page by the article alone, whichever way it took."""
    gold, got = page.gold, _shape(article, page.name)
    want, have = (bare(alike("".join(piece.text for piece in side.body))) for side in (gold, got))
    untold = tuple(bare(alike(piece.text)) for piece in gold.body if not piece.told)
    fields = {name: _is_right(name, gold, got) for name in FIELDS if getattr(gold, name) is not None}
    return Score(
        page=page.name,
        level=page.level,
        characters=len(want),
        off=min(len(want), Levenshtein.distance(want, have)),
        fields=fields,
        blocks={kind: _matched(_texts(gold, kind), _texts(got, kind, untold)) for kind in KINDS},
        remarks=(*_wrong_fields(fields, gold, got), *_wrong_blocks(gold, got)),
    )


def _ignored(_finding: object) -> None:
    pass


def _slips(page: Page, copy: Copy, mended: Copy) -> Iterator[Iterator[Slip]]:
    for number, clean in page.lines:
        yield slips_of(copy.lines[number - 1].text, clean, mended.lines[number - 1])


def _again(page: Page, copy: Copy, mended: Copy) -> Iterator[bool]:
    if page.harm is None:
        return
    for (number, _), cuts in zip(page.lines, page.cuts, strict=True):
        raw, line = copy.lines[number - 1], mended.lines[number - 1]
        if line.text != raw.text and not line.doubts:
            yield damaged_again(line.text, page.harm, cuts) == raw.text


def _marks(page: Page, mended: Copy) -> Iterator[bool]:
    for number, clean in page.lines:
        want, got = clean.strip(), mended.lines[number - 1].text.strip()
        if alike(want) == alike(got):
            yield from (old == new for old, new in zip(want, got, strict=True) if {old, new} & _FOLDED)


def _strays(page: Page, mended: Copy) -> Iterator[str]:
    for number, clean in page.lines:
        for want, got in differences(clean, mended.lines[number - 1]):
            yield f"line {number}: {got!r} for {want!r}"


def _wrong_fields(fields: dict[str, bool], gold: Gold, got: Gold) -> Iterator[str]:
    for name, is_right in fields.items():
        if not is_right:
            yield f"{name}: {getattr(got, name)!r} for {getattr(gold, name)!r}"


def _wrong_blocks(gold: Gold, got: Gold) -> Iterator[str]:
    for kind in KINDS:
        wanted, found = _texts(gold, kind), _texts(got, kind)
        yield from (f"{kind} missing: {text}" for text in wanted if not _nearest(text, found))
        yield from (f"{kind} too many: {text}" for text in found if not _nearest(text, wanted))


def _shape(article: Article, name: str) -> Gold:
    """Return an article in the form that gold has."""
    people = {role: "、".join(credit.name for credit in article.credits if credit.role is role) for role in Role}
    return Gold(
        id=name,
        title=article.headline,
        published=article.published,
        source=article.source.outlet,
        author=people[Role.AUTHOR],
        editor=people[Role.EDITOR],
        correspondent=people[Role.CORRESPONDENT],
        body=tuple(chain.from_iterable(map(_pieces, article.body))),
    )


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Crosshead():
            yield Piece("subhead", joined(block.text))
        case Figure():
            yield Piece("caption", f"{joined(block.caption)} {block.credit}")
        case Quotation():
            yield from (Piece("paragraph", joined(text)) for text in block.paragraphs)
        case Items():
            yield from (Piece("paragraph", joined(text)) for text in block.items)
        case Table():
            yield from (Piece("paragraph", joined(cell)) for row in block.rows for cell in row)
        case _:
            yield Piece("paragraph", joined(getattr(block, "text", ())))


def _is_right(name: str, gold: Gold, got: Gold) -> bool:
    want, have = getattr(gold, name), getattr(got, name)
    if name == "published":
        return _digits(have).startswith(_digits(want)) if want else not have
    want, have = bare(alike(want)), bare(alike(have))
    if name == "title":
        return bool(have) and Levenshtein.normalized_similarity(want, have) >= 0.97
    return set(_NAMES.split(want)) == set(_NAMES.split(have))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def _texts(side: Gold, kind: str, untold: tuple[str, ...] = ()) -> list[str]:
    texts = (bare(alike(piece.text)) for piece in side.body if piece.type == kind and piece.told)
    return [text for text in texts if text not in untold]


def _matched(wanted: list[str], got: list[str]) -> Match:
    left = list(got)
    for text in wanted:
        hit = _nearest(text, left)
        if hit:
            left.remove(hit)
    return Match(len(wanted), len(got), len(got) - len(left))


def _nearest(text: str, others: list[str]) -> str:
    return next((other for other in others if Levenshtein.normalized_similarity(text, other) >= 0.9), "")


def workers() -> Executor:
    """Return two processes to score pages in: each loads the model once."""
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


def scores_of(pages: Iterable[Page], pool: Executor) -> tuple[Score, ...]:
    """Score pages in `pool`."""
    return tuple(pool.map(scored, pages, chunksize=2))


def figures_of(scores: Iterable[Score]) -> dict[str, float]:
    """Sum up scores of one level, in per cent: more is better in all of them.

    `runs_exact` counts slipped runs that are right to the character, `runs_not_wrong` those and the doubtful ones;
    `marks` the full-width marks that are full-width again, and only those;
    `comes_back` the lines that were repaired without doubt and give the raw line again when they are damaged again;
    `crossheads` and `captions` are F1. A level without a single run has none wrong.
    """
    scores = tuple(scores)
    slips = [slip.verdict for score in scores for slip in score.slips]
    figures = {"characters": _percent(1 - sum(s.off for s in scores) / sum(s.characters for s in scores))}
    if any(score.level for score in scores):
        figures["runs_exact"] = _percent(slips.count(Verdict.EXACT) / len(slips) if slips else 1.0)
        figures["runs_not_wrong"] = _percent(1 - slips.count(Verdict.WRONG) / max(1, len(slips)))
    else:
        figures["untouched"] = _percent(sum(not score.changed for score in scores) / len(scores))
    again = [came for score in scores for came in score.again]
    figures |= {"comes_back": _percent(sum(again) / len(again))} if again else {}
    marks = [is_wide for score in scores for is_wide in score.marks]
    figures |= {"marks": _percent(sum(marks) / len(marks))} if marks else {}
    for field, name in FIELDS.items():
        known = [score.fields[field] for score in scores if field in score.fields]
        figures |= {name: _percent(sum(known) / len(known))} if known else {}
    return figures | {name: _f1([score.blocks[kind] for score in scores]) for kind, name in KINDS.items()}


def _percent(share: float) -> float:
    return round(100 * share, 3)


def _f1(matches: list[Match]) -> float:
    """Return the F1 of blocks of one kind in per cent; a hundred where there should be none and is none."""
    every = sum(match.wanted + match.got for match in matches)
    return _percent(2 * sum(match.right for match in matches) / every if every else 1.0)


def main() -> None:
    """Print the table, and what is not as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--level", type=int, choices=(0, *LEVELS), action="append", help="only this level; 0 is clean")
    parser.add_argument("--page", default="", help="only pages whose name holds this")
    parser.add_argument("--seed", type=int, default=SEED, help="another throw of the dice for our own pages")
    parser.add_argument("--shared", action="store_true", help=f"the pages of {SHARED} instead of our own")
    parser.add_argument("--short", action="store_true", help="the table alone")
    options = parser.parse_args()
    with workers() as pool:
        for level in options.level or (0, *LEVELS):
            own = damaged_pages(level, options.seed) if level else clean_pages()
            pages = shared_pages(level) if options.shared else own
            scores = scores_of((page for page in pages if options.page in page.name), pool)
            _print(level, scores, is_short=options.short)


def _print(level: int, scores: tuple[Score, ...], *, is_short: bool) -> None:
    runs = sum(len(score.slips) for score in scores)
    if not scores:
        return
    print(f"== level {level}: {len(scores)} pages, {runs} slipped runs")
    targets = _TARGETS | {"characters": _CHARACTERS.get(level, 0)}
    for name, value in figures_of(scores).items():
        print(f"   {name:15}{value:8.3f}" + (f"   below {targets[name]}" if value < targets.get(name, 0) else ""))
    for score in () if is_short else scores:
        for slip in score.slips:
            if slip.verdict is not Verdict.EXACT:
                shown = f"{slip.left}[{slip.got!r} for {slip.wanted!r}]{slip.right}"
                print(f"   {slip.verdict:8} {score.page}:{slip.line} {shown}")
        for remark in score.remarks:
            print(f"   remark   {score.page} {remark}")


if __name__ == "__main__":
    main()
