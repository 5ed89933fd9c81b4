"""Pictures of an e-book made smaller: to the pixels that its reader has, or until the file is as small as is asked."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, Diagnostic, LimitError, Report
from newsbook.jobs import Done
from newsbook.model import Edition, Media
from newsbook.store import Store
from newsbook.workplace import Workplace

# Longest sides and qualities of JPEG, each step about two thirds of the bytes of the one before. The first is right for
# what e-readers show; behind the last, pictures could not be told any more.
_STEPS = ((1600, 85), (1280, 80), (1024, 80), (800, 75), (640, 70), (480, 60), (320, 50))
_QUALITY = 85


class Reduced(Struct, frozen=True):
    """A picture that was made smaller: its hash in the store, its bytes, its pixels."""

    sha256: str
    size: int
    width: int
    height: int


class ReducePicture(Struct, frozen=True, tag=True):
    """Make the finished picture that the store holds under `content` smaller: no side above `longest` pixels."""

    name: str
    content: str
    longest: int
    quality: int

    def run(self, store: Store, report: Report) -> Reduced:
        """Return the picture, or the same one where it would gain nothing."""
        from newsbook.pictures import reduced

        del report
        raw = store.read(self.content)
        made = reduced(raw, self.longest, self.quality)
        return Reduced(store.put(made.data), len(made.data), made.width, made.height)


def within_pixels(edition: Edition, longest: int, work: Workplace) -> Edition:
    """Return an edition whose pictures have no side above `longest` pixels; 0 leaves them as they are."""
    large = {media.name for media in edition.media if max(media.width, media.height) > longest > 0}
    return _reduced(edition, large, (longest, _QUALITY), work) if large else edition


def within_bytes(edition: Edition, limit: int, write: Callable[[Edition], tuple[str, int]], work: Workplace) -> str:
    """Return the hash of the book that `write` makes of an edition, with pictures so small that it keeps to `limit`.

    `write` returns the hash and the bytes. What had to be done is a finding. Raises `LimitError` where the book is
    larger even with the smallest pictures.
    """
    digest, size = write(edition)
    for step in _STEPS if size > limit else ():
        made = _reduced(edition, {media.name for media in edition.media}, step, work)
        if size - _saved(edition, made, work.store) > limit and step != _STEPS[-1]:
            continue
        digest, reached = write(made)
        if reached <= limit:
            longest, quality = step
            message = (
                f"the book had {_megabytes(size)} MB, more than {_megabytes(limit)}: its pictures were made smaller, to"
                f" {longest} pixels and a quality of {quality}, and it has {_megabytes(reached)} MB."
            )
            work.report(Diagnostic(Code.PICTURES_REDUCED, message))
            return digest
    if size > limit:
        raise LimitError(
            f"the book has more than {_megabytes(limit)} MB even with the smallest pictures; raise --size-limit, leave"
            " articles out, or make a book of each with --individual."
        )
    return digest


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"


def _saved(edition: Edition, made: Edition, store: Store) -> int:
    """Return how many bytes of pictures one edition has less than another; a picture is in the book as it is."""
    held = {media.sha256 for media in (*edition.media, *made.media)}
    sizes = {digest: len(store.read(digest)) for digest in held}
    before, after = (sum(sizes[media.sha256] for media in each.media) for each in (edition, made))
    return before - after


def _reduced(edition: Edition, names: set[str], step: tuple[int, int], work: Workplace) -> Edition:
    """Return an edition with some of its pictures made smaller, as far as that saves anything."""
    asked = [media for media in edition.media if media.name in names]
    outcomes = dict(zip((media.name for media in asked), work.do(_jobs(asked, step)), strict=True))
    made: list[Media] = []
    for media in edition.media:
        outcome = outcomes.get(media.name)
        is_smaller = isinstance(outcome, Done) and outcome.value.size < len(work.store.read(media.sha256))
        if not isinstance(outcome, Done) or not is_smaller:
            made.append(media)
            continue
        small = outcome.value
        made.append(replace(media, sha256=small.sha256, width=small.width, height=small.height))
    return replace(edition, media=tuple(made))


def _jobs(pictures: list[Media], step: tuple[int, int]) -> Iterator[ReducePicture]:
    longest, quality = step
    yield from (ReducePicture(media.name, media.sha256, longest, quality) for media in pictures)
