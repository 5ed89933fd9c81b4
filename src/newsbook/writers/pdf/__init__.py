"""Edition → PDF."""

from newsbook.writers.pdf.check import Profile
from newsbook.writers.pdf.document import write_pdf
from newsbook.writers.pdf.pdfium import PlacedPicture, placed_pictures

__all__ = ["PlacedPicture", "Profile", "placed_pictures", "write_pdf"]
