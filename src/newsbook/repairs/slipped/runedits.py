"""Turn what was read in a slipped run into edits: one that is sure is put back, and one in doubt stays as it is shown.

A doubtful run is in doubt as a whole, however few of its bytes were lost: a reader cannot tell which of ten characters
the mark means. Only the stop that it begins with may be sure on its own. And a character of ASCII that a decoder took
along behind a run, and nobody can know, is a doubt of its own.
"""

from collections.abc import Iterator

from newsbook.repairs.edits import Edit
from newsbook.repairs.slipped.runs import KIND, SlippedRun

_NO_IDEA, _OF_STOP = 0.5, 0.95

# A stop at the head of a run that is so far ahead, in nats, is put back whatever is behind it.
_STOPS, _SURE_STOP = frozenset("。！？"), 9.0


def edits_of(run: SlippedRun) -> Iterator[Edit]:
    """Yield the edits that put a run back, from left to right."""
    text = "".join(choice.text for choice in run.choices)
    last = run.choices[-1]
    if run.doubtful:
        start = _behind_sure_stop(run)
        if start > run.start:
            yield Edit(run.start, start, text[0], KIND, _OF_STOP)
        yield Edit(start, run.end, text if start == run.start else text[1:], KIND, _NO_IDEA, doubtful=True)
    elif last.text:
        yield Edit(run.start, run.end, text, KIND, run.confidence)
    else:
        yield Edit(run.start, last.at, text, KIND, run.confidence)
        yield Edit(last.at, run.end, "", KIND, _NO_IDEA, doubtful=True)


def _behind_sure_stop(run: SlippedRun) -> int:
    """Return where a doubtful run is in doubt: behind the stop that it begins with, if that is sure."""
    first, following = run.choices[0], run.choices[1:2]
    is_sure = first.text in _STOPS and first.margin >= _SURE_STOP
    return following[0].at if is_sure and following and first.at < following[0].at < run.end else run.start
