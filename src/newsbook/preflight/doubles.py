"""What stands twice: paragraphs and sentences, in an article and across the issue; headlines; pictures."""

from collections.abc import Iterator

from newsbook.desk import letters_of
from newsbook.desk.lines import sentences
from newsbook.diagnostics import Code
from newsbook.model import Figure, Issue
from newsbook.preflight.subjects import Fault, Passage, Subject, bare, fault
from newsbook.script import fold

# Shorter ones are said twice on purpose: refrains, and what is said of every issue's weather.
_SHORTEST_PARAGRAPH = 12
_SHORTEST_SENTENCE = 16

_RUNNING = frozenset({"paragraph", "quotation", "box"})


def doubled_texts(subjects: tuple[Subject, ...]) -> Iterator[Fault]:
    """Find paragraphs, and sentences within paragraphs, that stand somewhere before already."""
    paragraphs: dict[str, tuple[Subject, Passage]] = {}
    said: dict[str, tuple[Subject, Passage]] = {}
    for subject in subjects:
        for passage in subject.passages:
            if passage.kind not in _RUNNING:
                continue
            key = letters_of(passage.text)
            if key in paragraphs:
                message = f"the paragraph {_stands(subject, *paragraphs[key])} already"
                span = (0, min(len(passage.text), _SHORTEST_SENTENCE))
                yield fault(Code.PARAGRAPH_DOUBLED, subject, passage, span, message, "Keep it where it belongs.")
                continue
            if len(key) >= _SHORTEST_PARAGRAPH:
                paragraphs[key] = subject, passage
            yield from _doubled_sentences(subject, passage, said)


def _doubled_sentences(subject: Subject, passage: Passage, said: dict[str, tuple[Subject, Passage]]) -> Iterator[Fault]:
    for start, end in sentences(fold(passage.text)):
        sentence = letters_of(passage.text[start:end])
        if len(sentence) < _SHORTEST_SENTENCE:
            continue
        if sentence in said:
            message = f"the sentence {_stands(subject, *said[sentence])} already"
            yield fault(Code.SENTENCE_DOUBLED, subject, passage, (start, end), message, "Take it out of one place.")
        else:
            said[sentence] = subject, passage


def _stands(here: Subject, subject: Subject, passage: Passage) -> str:
    place = f"in paragraph {passage.number}"
    return f"stands {place}" if subject is here else f"stands {place} of {subject.name}"


def repeated_headlines(subjects: tuple[Subject, ...]) -> Iterator[Fault]:
    """Find headlines that another article has, and articles that say their own again in the body."""
    heads: dict[str, Subject] = {}
    for subject in subjects:
        key = letters_of(subject.article.headline)
        if not key:
            continue
        if key in heads:
            message = f"the headline is that of {heads[key].name}, too: {subject.article.headline}"
            yield bare(Code.HEADLINE_REPEATED, subject, message, "Give one of them a headline of its own.")
        heads.setdefault(key, subject)
        again = next((each for each in subject.passages if each.number and letters_of(each.text) == key), None)
        if again:
            span = (0, len(again.text))
            yield fault(Code.HEADLINE_REPEATED, subject, again, span, "the headline is said again", "Take it out here.")


def repeated_pictures(issue: Issue, subjects: tuple[Subject, ...]) -> Iterator[Fault]:
    """Find pictures whose bytes are those of one that was shown before."""
    contents = {media.name: media.sha256 for media in issue.media if not media.is_slice}
    shown: dict[str, tuple[Subject, int]] = {}
    for subject in subjects:
        for number, block in enumerate(subject.article.body, 1):
            digest = contents.get(block.image, "") if isinstance(block, Figure) else ""
            if digest in shown:
                other, place = shown[digest]
                where = f"paragraph {place}" + ("" if other is subject else f" of {other.name}")
                message = f"the picture in paragraph {number} is the one in {where}."
                yield bare(Code.PICTURE_REPEATED, subject, message, "Show another, or show it once.", number)
            elif digest:
                shown[digest] = subject, number
