r"""Turn scraped news articles, Chinese, Japanese and Korean, into typeset PDF bulletins and EPUB collections.

>>> import newsbook
>>> newsbook.dump(newsbook.Article(headline="渡口開市"))[:30]
b'{\n  "type": "article",\n  "head'
"""

from newsbook.build import Build, Built, Manner, build
from newsbook.diagnostics import Diagnostic, Exit, NewsbookError, Severity
from newsbook.model import Article, Issue
from newsbook.native import dump, load
from newsbook.project import Project
from newsbook.stories import Manuscript

__all__ = [
    "Article",
    "Build",
    "Built",
    "Diagnostic",
    "Exit",
    "Issue",
    "Manner",
    "Manuscript",
    "NewsbookError",
    "Project",
    "Severity",
    "build",
    "dump",
    "load",
]
