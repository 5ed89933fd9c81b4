r"""Turn scraped news articles, Chinese, Japanese and Korean, into typeset PDF bulletins and EPUB collections.

>>> import newsbook
>>> newsbook.dump(newsbook.Article(headline="渡口開市"))[:30]
b'{\n  "type": "article",\n  "head'
"""

from newsbook.diagnostics import Diagnostic, Exit, NewsbookError, Severity
from newsbook.ebooks import Ebook, bind, by_month, make_epub, make_lone, make_volume
from newsbook.files import Input, expand
from newsbook.model import Article, Issue, Media, Source, Volume
from newsbook.native import dump, load
from newsbook.pipeline import Options, gather, make_pdf, make_proof, read
from newsbook.store import Store

__all__ = [
    "Article",
    "Diagnostic",
    "Ebook",
    "Exit",
    "Input",
    "Issue",
    "Media",
    "NewsbookError",
    "Options",
    "Severity",
    "Source",
    "Store",
    "Volume",
    "bind",
    "by_month",
    "dump",
    "expand",
    "gather",
    "load",
    "make_epub",
    "make_lone",
    "make_pdf",
    "make_proof",
    "make_volume",
    "read",
]
