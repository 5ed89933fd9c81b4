r"""Turn scraped news articles, Chinese, Japanese and Korean, into typeset PDF bulletins and EPUB collections.

`build` does what the command does. What it takes to say what is to be made, and to make articles out of one's own
data, is here too; docs/python.md shows how.

>>> import newsbook
>>> newsbook.dump(newsbook.Article(headline="渡口開市"))[:30]
b'{\n  "type": "article",\n  "head'
"""

from newsbook.build import Built, Manner, build
from newsbook.diagnostics import (
    Code,
    DependencyError,
    Diagnostic,
    Exit,
    InputError,
    LimitError,
    NewsbookError,
    OutputError,
    Place,
    Severity,
    UsageError,
    ValidationError,
)
from newsbook.jobs import Limits
from newsbook.model import (
    Article,
    Block,
    Break,
    CellSpan,
    Credit,
    Crosshead,
    Figure,
    Issue,
    Items,
    Mark,
    Paragraph,
    PullQuote,
    Quotation,
    Role,
    Source,
    Span,
    Table,
    Text,
)
from newsbook.native import checked, dump, load
from newsbook.project import (
    Amendment,
    Conversion,
    Credits,
    Facts,
    Fetching,
    Output,
    Project,
    Reading,
    Release,
    Section,
)
from newsbook.stories import Manuscript

__all__ = [
    "Amendment",
    "Article",
    "Block",
    "Break",
    "Built",
    "CellSpan",
    "Code",
    "Conversion",
    "Credit",
    "Credits",
    "Crosshead",
    "DependencyError",
    "Diagnostic",
    "Exit",
    "Facts",
    "Fetching",
    "Figure",
    "InputError",
    "Issue",
    "Items",
    "LimitError",
    "Limits",
    "Manner",
    "Manuscript",
    "Mark",
    "NewsbookError",
    "Output",
    "OutputError",
    "Paragraph",
    "Place",
    "Project",
    "PullQuote",
    "Quotation",
    "Reading",
    "Release",
    "Role",
    "Section",
    "Severity",
    "Source",
    "Span",
    "Table",
    "Text",
    "UsageError",
    "ValidationError",
    "build",
    "checked",
    "dump",
    "load",
]
