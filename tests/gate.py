"""Score newsbook on saved pages against gold that holds no text: hashes and lengths of what a person read in them.

    PYTHONPATH=src:tests python tests/gate.py FOLDER [--page NAME] [--short] [--worst]

A gate folder has the pages, `NAME.html`, and `gold.json`, what is right of each. Beside them may stand `NAME.json`,
the same as text: `--worst` needs it to say what is missing, and `--digest` makes `gold.json` of it. Of a text only its
letters and digits count, so that width, marks and white space do not; of a list of accepted texts any is right.

tests/saved has the gold of two hundred pages, those to work on (`dev`) and those set apart for a last look (`apart`),
and in sources.json the public repository and path that each page is from: laid out again, they make a gate folder.
"""

import argparse
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from newsbook import desk, readers, repairs
from newsbook.diagnostics import Code, Diagnostic, NewsbookError, Place, Severity
from newsbook.model import Article, Block, Copy, Crosshead, Figure, Items, PullQuote, Quotation, Role, Table, Text

# A text by its letters and digits: their number, and the hash of them.
Digest = tuple[int, str]

RESPECTS = ("headline", "date", "outlet", "author", "editor", "first", "last", "captions", "crossheads", "clean")
_ANYONE = "*"
_NAMES = re.compile("[、，,;；/／|｜]")
_ALTERED = 0.2
_LOST = 0.05
_LONG = 24


class GoldLine(Struct, frozen=True, omit_defaults=True):
    """A line of the body: the texts that it may have, whether it may be missing, whether it is a crosshead."""

    texts: tuple[str, ...]
    optional: bool = False
    crosshead: bool = False
    perhaps: bool = False


class GoldPage(Struct, frozen=True, omit_defaults=True):
    """What a person read in a page. `None` is what nobody can know of it; `partial` says why a page has no whole story.

    Each name is a list of the forms that it may have; optional people may be named, all others must be.
    """

    region: str
    headline: tuple[str, ...]
    published: tuple[str, ...] | None
    outlet: tuple[str, ...] | None
    body: tuple[GoldLine, ...]
    partial: str = ""
    authors: tuple[tuple[str, ...], ...] = ()
    authors_optional: tuple[str, ...] = ()
    editors: tuple[tuple[str, ...], ...] = ()
    editors_optional: tuple[str, ...] = ()
    captions: tuple[GoldLine, ...] = ()


class Mark(Struct, frozen=True, omit_defaults=True):
    """A line of the body, or a caption, as digests; the longest form stands first."""

    texts: tuple[Digest, ...]
    optional: bool = False
    crosshead: bool = False
    perhaps: bool = False


class Digested(Struct, frozen=True, omit_defaults=True):
    """A page of gold without its text. `joins` are crossheads that stand on several lines, with their indices."""

    region: str
    headline: tuple[Digest, ...]
    published: tuple[str, ...] | None
    outlet: tuple[Digest, ...] | None
    body: tuple[Mark, ...]
    partial: str = ""
    authors: tuple[tuple[Digest, ...], ...] = ()
    authors_optional: tuple[Digest, ...] = ()
    anyone: bool = False
    editors: tuple[tuple[Digest, ...], ...] = ()
    editors_optional: tuple[Digest, ...] = ()
    captions: tuple[Mark, ...] = ()
    joins: tuple[tuple[Digest, tuple[int, ...]], ...] = ()


def key(text: str) -> str:
    """Return the letters and digits of a text, in one width and case."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def plain(text: Text) -> str:
    """Return a text's words without their readings."""
    return "".join(span.text for span in text)


def digest(text: str) -> Digest:
    """Return what is kept of a text."""
    bare = key(text)
    return len(bare), hashlib.sha256(bare.encode()).hexdigest()[:32]


def digested(gold: GoldPage) -> Digested:
    """Return gold without its text."""
    return Digested(
        region=gold.region,
        headline=tuple(map(digest, gold.headline)),
        published=gold.published,
        outlet=None if gold.outlet is None else tuple(map(digest, gold.outlet)),
        body=tuple(map(_mark, gold.body)),
        partial=gold.partial,
        authors=tuple(tuple(map(digest, forms)) for forms in gold.authors),
        authors_optional=tuple(digest(name) for name in gold.authors_optional if name != _ANYONE),
        anyone=_ANYONE in gold.authors_optional,
        editors=tuple(tuple(map(digest, forms)) for forms in gold.editors),
        editors_optional=tuple(map(digest, gold.editors_optional)),
        captions=tuple(map(_mark, gold.captions)),
        joins=tuple(_joins(gold.body)),
    )


def _mark(line: GoldLine) -> Mark:
    forms = sorted({digest(text) for text in line.texts}, reverse=True)
    return Mark(tuple(form for form in forms if form[0]), line.optional, line.crosshead, line.perhaps)


def _joins(body: Sequence[GoldLine]) -> Iterator[tuple[Digest, tuple[int, ...]]]:
    """Yield the runs of two and three lines that may be one crosshead."""
    for size in (2, 3):
        for first in range(len(body) - size + 1):
            run = body[first : first + size]
            if all(line.crosshead or line.perhaps for line in run):
                yield digest("".join(line.texts[0] for line in run)), tuple(range(first, first + size))


class Result(Struct, frozen=True):
    """How a page came out: whether it is right in each respect that gold knows, and what was said of it."""

    page: str
    region: str
    partial: str
    right: dict[str, bool]
    captions: tuple[int, int, int]
    crossheads: tuple[int, int, int]
    lost: float
    warnings: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Tell whether the story is wrong: its first or last paragraph, or words missing."""
        return not (self.right["first"] and self.right["last"]) or self.lost > _LOST

    @property
    def is_silent(self) -> bool:
        """Tell whether the story is wrong and no warning says so."""
        return self.is_wrong and not self.warnings

    @property
    def is_untold(self) -> bool:
        """Tell whether the page has no whole story and no warning says so."""
        return bool(self.partial) and not self.warnings


def read(name: str, raw: bytes) -> tuple[Article | None, tuple[Diagnostic, ...]]:
    """Send a page along the public path; no article where newsbook says that it is none."""
    found: list[Diagnostic] = []
    received = readers.Received(name, lambda: BytesIO(raw), (), "", found.append)
    try:
        for taken in readers.take(received):
            if isinstance(taken.document, Copy):
                return desk.edit(repairs.repair(taken.document, found.append), found.append), tuple(found)
    except NewsbookError as error:
        found.append(Diagnostic(Code.ARTICLE_UNUSABLE, str(error), Place(name), ""))
    return None, tuple(found)


def measured(name: str, gold: Digested, raw: bytes, text: GoldPage | None = None) -> Result:
    """Read a page and hold it against gold; with its text, the remarks say what gold has."""
    article, found = read(f"{name}.html", raw)
    article = article or Article("")
    held = _held(article, gold)
    right = {
        "headline": digest(article.headline) in gold.headline,
        "date": gold.published is None or any(_same_day(day, article.published) for day in gold.published),
        "outlet": gold.outlet is None or digest(article.source.outlet) in gold.outlet,
        "author": _are_named(
            gold.authors,
            gold.authors_optional,
            _people(article, Role.AUTHOR, Role.CORRESPONDENT),
            anyone=gold.anyone,
        ),
        "editor": _are_named(gold.editors, gold.editors_optional, _people(article, Role.EDITOR)),
        "first": held.stream.begins,
        "last": held.stream.ends,
        "captions": held.captions.is_right,
        "crossheads": held.crossheads.is_right,
        "clean": not held.stream.foreign,
    }
    return Result(
        page=name,
        region=gold.region,
        partial=gold.partial,
        right=right,
        captions=held.captions.counts,
        crossheads=held.crossheads.counts,
        lost=held.stream.lost,
        warnings=tuple(sorted({str(each.code) for each in found if each.severity is not Severity.NOTE})),
        remarks=tuple(_remarks(article, right, held, text)),
    )


def _lifted(gold: Digested) -> tuple[tuple[Digest, tuple[int, ...]], ...]:
    """Return the joins with their indices among the crossheads alone."""
    place = {at: number for number, at in enumerate(at for at, m in enumerate(gold.body) if m.crosshead or m.perhaps)}
    return tuple((form, tuple(place[at] for at in covered)) for form, covered in gold.joins)


def _same_day(wanted: str, got: str) -> bool:
    """Tell whether two dates are of the same day, and the same time where both have one."""
    want, have = (re.sub(r"\D", "", text)[:12] for text in (wanted, got))
    shorter = min(len(want), len(have))
    return want[:shorter] == have[:shorter] if shorter >= 8 else not want and not have


def _people(article: Article, *roles: Role) -> list[str]:
    return [credit.name for credit in article.credits if credit.role in roles]


def _are_named(
    wanted: Sequence[Sequence[Digest]], optional: Sequence[Digest], got: Iterable[str], *, anyone: bool = False
) -> bool:
    known = {form for forms in wanted for form in forms} | set(optional)
    names = {digest(part) for name in got for part in ([name] if digest(name) in known else _NAMES.split(name))}
    names -= {digest("")}
    return all(names.intersection(forms) for forms in wanted) and (anyone or names <= known)


def _cutlines(figure: Figure) -> tuple[str, ...]:
    """Return what a figure may be taken to say, the whole last; nothing where it has no words."""
    caption, credit = plain(figure.caption), figure.credit
    forms = (caption, credit + caption, caption + credit) if caption else (credit,)
    return forms if key(forms[-1]) else ()


class _Match(Struct, frozen=True):
    counts: tuple[int, int, int]
    missing: tuple[int, ...]
    extra: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.missing and not self.extra


def _matched(
    wanted: Sequence[Mark], joins: Sequence[tuple[Digest, tuple[int, ...]]], got: Iterable[tuple[str, ...]]
) -> _Match:
    """Pair what was found with what gold has: counts of wanted, found and right; what is optional counts nowhere."""
    left = set(range(len(wanted)))
    extra: list[str] = []
    right = 0
    for forms in filter(None, got):
        digests = {digest(form) for form in forms}
        whole = next((covered for form, covered in joins if form in digests), ())
        hits = whole or next(((at,) for at in sorted(left) if digests.intersection(wanted[at].texts)), ())
        if not hits:
            extra.append(forms[-1])
        right += sum(at in left and not wanted[at].optional and not wanted[at].perhaps for at in hits)
        left.difference_update(hits)
    missing = tuple(at for at in sorted(left) if not wanted[at].optional and not wanted[at].perhaps)
    return _Match((right + len(missing), right + len(extra), right), missing, tuple(extra))


class Stream:
    """The body's letters and digits in a row, with the lines of gold found in it.

    Found are the lines in whatever paragraphs they stand, since a line of a page may be a paragraph or a part of one.
    A line may stand in the kicker or the deck as well; other words may stand there, too.
    """

    def __init__(self, article: Article, gold: Digested) -> None:
        above = key(article.kicker + article.deck)
        self._blocks = [above, *(key(text) for block in article.body for text in _texts(block))]
        self._text = "".join(self._blocks)
        self._starts = [0, *accumulate(map(len, self._blocks))]
        self._hashes: dict[tuple[int, int], str] = {}
        self._covered = bytearray(len(self._text))
        self.spans = self._found(gold.body)
        self._covered[: len(above)] = b"\1" * len(above)
        must = [at for at, mark in enumerate(gold.body) if not mark.optional]
        first, last = (self.spans[must[0]], self.spans[must[-1]]) if must else (None, None)
        bare = not must and all(self._covered)
        self.begins = bare or (first is not None and all(self._covered[: first[0]]))
        self.ends = bare or (last is not None and all(self._covered[last[1] :]))
        self.missing = tuple(at for at in must if self.spans[at] is None)
        self.foreign, self.lost = self._weighed(gold.body)

    def _found(self, body: Sequence[Mark]) -> list[tuple[int, int] | None]:
        """Return where each line stands, the long ones found first: a short one may be words of a long one."""
        spans: list[tuple[int, int] | None] = [None] * len(body)
        for at in sorted(range(len(body)), key=lambda at: (body[at].texts[0][0] < _LONG, at)):
            before = [span[1] for span in spans[:at] if span]
            spans[at] = span = self._find(body[at], before[-1] if before else 0)
            if span:
                self._covered[span[0] : span[1]] = b"\1" * (span[1] - span[0])
        return spans

    def _find(self, mark: Mark, at: int) -> tuple[int, int] | None:
        """Return where a line stands: at `at`, or where a block begins, or anywhere behind, or before."""
        end = len(self._text)
        for size, sign in mark.texts:
            for start in (at, *self._starts, *range(at, end - size + 1), *range(min(at, end - size + 1))):
                if not any(self._covered[start : start + size]) and self._sign(start, size) == sign:
                    return start, start + size
        return None

    def _sign(self, start: int, size: int) -> str:
        if (start, size) not in self._hashes:
            self._hashes[start, size] = hashlib.sha256(self._text[start : start + size].encode()).hexdigest()[:32]
        return self._hashes[start, size]

    def _weighed(self, body: Sequence[Mark]) -> tuple[tuple[str, ...], float]:
        """Return the words that are none of gold's, and the share of gold's that are missing.

        Between two lines that were found, about as many words as are missing are those, altered.
        """
        found = sorted((span, at) for at, span in enumerate(self.spans) if span)
        ends = [((0, 0), -1), *found, ((len(self._text),) * 2, len(body))]
        foreign: list[str] = []
        lost = 0
        for ((_, left), before), ((right, _), after) in pairwise(ends):
            gap = "".join(self._text[at] for at in range(left, right) if not self._covered[at])
            short = sum(body[at].texts[0][0] for at in range(before + 1, after) if at in self.missing)
            if len(gap) > (1 + _ALTERED) * short + 1:
                foreign.append(gap)
            lost += max(0, short - len(gap)) if len(gap) < (1 - _ALTERED) * short else 0
        total = sum(mark.texts[0][0] for mark in body if not mark.optional)
        return tuple(foreign), lost / total if total else 0.0


class _Held(Struct, frozen=True):
    """An article's body held against gold."""

    stream: Stream
    captions: _Match
    crossheads: _Match


def _held(article: Article, gold: Digested) -> _Held:
    cutlines = [_cutlines(block) for block in article.body if isinstance(block, Figure)]
    heads = [(plain(block.text),) for block in article.body if isinstance(block, Crosshead)]
    marks = [mark for mark in gold.body if mark.crosshead or mark.perhaps]
    return _Held(Stream(article, gold), _matched(gold.captions, (), cutlines), _matched(marks, _lifted(gold), heads))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Figure():
            return
        case Quotation():
            yield from map(plain, block.paragraphs)
            yield block.attribution
        case Items():
            yield from map(plain, block.items)
        case Table():
            yield plain(block.caption)
            yield from (plain(cell) for row in block.rows for cell in row)
        case PullQuote() | Crosshead():
            yield plain(block.text)
        case _:
            yield plain(getattr(block, "text", ()))


def _remarks(article: Article, right: dict[str, bool], held: _Held, text: GoldPage | None) -> Iterator[str]:
    """Yield what is not right, with gold's text where there is some."""
    got = {
        "headline": article.headline,
        "date": article.published,
        "outlet": article.source.outlet,
        "author": "、".join(_people(article, Role.AUTHOR, Role.CORRESPONDENT)),
        "editor": "、".join(_people(article, Role.EDITOR)),
    }
    stated = {"date": "published", "author": "authors", "editor": "editors"}
    for respect, value in got.items():
        if not right[respect]:
            yield f"{respect}: {value!r} for {getattr(text, stated.get(respect, respect), '?')!r}"
    yield from (f"{name} paragraph is wrong" for name in ("first", "last") if not right[name])
    body = text.body if text else ()
    heads = [line for line in body if line.crosshead or line.perhaps]
    yield from (f"missing: {_worded(body, at)}" for at in held.stream.missing)
    yield from (f"foreign: {_cut(words)}" for words in held.stream.foreign)
    for kind, match, lines in (
        ("caption", held.captions, text.captions if text else ()),
        ("crosshead", held.crossheads, heads),
    ):
        yield from (f"{kind} missing: {_worded(lines, at)}" for at in match.missing)
        yield from (f"{kind} too many: {_cut(words)}" for words in match.extra)


def _worded(lines: Sequence[GoldLine], at: int) -> str:
    return _cut(lines[at].texts[0]) if lines else f"number {at}"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]}…{text[-15:]} ({len(text)})"


def figures_of(results: Sequence[Result]) -> dict[str, float]:
    """Sum up, in per cent; captions and crossheads are F1, `silent` counts wrong stories without a warning,
    `untold` pages without a whole story and without one."""
    figures = {name: _percent([result.right[name] for result in results]) for name in RESPECTS}
    figures["captions"] = _f1([result.captions for result in results])
    figures["crossheads"] = _f1([result.crossheads for result in results])
    figures["all"] = _percent([all(result.right.values()) for result in results])
    figures["wrong"] = sum(result.is_wrong for result in results)
    figures["silent"] = sum(result.is_silent for result in results)
    figures["untold"] = sum(result.is_untold for result in results)
    return figures


def _percent(flags: Sequence[bool]) -> float:
    return 100 * sum(flags) / len(flags) if flags else 100.0


def _f1(counts: Iterable[tuple[int, int, int]]) -> float:
    wanted, got, right = (sum(column) for column in zip(*counts, strict=True))
    return 200 * right / (wanted + got) if wanted + got else 100.0


def digest_folder(folder: Path) -> int:
    """Write `gold.json` of the texts beside the pages; return how many there are."""
    pages = {path.stem: digested(gold) for path, gold in _golds(folder)}
    (folder / "gold.json").write_bytes(msgspec.json.format(msgspec.json.encode(pages), indent=1))
    return len(pages)


def _golds(folder: Path) -> Iterator[tuple[Path, GoldPage]]:
    for path in sorted(folder.glob("*.json")):
        if path.with_suffix(".html").exists():
            yield path, msgspec.json.decode(path.read_bytes(), type=GoldPage)


def results_of(folder: Path, wanted: Callable[[str], bool] = bool) -> Iterator[Result]:
    """Score the pages of a folder whose names are `wanted`."""
    pages = msgspec.json.decode((folder / "gold.json").read_bytes(), type=dict[str, Digested])
    texts = {path.stem: gold for path, gold in _golds(folder)}
    for name, gold in pages.items():
        if wanted(name):
            yield measured(name, gold, (folder / f"{name}.html").read_bytes(), texts.get(name))


def main() -> None:
    """Print the table by region, and what is not as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", default="", help="only pages whose name holds this")
    parser.add_argument("--short", action="store_true", help="the table alone")
    parser.add_argument("--worst", action="store_true", help="what is wrong, page by page, the worst first")
    parser.add_argument("--digest", action="store_true", help="make gold.json of the texts beside the pages")
    options = parser.parse_args()
    if options.digest:
        print(digest_folder(options.folder), "pages digested")
        return
    results = list(results_of(options.folder, lambda name: options.page in name))
    _print_table(results)
    if not options.short:
        _print_pages(results, is_full=options.worst)


def _print_table(results: Sequence[Result]) -> None:
    regions = sorted({result.region for result in results})
    names = (*RESPECTS, "all", "wrong", "silent", "untold")
    print(f"{'':8}{'pages':>6}" + "".join(f"{name[:9]:>10}" for name in names))
    for region in (*regions, ""):
        some = [result for result in results if region in ("", result.region)]
        figures = figures_of(some)
        print(f"{region or 'overall':8}{len(some):6}" + "".join(f"{figures[name]:10.1f}" for name in names))


def _print_pages(results: Sequence[Result], *, is_full: bool) -> None:
    for result in sorted(results, key=lambda result: (sum(result.right.values()), result.page)):
        if all(result.right.values()) and not result.is_untold:
            continue
        wrong = " ".join(name for name, is_right in result.right.items() if not is_right)
        told = ",".join(result.warnings) or ("SILENT" if result.is_silent or result.is_untold else "-")
        print(f"{result.page:16} {wrong or '-'}  [{told}]" + (f" partial: {result.partial}" if result.partial else ""))
        for remark in result.remarks if is_full else ():
            print(f"    {remark}")


if __name__ == "__main__":
    main()
