"""Edition → PDF."""

from newsbook.writers.pdf.document import Profile, write_pdf

__all__ = ["Profile", "write_pdf"]
