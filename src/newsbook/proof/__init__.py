"""The proof sheet, one page of HTML: raw beside repaired text, doubts first, for a person to read and decide."""

from newsbook.proof.galley import Galley, Pull, pull_galley
from newsbook.proof.sheet import make_sheet

__all__ = ["Galley", "Pull", "make_sheet", "pull_galley"]
