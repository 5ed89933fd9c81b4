"""The desk's rules as tables: TOML files beside this one, each rule with what it hits and what it misses.

A rule is a `form`, a regular expression whose lines are alternatives, or `words`. What it is held against has been
folded (`newsbook.script`), so that a table has simplified characters and half-width marks; where a rule is held
against a text as printed, it says so. A name in braces stands for the part of that name at the head of its file.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

Find: TypeAlias = Callable[[str], re.Match[str] | None]
_PART = re.compile(r"\{([a-z_]+)\}")


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as it is written; `at` says how much of a line its form is held against, `kind` what the line then is."""

    hits: tuple[str, ...]
    misses: tuple[str, ...]
    form: str = ""
    words: str = ""
    kind: str = ""
    at: Literal["whole", "start", "anywhere"] = "whole"
    any_case: bool = False
    printed: bool = False

    @property
    def find(self) -> Find:
        """Return the function that matches a text against the form."""
        pattern = re.compile("|".join(self.form.splitlines()), re.IGNORECASE if self.any_case else 0)
        return {"whole": pattern.fullmatch, "start": pattern.match, "anywhere": pattern.search}[self.at]


@cache
def table(name: str) -> dict[str, tuple[Rule, ...]]:
    """Return the rules in a file, by the name that one has or several share."""
    read = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    parts: dict[str, str] = {}
    for part, written in read.pop("parts", {}).items():
        parts[part] = f"(?:{'|'.join(_filled(written, parts).splitlines())})"
    rules = msgspec.convert(
        {key: made if isinstance(made, list) else [made] for key, made in read.items()}, dict[str, tuple[Rule, ...]]
    )
    return {key: tuple(_with_parts(rule, parts) for rule in group) for key, group in rules.items()}


def _with_parts(rule: Rule, parts: dict[str, str]) -> Rule:
    return msgspec.structs.replace(rule, form=_filled(rule.form, parts)) if parts else rule


def _filled(form: str, parts: dict[str, str]) -> str:
    return _PART.sub(lambda match: parts[match[1]], form)


@cache
def finder(name: str, rule: str) -> Find:
    """Return what matches a text against the one rule of that name in a table."""
    (only,) = table(name)[rule]
    return only.find


@cache
def finders(name: str, rules: str) -> tuple[tuple[str, Find], ...]:
    """Return the kinds that rules of one name tell, each with what matches a text against it, in order."""
    return tuple((rule.kind, rule.find) for rule in table(name)[rules])


@cache
def words(name: str, rule: str) -> frozenset[str]:
    """Return the words of the one rule of that name in a table."""
    (only,) = table(name)[rule]
    return frozenset(only.words.split())
