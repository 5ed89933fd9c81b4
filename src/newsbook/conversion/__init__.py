"""Article → Article: bring Chinese to one script, and marks to the usage of their language, where the user asks."""

from newsbook.conversion.articles import convert, convert_frame
from newsbook.conversion.marks import Marks, localise
from newsbook.conversion.scripts import Target, retagged

__all__ = ["Marks", "Target", "convert", "convert_frame", "localise", "retagged"]
