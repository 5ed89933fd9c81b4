"""The glyph gate: before layout, every character of an issue is held against the faces that will set it.

What no face of a stack covers is reported with its article and set as 〓, the geta mark that compositors put where a
sort is missing (JIS X 0208 2-14), so that it is neither a silent box nor a spoiled text layer.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from newsbook.diagnostics import Code, DependencyError, Diagnostic, Place, Report
from newsbook.faces import Face
from newsbook.layout.style import FACE_ROLES, Faces
from newsbook.model import Article, Issue
from newsbook.model.walk import labels, map_strings, texts

GETA = "〓"

FindFace = Callable[[str], Face | None]


class Stack(Struct, frozen=True):
    """The installed faces for one role in one language, in order of preference."""

    faces: tuple[Face, ...]

    def covers(self, character: str) -> bool:
        """Tell whether any face of the stack has a glyph; white space needs none."""
        return character.isspace() or any(face.covers(character) for face in self.faces)


def stacks(faces: Faces, language: str, find_face: FindFace, report: Report) -> dict[str, Stack]:
    """Return the stack of each role. Raises `DependencyError` where a role has no installed face at all."""
    return {role: _stack(faces.stack(role, language), find_face, report) for role in FACE_ROLES}


def _stack(families: tuple[str, ...], find_face: FindFace, report: Report) -> Stack:
    found = tuple(face for family in families if (face := find_face(family)))
    if not found:
        raise DependencyError(
            f"none of the fonts {', '.join(families)} is installed; "
            "install Noto CJK (Debian: fonts-noto-cjk; Fedora: google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts; "
            "macOS: brew install font-noto-serif-cjk font-noto-sans-cjk)."
        )
    if found[0].family != families[0]:
        message = f"the face {families[0]} is not installed; {found[0].family} stands in for it."
        report(Diagnostic(Code.FACE_MISSING, message, hint=f"Install {families[0]} for the look that the style means."))
    return Stack(found)


def substitute(issue: Issue, faces: Faces, find_face: FindFace, report: Report) -> Issue:
    """Return `issue` with 〓 for every character that no face covers, having reported each."""
    from msgspec.structs import replace

    articles = tuple(_substitute_article(article, faces, find_face, report) for article in issue.articles)
    gate = _gate(issue.language, faces, find_face, report)
    lost = gate(_issue_texts(issue))
    _report_lost(lost, _issue_texts(issue), Place(), report)
    return replace(
        issue,
        articles=articles,
        nameplate=_without(issue.nameplate, lost),
        publisher=_without(issue.publisher, lost),
        rights=_without(issue.rights, lost),
        number=_without(issue.number, lost),
    )


def _gate(
    language: str, faces: Faces, find_face: FindFace, report: Report
) -> Callable[[Iterable[str]], tuple[str, ...]]:
    """Return a function that gives the characters which some role cannot set.

    A character must be in every role's stack, for the same headline stands in the contents, the running head and
    the table of sources, which are set in different faces.
    """
    by_role = stacks(faces, language, find_face, report)

    def lost(texts: Iterable[str]) -> tuple[str, ...]:
        characters = sorted(set().union(*texts))
        return tuple(c for c in characters if not all(stack.covers(c) for stack in by_role.values()))

    return lost


def _substitute_article(article: Article, faces: Faces, find_face: FindFace, report: Report) -> Article:
    lost = _gate(article.language, faces, find_face, report)(strings(article))
    _report_lost(lost, strings(article), Place(article.source.name or article.headline), report)
    return map_strings(article, lambda text: _without(text, lost)) if lost else article


def _report_lost(lost: tuple[str, ...], texts: Iterable[str], where: Place, report: Report) -> None:
    said = tuple(texts) if lost else ()
    for character in lost:
        text = next(text for text in said if character in text)
        place = f"character {text.index(character) + 1} of “{text[:_QUOTED]}”"
        message = f"no face in use has a glyph for U+{ord(character):04X}, {place}; it is set as {GETA}."
        hint = "Name a face that has it in the style, bring one along with it, or correct the text."
        report(Diagnostic(Code.GLYPH_MISSING, message, where, hint))


# How many characters of a text tell which is meant.
_QUOTED = 12


def _without(text: str, lost: tuple[str, ...]) -> str:
    return text.translate(dict.fromkeys(map(ord, lost), GETA))


def _issue_texts(issue: Issue) -> Iterator[str]:
    yield from (issue.nameplate, issue.publisher, issue.rights, issue.number)


def strings(article: Article) -> Iterator[str]:
    """Yield every string of an article that is set in print."""
    yield from (article.headline, article.kicker, article.deck, article.byline, article.section)
    yield from (article.source.outlet, article.source.rights, article.source.url, article.source.name)
    yield from (credit.name for credit in article.credits)
    yield from (repair.after for repair in article.source.repairs if repair.doubtful)
    for block in article.body:
        yield from ("".join(span.text + span.ruby for span in text) for text in texts(block))
        yield from labels(block)
