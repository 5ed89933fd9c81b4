"""Tell what a run did to each article, from the record that `--report` left: `tell_record.py FILE`."""

import sys
from collections import Counter
from pathlib import Path

import msgspec

from newsbook.record import ArticleRecord, Record

# As many before-and-after pairs as fit a terminal without scrolling the rest away.
MOST_SHOWN = 5


def tell(record: Record) -> str:
    """Return a paragraph for each article, and the total."""
    repairs = sum(len(story.repairs) for story in record.articles)
    total = f"{repairs} repairs in {len(record.articles)} articles"
    return "\n".join([*map(_tell_story, record.articles), total])


def _tell_story(story: ArticleRecord) -> str:
    head = f"{story.source}: {story.headline} ({story.language}, {story.encoding or 'JSON'})"
    counts = Counter(repair.kind for repair in story.repairs)
    kinds = ", ".join(f"{number} × {kind}" for kind, number in counts.most_common())
    first_of_kind = {repair.kind: repair for repair in reversed(story.repairs)}
    longest = sorted(story.repairs, key=lambda repair: -len(repair.before))
    shown = {repair.before: repair for repair in reversed([*first_of_kind.values(), *longest])}
    pairs = [
        f"    line {repair.line}: {repair.before} → {repair.after or '(taken out)'}"
        for repair in list(reversed(shown.values()))[:MOST_SHOWN]
    ]
    left_out = f"  {len(story.omissions)} lines left out that are no part of the story"
    return "\n".join([head, f"  {len(story.repairs)} repairs{': ' if kinds else ''}{kinds}", *pairs, left_out])


if __name__ == "__main__":
    print(tell(msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Record)))
