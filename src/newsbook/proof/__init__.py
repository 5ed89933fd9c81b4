"""The proof sheet: raw beside repaired text, doubts first, for a person to read and decide, as one page of HTML."""

from newsbook.proof.galley import Galley, Pull, pull_galley
from newsbook.proof.sheet import make_sheet

__all__ = ["Galley", "Pull", "make_sheet", "pull_galley"]
