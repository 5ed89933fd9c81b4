"""Intake: inputs become stories, each read, repaired, overridden and edited by a job of its own."""

from newsbook.intake.collector import Intake, Wish, attached, file_manuscripts, put_in_store, take_in
from newsbook.intake.job import ReadInput, Terms, terms_of

__all__ = [
    "Intake",
    "ReadInput",
    "Terms",
    "Wish",
    "attached",
    "file_manuscripts",
    "put_in_store",
    "take_in",
    "terms_of",
]
