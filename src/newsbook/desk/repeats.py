"""Leave out what a page says twice: the headline again above the story, and a paragraph doubled at once."""

from newsbook.desk.draft import Draft, folded, inked, leave_out

KIND = "repeat"

# A short line may well come twice, as a refrain or an answer.
_SHORTEST = 20


def leave_out_repeats(draft: Draft) -> Draft:
    """Take out a long line that is the same as the one before it, and a first line that repeats the headline."""
    kinds: dict[int, str] = {}
    before = draft.article.headline
    for place, line in enumerate(inked(draft.lines)):
        text = folded(line)
        if text and text == before and (place == 0 or len(text) >= _SHORTEST):
            kinds[line.number] = KIND
        before = text
    return leave_out(draft, kinds)
