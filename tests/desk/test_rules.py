"""Every rule of the desk's tables hits what it says that it hits, misses the rest, and can be reached at all."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsbook import desk
from newsbook.desk import rules
from newsbook.desk.chrome import chrome_kind
from newsbook.desk.furniture import furniture
from newsbook.desk.names import is_japanese_name, is_person
from newsbook.desk.rules import Rule
from newsbook.script import fold

TABLES = sorted(path.stem for path in Path(rules.__file__).parent.glob("*.toml"))
RULES = [
    pytest.param(name, rule, id=f"{name}-{group}-{number}")
    for name in TABLES
    for group, found in rules.table(name).items()
    for number, rule in enumerate(found, 1)
]
# Who reads the tables of words, and what it makes of a text that is one of theirs.
READERS: dict[str, Callable[[Rule, str], bool]] = {
    "furniture": lambda rule, text: furniture(fold(text)) == rule.kind,
    "names": lambda _, text: is_person(text),
    "japanese": lambda _, text: is_japanese_name(text),
    "unlabelled": lambda rule, text: fold(text).startswith(tuple(rule.words.split())),
}


def is_hit(name: str, rule: Rule, text: str) -> bool:
    return bool(rule.find(fold(text))) if rule.form else READERS[name](rule, text)


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_a_rule_hits_and_misses_what_it_says(name: str, rule: Rule) -> None:
    assert rule.hits
    assert [text for text in rule.hits if not is_hit(name, rule, text)] == []
    assert rule.misses
    assert [text for text in rule.misses if is_hit(name, rule, text)] == []


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_no_rule_holds_what_folding_makes_unreachable(name: str, rule: Rule) -> None:
    """Text is folded before it is matched: a traditional character or a full-width mark would never match."""
    assert name
    assert fold(rule.form) == rule.form
    assert fold(rule.words) == rule.words


@pytest.mark.parametrize("rule", rules.table("chrome")["line"], ids=lambda rule: rule.kind)
def test_no_rule_of_chrome_hits_what_its_kind_can_never_be(rule: Rule) -> None:
    """A prompt that ends as a sentence ends is none, whatever its form; so its form must not ask for that."""
    assert [text for text in rule.hits if not chrome_kind(fold(text))] == []
    assert [text for text in rule.misses if chrome_kind(fold(text))] == []


def test_no_word_of_furniture_is_written_as_no_piece_of_a_line_can_be() -> None:
    """Pieces are lower-case and hold no mark that lines are split at; a word stands in one kind only."""
    words = [word for rule in rules.table("furniture")["words"] for word in rule.words.split()]
    assert [word for word in words if not furniture(word)] == []
    assert [word for word in words if word != word.lower() or words.count(word) > 1] == []


# What takes a text apart or holds it as it was printed, in whatever width and script.
AS_PRINTED = {"opening._URL", "metaline._OUTLET", "metaline._STRONG", "names._BETWEEN"}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(desk.__path__):
        for name, value in vars(importlib.import_module(f"newsbook.desk.{module.name}")).items():
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, re.Pattern):
                    yield f"{module.name}.{name}", each


def test_no_pattern_in_the_code_holds_what_folding_makes_unreachable() -> None:
    found = tuple(patterns())
    assert {name for name, pattern in found if fold(pattern.pattern) != pattern.pattern} == AS_PRINTED
