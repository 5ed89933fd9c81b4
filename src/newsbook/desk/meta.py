"""What a meta line says: values of fields, and the words of it that say nothing."""

import re

from msgspec import Struct

from newsbook.desk.labels import Field
from newsbook.desk.names import split_names
from newsbook.desk.people import people
from newsbook.model import Credit, Role


class Value(Struct, frozen=True):
    """One thing that a meta line says: its text as printed, or the ISO 8601 form of a date.

    An outlet is `sure` where a label or its own ending tells it, and not where it but stands beside a date.
    """

    field: Field
    text: str
    sure: bool = True


class Meta(Struct, frozen=True):
    """What a meta line says, and the pieces of it that say nothing which an article keeps."""

    values: tuple[Value, ...]
    rest: tuple[str, ...] = ()

    def first(self, *fields: Field) -> str:
        """Return the text of the first value for one of `fields`, or nothing."""
        return next((value.text for value in self.values if value.field in fields), "")

    @property
    def fields(self) -> frozenset[Field]:
        """Return which fields the line has."""
        return frozenset(value.field for value in self.values)


ROLES: dict[Field, tuple[Role, ...]] = {
    Field.AUTHOR: (Role.AUTHOR,),
    Field.CORRESPONDENT: (Role.CORRESPONDENT,),
    Field.EDITOR: (Role.EDITOR,),
    Field.PHOTOGRAPHER: (Role.PHOTOGRAPHER,),
    Field.SUPPLIER: (Role.SUPPLIER,),
    Field.AUTHOR_AND_PHOTOGRAPHER: (Role.AUTHOR, Role.PHOTOGRAPHER),
}
BYLINE_FIELDS = frozenset(ROLES) - {Field.EDITOR, Field.SUPPLIER}
UNKEPT = frozenset({Field.STAFF, Field.COUNTER, Field.URL})
# Where a story was published, by its label, or bare. The front page of a site tells no story.
PUBLISHED_AT = re.compile(
    r"(?P<label>(?:(?:原文|本文|文章|来源|元?记事)(?:链接|网址|地址|连结|URL)?|(?:기사 ?)?원문(?: ?링크| ?주소)?)"
    r"\s*[:\s]\s*)?"
    r"(?P<url>https?://[^/\s]+/[\x21-\x7e]+)"
)


def credits_of(meta: Meta) -> tuple[Credit, ...]:
    """Return the people and agencies that `meta` credits, each name apart, with what they did."""
    return tuple(
        Credit(role, name)
        for value in meta.values
        for role in ROLES.get(value.field, ())
        for name in (split_names if role is Role.SUPPLIER else people)(value.text)
    )


def is_byline(meta: Meta) -> bool:
    """Tell whether a line says nothing but who wrote and photographed, and for whom."""
    return bool(meta.fields & BYLINE_FIELDS) and meta.fields <= BYLINE_FIELDS | {Field.EMPLOYER, Field.SIGNATURE}


def leftovers(meta: Meta) -> tuple[str, ...]:
    """Return the parts of a meta line that an article does not keep: counters, staff and unexplained words."""
    return (*meta.rest, *(value.text for value in meta.values if value.field in UNKEPT))
