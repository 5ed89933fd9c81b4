"""Find the body of a story in the data that a page's scripts fill it in from: JSON-LD, Next, Nuxt and the like."""

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from lxml import etree
from msgspec import Struct

from newsbook.readers.html.density import prose_in
from newsbook.readers.html.tree import Tree, without_markers

# Below this a page shows no story, above it a text in its data is one.
LEAST = 120.0
_DEEPEST = 40
_OPENING = re.compile(r"[{\[]")
_PUSHED = re.compile(r"__next_f\.push\(\[\d+,\s*(\"(?:[^\"\\]|\\.)*\")\s*\]\)")
_TAG = re.compile(r"</?(?:p|div|br|figure|img|h[1-6]|ul|li|span|section|strong|a|b|em|i|ruby)\b[^>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"\s*<(?:p|div|figure|h[1-6]|ul|ol|section|article|table|blockquote)\b", re.IGNORECASE)
_KEYS = frozenset({
    "articlebody", "body", "bodyhtml", "content", "contents", "contenthtml", "description_html", "html", "maintext",
    "paragraph", "richtext", "story", "text", "value",
})  # fmt: skip
_MOST_TRIES = 40

# The names under which scripts keep the moment of publication, written out or in seconds since 1970.
_PUBLISHED = re.compile(
    r"(?<![\w$])[\"']?(?:(?:ori_?)?create_?time|publish_?(?:time|date)|pub_?(?:time|date)|ct|ptime)[\"']?"
    r"\s*[:=]\s*"
    r"(?:[\w.$]{0,40}\(\s*)?[\"']?\s*"
    r"(?:(?P<written>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"|(?P<seconds>1\d{9}(?:\d{3})?))(?!\d)",
    re.IGNORECASE,
)

# Where a site's scripts put adverts and the like.
_SLOT = re.compile(r"\$\$\w+\$\$|\{\{[\w\s.-]{1,40}\}\}")


class ScriptBody(Struct, frozen=True):
    """A body as HTML, and the script that it comes from."""

    html: str
    script: etree._Element


def find_script_body(tree: Tree) -> ScriptBody | None:
    """Return the text with the most prose in the data of a page's scripts, None where none has a story's size."""
    bodies = (
        ScriptBody(body, script)
        for script in tree.root.iter("script")
        for data in _data(script)
        for body in _bodies(data, 0)
    )
    best = max(bodies, key=lambda body: prose_in(_TAG.sub("", body.html)), default=None)
    return best if best and prose_in(_TAG.sub("", best.html)) >= LEAST else None


def _data(script: etree._Element) -> Iterator[object]:
    """Yield what data a script is, or assigns to something."""
    text = without_markers(script.text or "").strip()
    pushed = _PUSHED.findall(text)
    if pushed:
        yield from (line for part in pushed for line in _flight(str(json.loads(part, strict=False))))
        return
    if "json" in script.get("type", "") or text[:1] in {"{", "["} or re.match(r"[\w.$\[\]\"' ]{1,60}=", text):
        yield from _objects(text)


def _objects(text: str) -> Iterator[object]:
    """Yield the objects and lists that are written in a script, as far as they are JSON."""
    at = 0
    for _ in range(_MOST_TRIES):
        opening = _OPENING.search(text, at)
        if not opening:
            return
        try:
            data, at = json.JSONDecoder(strict=False).raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            at = opening.end()
            continue
        yield data


def _flight(text: str) -> Iterator[object]:
    """Yield the rows of what Next streams, and the text itself, which may be a body."""
    yield {"text": text} if _TAG.search(text) and not _OPENING.match(text.partition(":")[2]) else None
    for row in text.split("\n"):
        try:
            yield json.loads(row.partition(":")[2], strict=False)
        except (ValueError, RecursionError):
            continue


def _bodies(value: object, depth: int) -> Iterator[str]:
    """Yield what may be a body: a string under a name for such, and strings so named in the items of one list."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and str(key).lower() in _KEYS:
                yield _as_html(inner)
            yield from _bodies(inner, depth + 1)
    elif isinstance(value, list):
        parts = [part for item in value for part in _part(item)]
        if len(parts) > 1:
            yield "".join(parts)
        for item in value:
            yield from _bodies(item, depth + 1)


def _part(item: object) -> Iterator[str]:
    """Yield the text of one item of a list as a paragraph."""
    if isinstance(item, str):
        yield _as_html(item)
    elif isinstance(item, dict):
        texts = (inner for key, inner in item.items() if isinstance(inner, str) and str(key).lower() in _KEYS)
        yield from map(_as_html, texts)


def _as_html(text: str) -> str:
    """Return a text as paragraphs of HTML, references in it resolved where its tags were written as such."""
    text = _SLOT.sub("", text)
    if not _TAG.search(text) and _TAG.search(html.unescape(text)):
        text = html.unescape(text)
    if _TAG.search(text):
        return text if _BLOCK.match(text) else f"<p>{text}</p>"
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())


def find_script_date(tree: Tree) -> tuple[str, etree._Element] | None:
    """Return when a page says in a script that it was published, and the script; None where scripts do not agree.

    The scripts of WeChat's pages hold it in seconds as well, which count as their readers' clocks do, in UTC+8.
    """
    told = [(match, script) for script in tree.root.iter("script") for match in _PUBLISHED.finditer(script.text or "")]
    written = [(match["written"], script) for match, script in told if match["written"]]
    counted = [(_on_clock(match["seconds"]), script) for match, script in told if match["seconds"]]
    dates = written or counted
    return dates[0] if dates and len({date[:10] for date, _ in dates}) == 1 else None


def _on_clock(seconds: str) -> str:
    moment = datetime.fromtimestamp(int(seconds[:10]), timezone(timedelta(hours=8)))
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
