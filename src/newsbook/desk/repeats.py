"""Leave out what a page says twice: the headline again above the story, and a paragraph doubled at once."""

from newsbook.desk.draft import Draft, folded, inked, leave_out
from newsbook.desk.script import fold

KIND = "repeat"

# A short line may well come twice, as a refrain or an answer.
_SHORTEST = 20
# A line or two of the site's may stand between the headline and its repetition.
_FIRST = 3


def leave_out_repeats(draft: Draft) -> Draft:
    """Take out a long line that is the same as the one before it, and one of the first that repeats the headline."""
    kinds: dict[int, str] = {}
    headline = before = fold(draft.article.headline)
    for place, line in enumerate(inked(draft.lines)):
        text = folded(line)
        again = (text == before and (place == 0 or len(text) >= _SHORTEST)) or (text == headline and place < _FIRST)
        if text and again:
            kinds[line.number] = KIND
        before = text
    return leave_out(draft, kinds)
