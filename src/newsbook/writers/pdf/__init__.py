"""Edition → PDF."""

from newsbook.writers.pdf.check import Profile
from newsbook.writers.pdf.document import write_pdf

__all__ = ["Profile", "write_pdf"]
