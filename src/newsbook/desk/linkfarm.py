"""Leave out link farms: rows of unrelated names between bars, which a mirror site hangs under a story."""

import re

from newsbook.desk.draft import Draft, folded, inked, leave_out

KIND = "link-farm"

_BAR = re.compile(r"\s*[|丨│┃]\s*")
_SENTENCE = re.compile(r"[。!?;:…]")
_PLACE = re.compile(r"\S{1,7}[市县区旗州盟镇乡省]")
_FEWEST_NAMES = 8
_FEWEST_PLACES = 10
_LONGEST_NAME = 10


def leave_out_link_farm(draft: Draft) -> Draft:
    """Take out every line that is a link farm by itself."""
    return leave_out(draft, {line.number: KIND for line in inked(draft.lines) if is_link_farm(folded(line))})


def is_link_farm(plain: str) -> bool:
    """Tell whether a folded line is a row of short names between bars, or a row of names of places."""
    if _SENTENCE.search(plain):
        return False
    names = [name for name in _BAR.split(plain) if name]
    if len(names) >= _FEWEST_NAMES:
        return all(len(name) <= _LONGEST_NAME for name in names)
    places = plain.split()
    return len(places) >= _FEWEST_PLACES and all(_PLACE.fullmatch(place) for place in places)
