"""Comparison: what changed between two issues, or a page and its new scrape, article by article and word by word."""

from newsbook.comparison.articles import Difference
from newsbook.comparison.issues import ArticleDifference, Comparison, compare, told
from newsbook.comparison.page import as_html
from newsbook.comparison.words import Strand, StrandKind, compared

__all__ = [
    "ArticleDifference", "Comparison", "Difference", "Strand", "StrandKind", "as_html", "compare", "compared",
    "told",
]  # fmt: skip
