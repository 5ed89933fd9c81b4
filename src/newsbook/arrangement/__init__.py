"""The issue as its file has it: stories in order and in its words, and among them the house's own matter."""

from newsbook.arrangement.stories import arrange

__all__ = ["arrange"]
