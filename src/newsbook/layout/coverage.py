"""The glyph gate: before layout, every character of an issue is held against the faces that will set it.

What no face of a stack covers is reported with its article and set as 〓, the geta mark that compositors put where a
sort is missing (JIS X 0208 2-14), so that it is neither a silent box nor a spoiled text layer.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, DependencyError, Diagnostic, Place, Report
from newsbook.fonts.faces import Face, FindFace
from newsbook.fonts.subsets import Embedding, rights_of
from newsbook.formulas import scripts
from newsbook.layout.sheets import families, languages
from newsbook.layout.style import FACE_ROLES, Faces
from newsbook.model import Article, Issue, Span
from newsbook.model.walk import labels, map_strings, texts

GETA = "〓"


class Stack(Struct, frozen=True):
    """The installed faces for one role in one language, in order of preference."""

    faces: tuple[Face, ...]

    def covers(self, character: str) -> bool:
        """Tell whether any face of the stack has a glyph; white space needs none."""
        return character.isspace() or any(face.covers(character) for face in self.faces)


def embeddable(issue: Issue, faces: Faces, find_face: FindFace, report: Report) -> Faces:
    """Return the faces of a style without those that may not be embedded in a printed edition.

    Each that would set something is a finding. The engine embeds the glyphs in use, so that what may be embedded only
    as a whole may not be embedded at all.
    """
    allowed = {family: _allowed(find_face(family)) for family in families(issue, faces)}
    refused = {family: kinds for family, kinds in allowed.items() if kinds - {Embedding.PART}}
    if not refused:
        return faces
    used = frozenset(
        "".join((*_issue_texts(issue), *(text for article in issue.articles for text in strings(article))))
    )
    stacks_in_use = (faces.stack(role, language) for role in FACE_ROLES for language in languages(issue))
    setting = {face.family for stack in stacks_in_use for face, _ in shares(stack, used, find_face)}
    for family, kinds in refused.items():
        if family in setting:
            reason = "do not allow it" if Embedding.NONE in kinds else "allow the whole of it only"
            message = (
                f"the face {family} is not embedded: its makers {reason}; the next one of the style sets the text."
            )
            report(Diagnostic(Code.FACE_NOT_EMBEDDED, message, hint="Name another face in the style."))
    return faces.without(refused)


def _allowed(face: Face | None) -> set[Embedding]:
    """Return how much of the regular and the bold font of a face may be embedded."""
    fonts = (face.regular, face.bold) if face else ()
    return {rights.embedding for font in fonts if font and (rights := rights_of(font))}


def shares(
    stack: tuple[str, ...], used: frozenset[str], find_face: FindFace, allows: Callable[[Face], bool] = lambda _: True
) -> Iterator[tuple[Face, frozenset[str]]]:
    """Yield the faces of a stack that set `used`, each with what the ones before it have not.

    What a face would set that `allows` does not allow, the ones behind it set.
    """
    rest = used
    for family in stack:
        face = find_face(family)
        own = frozenset(character for character in rest if face and face.covers(character))
        if face and own and allows(face):
            yield face, own
            rest -= own


def stacks(faces: Faces, language: str, find_face: FindFace, report: Report) -> dict[str, Stack]:
    """Return the stack of each role. Raises `DependencyError` where a role has no installed face at all."""
    return {role: _stack(faces.stack(role, language), find_face, report) for role in FACE_ROLES}


def _stack(families: tuple[str, ...], find_face: FindFace, report: Report) -> Stack:
    found = tuple(face for family in families if (face := find_face(family)))
    if not found:
        named = ", ".join(families) or "that may be embedded"
        raise DependencyError(
            f"none of the fonts {named} is installed; "
            "install Noto CJK (Debian: fonts-noto-cjk; Fedora: google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts; "
            "macOS: brew install font-noto-serif-cjk font-noto-sans-cjk)."
        )
    if found[0].family != families[0]:
        message = f"the face {families[0]} is not installed; {found[0].family} stands in for it."
        report(Diagnostic(Code.FACE_MISSING, message, hint=f"Install {families[0]} for the look that the style means."))
    return Stack(found)


def substitute(issue: Issue, faces: Faces, find_face: FindFace, report: Report) -> Issue:
    """Return `issue` with 〓 for every character that no face covers, having reported each."""
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
        yield from ("".join(map(_said, text)) for text in texts(block))
        yield from labels(block)


def _said(span: Span) -> str:
    """Return what is set of a run: its text and its reading; of a formula, its parts."""
    parts = scripts(span.math) if span.math else ()
    return "".join(part.text for part in parts) or span.text + span.ruby
