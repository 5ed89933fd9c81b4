"""Edition → EPUB 3.3."""

from newsbook.writers.epub.book import write_epub

__all__ = ["write_epub"]
