"""Article → Article: bring the words of a Chinese article to one script, where the user asks for it."""

from newsbook.conversion.convert import convert, convert_frame
from newsbook.conversion.target import Target, retagged

__all__ = ["Target", "convert", "convert_frame", "retagged"]
