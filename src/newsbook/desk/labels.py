"""The labels of meta lines: what the words before a colon say about the words after it."""

import re
from enum import StrEnum
from functools import cache

from newsbook.desk.rules import table


class Field(StrEnum):
    """What a labelled value is.

    `STAFF` and `COUNTER` are read and left out: the model has no place for them. An `EMPLOYER` is whom a reporter
    works for, and the outlet where nothing else says which. A `SIGNATURE` is one as printed,
    with a place or a desk in it.
    """

    PUBLISHED = "published"
    UPDATED = "updated"
    OUTLET = "outlet"
    AUTHOR = "author"
    CORRESPONDENT = "correspondent"
    EDITOR = "editor"
    PHOTOGRAPHER = "photographer"
    SUPPLIER = "supplier"
    AUTHOR_AND_PHOTOGRAPHER = "author-and-photographer"
    SECTION = "section"
    URL = "url"
    ORIGINAL_TITLE = "original-title"
    STAFF = "staff"
    COUNTER = "counter"
    EMPLOYER = "employer"
    SIGNATURE = "signature"


_WEAK_MARK = r"(?P<mark>\s*[:】\]|丨/]\s*|\s+|[・=])(?=[^\s:])"


@cache
def label() -> re.Pattern[str]:
    """Return the form of a label: with a colon or a bar anywhere, with a space or a stroke where a piece begins."""
    forms = {Field(rule.kind): "|".join(rule.form.splitlines()) for rule in table("labels")["label"]}
    sure = "|".join(f"(?P<{field.name}>{form})" for field, form in forms.items())
    weak = "|".join(f"(?P<{field.name}_>{form})" for field, form in forms.items())
    piece = r"(?:^|(?<=[\s|丨/(\[【>,;、])|(?<=[\d)\]】:]))"
    return re.compile(rf"(?:{sure})\s*(?::|[|丨](?=\S))\s*|{piece}(?:{weak}){_WEAK_MARK}", re.IGNORECASE)


@cache
def date_word() -> re.Pattern[str]:
    """Return the form of what says that a date is the day of publication or of a change."""
    dates = (rule.form for rule in table("labels")["label"] if rule.kind in {Field.PUBLISHED, Field.UPDATED})
    return re.compile("|".join("|".join(form.splitlines()) for form in dates), re.IGNORECASE)


def field_of(match: re.Match[str]) -> Field:
    """Return which field a label's `match` stands for."""
    groups = ((name.removesuffix("_"), value) for name, value in match.groupdict().items() if name != "mark")
    return next(Field[name] for name, value in groups if value is not None)
