"""The glyph gate: before layout, every character of an issue is held against the faces that will set it.

What the faces of a style lack, other installed ones set. What no face has is reported, once for an article and a
script, and set as 〓, so that it is neither a silent box nor a spoiled text layer.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from newsbook.diagnostics import Code, DependencyError, Diagnostic, Place, Report
from newsbook.fonts.faces import Face, FindFace, families_with
from newsbook.fonts.subsets import Embedding, is_one_glyph, rights_of
from newsbook.formulas import scripts
from newsbook.layout.sheets import families, languages
from newsbook.layout.signs import (
    EMOJI,
    GETA,
    KEYCAP,
    PRIVATE,
    has_emoji,
    in_black,
    is_compound,
    is_emoji,
    is_private,
    is_unseen,
    script_of,
    set_sign,
    signs,
)
from newsbook.layout.style import FACE_ROLES, Faces
from newsbook.model import Article, Issue, Span
from newsbook.model.walk import labels, map_strings, texts


class Stack(Struct, frozen=True):
    """The installed faces for one role in one language, in order of preference."""

    faces: tuple[Face, ...]

    def covers(self, character: str) -> bool:
        """Tell whether any face of the stack has a glyph; what shows nothing needs none."""
        return character.isspace() or is_unseen(character) or any(face.covers(character) for face in self.faces)


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


def with_installed(issue: Issue, faces: Faces, find_face: FindFace, *, is_vertical: bool) -> Faces:
    """Return the faces of a style with those installed ones behind them that have what these lack.

    Each is one that may be embedded. Of those that have a character, the one that has most of its script is taken.
    Emoji are set in colours where a face has any, but for vertical pages, in which a picture would lie on its side.
    """
    lacking: set[str] = set()
    for language in languages(issue):
        own = (strings(article) for article in issue.articles if article.language == language)
        texts = (*_issue_texts(issue), *(text for article in own for text in article))
        lacking.update(_gate(language, faces, find_face, _quiet)(texts))
    lacking = {character for character in lacking if not is_private(character) and character != KEYCAP}
    found: list[Face] = []
    for character in sorted(lacking):
        if not any(face.covers(character) for face in found):
            like = [other for other in lacking if script_of(other) == script_of(character)]
            found += _best(character, like, find_face, is_vertical=is_vertical)
    return replace(faces, spare=(*faces.spare, *(face.family for face in found)))


def named(covering: Faces, own: Faces, find_face: FindFace) -> Faces:
    """Return those of the faces that a style sheet names: not the coloured ones that are installed.

    Pango gives them emoji by itself, and would give them the digits as well if they were named.
    """
    added = [face for family in covering.spare if family not in own.spare and (face := find_face(family))]
    return covering.without([face.family for face in added if face.is_coloured])


def _best(character: str, like: list[str], find_face: FindFace, *, is_vertical: bool) -> Iterator[Face]:
    """Yield the installed face that has `character` and most of those like it, where there is any."""
    offered = (find_face(family) for family in families_with(character))
    fit = [face for face in offered if face and face.covers(character) and _allowed(face) <= {Embedding.PART}]
    if fit:
        yield max(fit, key=lambda face: (face.is_coloured != is_vertical, sum(map(face.covers, like))))


def _quiet(_finding: Diagnostic) -> None:
    """Leave a finding to whoever asks again."""


def substitute(issue: Issue, faces: Faces, find_face: FindFace, report: Report) -> Issue:
    """Return `issue` with every sign as it can be set, and 〓 for one that no face has, having reported those."""
    articles = tuple(_substitute_article(article, faces, find_face, report) for article in issue.articles)
    texts = tuple(_issue_texts(issue))
    setter = _SignSetter(issue.language, texts, faces, find_face, report)
    setter.report(texts, Place())
    nameplate, publisher, rights, number = map(setter, texts)
    return replace(issue, articles=articles, nameplate=nameplate, publisher=publisher, rights=rights, number=number)


class _SignSetter:
    """Sets the signs of texts in a language as the faces can."""

    def __init__(
        self, language: str, texts: tuple[str, ...], faces: Faces, find_face: FindFace, report: Report
    ) -> None:
        self._lost = frozenset(_gate(language, faces, find_face, report)(texts))
        families_of_text = faces.stack(FACE_ROLES[0], language)
        self._faces = tuple(face for family in families_of_text if (face := find_face(family)))
        self._set: dict[str, str] = {}
        self._report = report

    def __call__(self, text: str) -> str:
        if not self._concerns(text):
            return text
        # An address that is followed must stay what it is, as far as it can be set at all.
        keep = _ADDRESS.fullmatch(text) is not None
        return "".join(sign if keep and not self._concerns_loss(sign) else self.set(sign) for sign in signs(text))

    def _concerns(self, text: str) -> bool:
        return has_emoji(text) or self._concerns_loss(text)

    def _concerns_loss(self, text: str) -> bool:
        return any(character in self._lost for character in text)

    def set(self, sign: str) -> str:
        """Return a sign as it is set."""
        if sign not in self._set:
            made = set_sign(sign, self._lost)
            self._set[sign] = self._as_emoji(made) if is_emoji(made) else made
        return self._set[sign]

    def _as_emoji(self, sign: str) -> str:
        """Return an emoji with no more than its face makes one glyph of."""
        face = next((face for face in reversed(self._faces) if face.covers(sign[0])), None)
        if face and is_compound(sign) and face.regular and not is_one_glyph(face.regular, sign):
            sign = sign[0]
        return sign if face and face.is_coloured else in_black(sign)

    def report(self, texts: tuple[str, ...], where: Place) -> None:
        """Report the signs that become 〓, those of a script together; and emoji of which only a part is set."""
        missing: dict[str, dict[str, str]] = {}
        for text in filter(self._concerns, texts):
            for sign in signs(text):
                if self.set(sign) == GETA != sign:
                    missing.setdefault(script_of(sign), {}).setdefault(sign, text)
        for script, found in missing.items():
            sign, text = next(iter(found.items()))
            named = ", ".join(map(_code_points, list(found)[:_NAMED]))
            more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
            place = f"character {text.index(sign) + 1} of “{text[:_QUOTED]}”"
            message = f"no face has {named}{more} ({script}), first at {place}; each is set as {GETA}."
            self._report(Diagnostic(Code.GLYPH_MISSING, message, where, _HINTS.get(script, _HINT)))


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
    texts = tuple(strings(article))
    setter = _SignSetter(article.language, texts, faces, find_face, report)
    setter.report(texts, Place(article.source.name or article.headline))
    return map_strings(article, setter)


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


def _code_points(sign: str) -> str:
    return "+".join(f"U+{ord(character):04X}" for character in sign)


# How many characters of a text tell which is meant, and how many signs a finding names.
_QUOTED, _NAMED = 12, 6

_HINT = "Install a face that has it (Debian: fonts-noto-core), or bring one along with the style."
_HINTS = {
    EMOJI: "Install a face of emoji (Debian: fonts-symbola, in black).",
    PRIVATE: "Bring the font that the text was written for along with the style, or correct the text.",
    "Han": "Install a face of rare characters (Debian: fonts-hanazono, fonts-babelstone-han).",
}


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
