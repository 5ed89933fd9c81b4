"""The style sheets of an edition: those of its style, and its faces as a custom property for each role."""

import re
from collections.abc import Iterator
from itertools import islice

from newsbook.fonts.faces import Face, FindFace
from newsbook.layout.style import FACE_ROLES, Carrier, Faces, Style
from newsbook.model import Issue, Stylesheet


def face_rules(issue: Issue, faces: Faces) -> str:
    """Return the rules that give every language of the issue its faces, the issue's own language first.

    Margin boxes inherit from the page and know no properties of the root, so the page is told on its own.
    """
    page = f"@page {{ font-family: {_stack(faces.stack('heading', issue.language))}; }}"
    rules = [page, _rule(":root", faces, issue.language)]
    rules += [_rule(f':lang("{language}")', faces, language) for language in languages(issue)]
    return "\n".join(rules)


def languages(issue: Issue) -> tuple[str, ...]:
    """Return the languages of the issue: its own, then those of its articles in order."""
    return tuple(dict.fromkeys((issue.language, *(article.language for article in issue.articles))))


def families(issue: Issue, faces: Faces) -> tuple[str, ...]:
    """Return the families of every role in every language of an issue."""
    stacks = (faces.stack(role, language) for role in FACE_ROLES for language in languages(issue))
    return tuple(dict.fromkeys(family for stack in stacks for family in stack))


def _rule(selector: str, faces: Faces, language: str) -> str:
    properties = " ".join(f"--{role}: {_stack(faces.stack(role, language))};" for role in FACE_ROLES)
    return f"{selector} {{ {properties} }}"


def _stack(families: tuple[str, ...]) -> str:
    return ", ".join(f'"{family}"' for family in families)


def faces_in_use(issue: Issue, faces: Faces, covering: Faces, find_face: FindFace) -> str:
    """Return the faces that set the issue, with their versions, for its colophon: a style's, and what it lacked.

    A family that has a face for every region is named once, with its regions: Noto Serif CJK SC/TC/JP 2.001.
    """
    added = (find_face(family) for family in covering.spare if family not in faces.spare)
    named: dict[tuple[str, str], list[str]] = {}
    for face in dict.fromkeys((*_preferred(issue, faces, find_face), *filter(None, added))):
        name, region = _parted(face.family)
        named.setdefault((name, face.version), []).append(region)
    return " · ".join(f"{name}{'/'.join(regions)} {version}" for (name, version), regions in named.items())


# What the makers of pan-CJK families append to the name for the forms of a region.
_REGION = re.compile(r"(.* )(SC|TC|HK|JP|KR)")


def _parted(family: str) -> tuple[str, str]:
    found = _REGION.fullmatch(family)
    return (found[1], found[2]) if found else (family, "")


def _preferred(issue: Issue, faces: Faces, find_face: FindFace) -> Iterator[Face]:
    for language in languages(issue):
        for role in FACE_ROLES:
            found = (face for family in faces.stack(role, language) if (face := find_face(family)))
            yield from islice(found, 1)


def stylesheets(issue: Issue, style: Style, faces: Faces, carrier: Carrier) -> tuple[Stylesheet, ...]:
    """Return the cascade as an explicit list: base, faces, style, the user's."""
    made = (Stylesheet("faces.css", face_rules(issue, faces)),) if carrier is not Carrier.EBOOK else ()
    return (*style.sheets["base"], *made, *style.sheets[carrier.value])


# EPUB 3.3, “CSS style sheets, prefixed properties”: the writing mode of the root decides which way pages turn.
_VERTICAL = re.compile(r"-epub-writing-mode:\s*vertical-rl")


def progression(sheets: tuple[Stylesheet, ...]) -> str:
    """Return the way that the pages turn: from right to left where the style sets lines from right to left."""
    return "rtl" if any(_VERTICAL.search(sheet.css) for sheet in sheets) else "ltr"
