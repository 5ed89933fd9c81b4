"""The gate that every input passes, whichever reader it goes to.

Each file here is one check, in the order of the way:

| file | what passes | what is checked |
|---|---|---|
| `files.py` | a file, before it is opened | that it is one, where a link leads, how large it is |
| `values.py` | JSON, when it is parsed | lone surrogates, numbers of any length, depth |
| `copies.py` | copy, when it is read | how much text there is, and how long a line |
| `texts.py` | a text, wherever it stands | what no edition can hold, marks on a base, direction, readings, links |
| `articles.py` | an article, when it is edited | all its texts, and how long a heading and a paragraph |
| `sizes.py` | stories, before pages are made of them | how much can be set |
| `caps.py` | | how much of each is let in: the settings of `[gate]` |

What the gate changes is a finding and loses no text but what the finding counts; what it refuses is a `LimitError` or
an `InputError`, which is the failure of one article among others. Pictures are checked where they are decoded, in
`newsbook.pictures`, by the caps of this folder.
"""

from newsbook.gate.articles import admit_article
from newsbook.gate.caps import Caps
from newsbook.gate.copies import admit_copy, demand_few_elements
from newsbook.gate.files import demand_size, is_held_open, is_inside, kind_of, refuse_no_file
from newsbook.gate.sizes import admit_stories, demand_settable, short
from newsbook.gate.values import parse_json

__all__ = [
    "Caps",
    "admit_article",
    "admit_copy",
    "admit_stories",
    "demand_few_elements",
    "demand_settable",
    "demand_size",
    "is_held_open",
    "is_inside",
    "kind_of",
    "parse_json",
    "refuse_no_file",
    "short",
]
