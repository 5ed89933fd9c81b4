"""Copy → Copy: undo what mirrors and scrapers did to a text, and keep the record of it."""

from newsbook.repairs.engine import repair

__all__ = ["repair"]
