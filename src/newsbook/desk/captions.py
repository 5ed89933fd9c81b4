"""Tell captions by what they begin with, end with and describe: 圖為…, ▲…, …攝, …（資料圖片）."""

from functools import partial

from newsbook.desk.cutline import read_cutline
from newsbook.desk.lines import NUMBERED, QUESTION, TERMINAL, folded, printed, width
from newsbook.desk.rules import finder
from newsbook.model import Line
from newsbook.script import fold

_find = partial(finder, "captions")
_SHORTEST = 2
_LONGEST_SCENE = 34.0
_LONGEST_CAPTION = 260
_LONGEST_UNCREDITED = 120
_LONGEST_SAID = 30
_LABEL = 8
_OFTEN = 4


def is_caption(line: Line, labels: frozenset[str]) -> bool:
    """Tell whether a line of the body says what a picture shows; `labels` are those that do so by a name alone."""
    text, plain = printed(line), folded(line)
    if len(plain) > _LONGEST_CAPTION or _find("between_marks")(plain) or _find("speaker")(plain):
        return False
    credit = read_cutline(text)
    if credit and not _is_prose_with_author(plain):
        return True
    if len(plain) <= _LONGEST_UNCREDITED and (_find("lead")(plain) or _find("tail")(plain)):
        return True
    return _is_placed_and_dated(plain) or _is_scene(plain) or plain in labels


def is_film_label(line: Line) -> bool:
    """Tell whether a line says what a film shows, which stood there: it heads nothing."""
    return bool(_find("film")(folded(line)))


def is_led_caption(line: Line) -> bool:
    """Tell whether a line begins as only captions do: 圖為…, ▲…, or is nothing but a credit."""
    return bool(_find("lead")(folded(line))) or is_credit_only(line)


def is_statement_with_credit(line: Line) -> bool:
    """Tell whether a line is a long statement that the credit of a lost picture has run into, and names nobody."""
    text = printed(line)
    credit = read_cutline(text)
    said = text[: credit.credit_start] if credit else ""
    marked = bool(_find("mark_inside")(fold(text)))
    return len(said) >= _LONGEST_SAID and (marked or not (credit and credit.credits)) and said.rstrip().endswith("。")


def is_doubtful_caption(line: Line) -> bool:
    """Tell whether a caption, as `is_caption` takes it for one, might as well be a crosshead."""
    plain = folded(line)
    certain = _find("lead")(plain) or _find("tail")(plain) or _find("sure_scene")(plain)
    return not certain and not read_cutline(printed(line)) and not _is_placed_and_dated(plain)


def _is_placed_and_dated(plain: str) -> bool:
    """Tell a Japanese cutline, which gives day and place behind a double hyphen: 渡し場の朝＝5日、川辺町."""
    match = _find("placed_and_dated")(plain)
    return bool(match) and len(plain) <= _LONGEST_UNCREDITED


def is_credit_only(line: Line) -> bool:
    """Tell whether a line is a credit and nothing else, so that the caption is the line above."""
    cutline = read_cutline(printed(line))
    return cutline is not None and cutline.credit_start == 0


def _is_prose_with_author(plain: str) -> bool:
    """Tell a paragraph that is signed by who wrote it, 文/圖, from a caption that is signed by who took it."""
    return bool(_find("prose_with_author")(plain))


def _is_scene(plain: str) -> bool:
    """Tell whether a short line without a full stop names or describes what a picture shows."""
    if (
        not _SHORTEST <= width(plain) <= _LONGEST_SCENE
        or TERMINAL.search(plain)
        or QUESTION.search(plain)
        or NUMBERED.match(plain)
    ):
        return False
    return bool(_find("scene_tail")(plain) or _find("scene_lead")(plain) or _find("scene_verb")(plain))


def names_of_labels(plain: tuple[str, ...]) -> frozenset[str]:
    """Return the lines that, as 小滿。 does, are but a name that the story speaks of often."""
    short = {text for text in plain if text.endswith("。") and _is_short_name(text)}
    if not short or len(plain) > _MOST_LINES:
        return frozenset()
    page = "\n".join(plain)
    return frozenset(text for text in short if page.count(text[:-1]) > _OFTEN)


def _is_short_name(text: str) -> bool:
    return 3 <= len(text) <= _LABEL and not _find("function")(text)  # noqa: PLR2004  two characters and a full stop


# A page of more lines than a paper has on its page is none, and not worth counting names in.
_MOST_LINES = 2000
