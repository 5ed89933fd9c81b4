"""The marks that lines begin and end with, and how wide lines are."""

import re

# What a sentence or a part of one ends in, before closing marks and numbers of notes; a heading ends in none of these.
TERMINAL = re.compile(r"[。.;:,、…]$|[。.](?:\s*\[\d{1,3}\]|[①-⑳¹²³⁰⁴-⁹]|[”」』)\]\"’])+$")
QUESTION = re.compile(r"[?!]$")
NUMBERED = re.compile(
    r"(?P<style>第?[一二三四五六七八九十]{1,3}[、.章节部篇回]|[(][一二三四五六七八九十\d]{1,3}[)]"
    r"|\d{1,2}[、.](?!\d)|[①-⑳]|[■◆●▍▌▎◎★☆▶►▪□◇]|【[^】]{2,24}】$|(?:其"
    r"|之)[一二三四五六七八九]|(?:PART|Part|part)\s?\.?\d{1,2}|0\d\b)"
)


def width(text: str) -> float:
    """Return how many Han characters wide `text` is; what is in ASCII counts half."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2
