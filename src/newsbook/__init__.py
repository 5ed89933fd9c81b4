r"""Turn scraped news articles, Chinese, Japanese and Korean, into typeset PDF bulletins and EPUB collections.

`build` does what the command does. What it takes to say what is to be made, and to make articles out of one's own
data, is here too; docs/python.md shows how.

>>> import newsbook
>>> newsbook.dump(newsbook.Article(headline="渡口開市"))[:30]
b'{\n  "type": "article",\n  "head'
"""

from importlib import import_module

TYPE_CHECKING = False  # As of typing, which takes its time to load.

if TYPE_CHECKING:
    from newsbook.building import Built, Manner, build
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
    from newsbook.manuscripts import Manuscript, checked
    from newsbook.model import (
        Article,
        Aside,
        Block,
        Break,
        CellSpan,
        Credit,
        Crosshead,
        Definitions,
        Figure,
        Footnote,
        Issue,
        Items,
        Mark,
        Nesting,
        Paragraph,
        Preformatted,
        PullQuote,
        Quotation,
        Rank,
        Role,
        Source,
        Span,
        Table,
        Text,
        Verse,
    )
    from newsbook.native import dump, load
    from newsbook.project import (
        Amendment,
        Caps,
        Conversion,
        Credits,
        Design,
        DesignFaces,
        Facts,
        Fetching,
        Output,
        Processing,
        Project,
        Reading,
        Release,
        Section,
    )

# Where each name is. A module is loaded when a name of it is asked for, so that who wants the help need not wait.
_MODULES: dict[str, tuple[str, ...]] = {
    "newsbook.building": ("Built", "Manner", "build"),
    "newsbook.diagnostics": (
        "Code", "DependencyError", "Diagnostic", "Exit", "InputError", "LimitError", "NewsbookError",
        "OutputError", "Place", "Severity", "UsageError", "ValidationError",
    ),
    "newsbook.jobs": ("Limits",),
    "newsbook.manuscripts": ("Manuscript", "checked"),
    "newsbook.model": (
        "Article", "Aside", "Block", "Break", "CellSpan", "Credit", "Crosshead", "Definitions", "Figure", "Footnote",
        "Issue", "Items", "Mark", "Nesting", "Paragraph", "Preformatted", "PullQuote", "Quotation", "Rank", "Role",
        "Source", "Span", "Table", "Text", "Verse",
    ),
    "newsbook.native": ("dump", "load"),
    "newsbook.project": (
        "Amendment", "Caps", "Conversion", "Credits", "Design", "DesignFaces", "Facts", "Fetching", "Output",
        "Processing", "Project", "Reading", "Release", "Section",
    ),
}  # fmt: skip
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Amendment",
    "Article",
    "Aside",
    "Block",
    "Break",
    "Built",
    "Caps",
    "CellSpan",
    "Code",
    "Conversion",
    "Credit",
    "Credits",
    "Crosshead",
    "Definitions",
    "DependencyError",
    "Design",
    "DesignFaces",
    "Diagnostic",
    "Exit",
    "Facts",
    "Fetching",
    "Figure",
    "Footnote",
    "InputError",
    "Issue",
    "Items",
    "LimitError",
    "Limits",
    "Manner",
    "Manuscript",
    "Mark",
    "Nesting",
    "NewsbookError",
    "Output",
    "OutputError",
    "Paragraph",
    "Place",
    "Preformatted",
    "Processing",
    "Project",
    "PullQuote",
    "Quotation",
    "Rank",
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
    "Verse",
    "build",
    "checked",
    "dump",
    "load",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
