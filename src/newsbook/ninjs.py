"""The model as ninjs 3.1, the IPTC's News in JSON, so that what was read and mended can be passed on.

What was done to an article, its repairs and omissions, stays in newsbook's own JSON; ninjs has no place for it.
https://iptc.org/std/ninjs/
"""

import hashlib
import json
from collections.abc import Iterator
from html import escape

import msgspec

from newsbook.formulas import cleaned
from newsbook.model import (
    Article,
    Aside,
    Block,
    Break,
    Cell,
    Crosshead,
    Definitions,
    Figure,
    Footnote,
    Items,
    Mark,
    Paragraph,
    Preformatted,
    PullQuote,
    Quotation,
    Span,
    Table,
    Text,
    Verse,
    set_cells,
)
from newsbook.model.walk import plain

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
# The element of a mark, and what it says about itself.
_TAGS = {
    Mark.STRONG: ("strong", ""),
    Mark.EMPHASIS: ("em", ""),
    Mark.PROPER_NAME: ("span", ' class="proper-name"'),
    Mark.BOOK_TITLE: ("cite", ' class="book-title"'),
    Mark.SUPERSCRIPT: ("sup", ""),
    Mark.SUBSCRIPT: ("sub", ""),
    Mark.DELETED: ("del", ""),
    Mark.INSERTED: ("ins", ""),
    Mark.CODE: ("code", ""),
}
_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


def dump(articles: tuple[Article, ...]) -> bytes:
    """Return articles as UTF-8 JSON: a news object, or a list of them."""
    news = [news_object(article) for article in articles]
    return json.dumps(news[0] if len(news) == 1 else news, ensure_ascii=False, indent=2).encode() + b"\n"


def news_object(article: Article) -> dict[str, object]:
    """Return an article as a news object. Empty fields are left out."""
    source = article.source
    uri = source.identifier or source.url or f"urn:sha256:{hashlib.sha256(msgspec.json.encode(article)).hexdigest()}"
    body = "\n".join(_markup(block, number, uri) for number, block in enumerate(article.body, 1))
    told: dict[str, object] = {
        "uri": uri,
        "type": "text",
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "firstCreated": article.published,
        "versionCreated": article.updated or article.published,
        "embargoedUntil": source.embargo,
        "pubStatus": source.status or "usable",
        "language": article.language,
        "headlines": _roles(main=article.headline, kicker=article.kicker, deck=article.deck),
        "by": article.byline,
        "located": article.dateline,
        "genres": [{"name": article.genre.value}] if article.genre else [],
        "subjects": [{"name": article.section, "rel": "section"}] if article.section else [],
        "infoSources": list(_sources(article)),
        "copyrightNotice": source.rights,
        "usageTerms": source.usage,
        "altIds": [{"role": "url", "value": source.url}] if source.url else [],
        "bodies": [{"role": "main", "contentType": "application/xhtml+xml", "value": body}] if body else [],
        "associations": [
            _picture(block, number, uri) for number, block in enumerate(article.body, 1) if isinstance(block, Figure)
        ],
    }
    return {name: value for name, value in told.items() if value}


def _roles(**texts: str) -> list[dict[str, str]]:
    return [{"role": role, "value": text} for role, text in texts.items() if text]


def _sources(article: Article) -> Iterator[dict[str, str]]:
    if article.source.outlet:
        yield {"name": article.source.outlet, "role": "publisher"}
    yield from ({"name": credit.name, "role": credit.role.value} for credit in article.credits)


def _picture(figure: Figure, number: int, uri: str) -> dict[str, object]:
    """Return a figure as an associated news object; one without its picture has no renditions."""
    kind = _TYPES.get(figure.image.rpartition(".")[2].lower(), "")
    rendition = {"name": "main", "href": figure.image, **({"contentType": kind} if kind else {})}
    told: dict[str, object] = {
        "name": f"figure-{number}",
        "uri": _name(uri, number),
        "type": "picture",
        "descriptions": _roles(caption=plain(figure.caption), alt=figure.alt),
        "by": figure.credit,
        "renditions": [rendition] if figure.image else [],
    }
    return {name: value for name, value in told.items() if value}


def _name(uri: str, number: int) -> str:
    """Return the identifier of a figure, a URI even where that of its article is none."""
    return f"{uri if ':' in uri else f'urn:newsbook:{uri}'}#figure-{number}"


def _markup(block: Block, number: int, uri: str) -> str:  # noqa: PLR0911 - a return for each type of block.
    match block:
        case Paragraph():
            return f"<p>{_inline(block.text)}</p>"
        case Crosshead():
            return f"<h2>{_inline(block.text)}</h2>"
        case PullQuote():
            return f'<p class="pull-quote">{_inline(block.text)}</p>'
        case Break():
            return "<hr/>"
        case Figure():
            source, alt = escape(block.image or _name(uri, number)), escape(block.alt)
            return (
                f'<figure><img src="{source}" alt="{alt}"/><figcaption>{_inline(block.caption)}</figcaption></figure>'
            )
        case Table():
            return _table(block)
        case _:
            return _lines(block)


def _lines(block: Quotation | Aside | Verse | Preformatted | Items | Definitions | Footnote) -> str:  # noqa: PLR0911
    match block:
        case Quotation():
            return _quotation(block)
        case Aside():
            first, *others = (_inline(text) for text in (*block.paragraphs, ()))
            title = f"<h3>{first}</h3>" if block.headed else f"<p>{first}</p>"
            return f'<aside class="box">{title}{"".join(f"<p>{text}</p>" for text in others if text)}</aside>'
        case Verse():
            return f'<pre class="verse">{_inline(block.text)}</pre>'
        case Preformatted():
            return f"<pre><code>{_inline(block.text)}</code></pre>"
        case Items():
            return _list(block)
        case Footnote():
            name = f' id="note-{escape(block.name)}"' if block.name else ""
            return f'<p class="footnote"{name}>{escape(block.mark, quote=False)} {_inline(block.text)}</p>'
        case Definitions():
            tags = ["dt" if at in block.terms else "dd" for at in range(len(block.items))]
            pairs = zip(tags, block.items, strict=True)
            return f"<dl>{''.join(f'<{tag}>{_inline(item)}</{tag}>' for tag, item in pairs)}</dl>"


def _list(block: Items) -> str:
    """Return a list; one within it stands in the item above it."""
    nested = {nesting.item: nesting for nesting in block.nested}
    start = f' start="{block.start}"' if block.ordered and block.start > 1 else ""
    made, open_tags = f"<{'ol' if block.ordered else 'ul'}{start}>", ["ol" if block.ordered else "ul"]
    for at, item in enumerate(block.items):
        depth = min(nested[at].level, len(open_tags)) if at in nested and at else 0
        while len(open_tags) > depth + 1:
            made += f"</li></{open_tags.pop()}>"
        if depth == len(open_tags):
            open_tags.append("ol" if nested[at].ordered else "ul")
            made += f"<{open_tags[-1]}>"
        else:
            made += "</li>" if at else ""
        made += f"<li>{_inline(item)}"
    return (
        made + "".join(f"</li></{tag}>" for tag in reversed(open_tags)) if block.items else f"{made}</{open_tags[0]}>"
    )


def _quotation(block: Quotation) -> str:
    said = f'<p class="attribution">{escape(block.attribution, quote=False)}</p>' if block.attribution else ""
    return f"<blockquote>{''.join(f'<p>{_inline(text)}</p>' for text in block.paragraphs)}{said}</blockquote>"


def _table(block: Table) -> str:
    caption = f"<caption>{_inline(block.caption)}</caption>" if block.caption else ""
    rows = (
        "".join(f"<{tag}{_reach(cell)}>{_inline(cell.text)}</{tag}>" for cell in row)
        for number, row in enumerate(set_cells(block))
        for tag in ("th" if number < block.header_rows else "td",)
    )
    return f"<table>{caption}{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _reach(cell: Cell) -> str:
    reach = (("rowspan", cell.rows), ("colspan", cell.columns))
    return "".join(f' {name}="{count}"' for name, count in reach if count > 1)


def _inline(text: Text) -> str:
    return "".join(map(_span, text))


def _span(span: Span) -> str:
    made = cleaned(span.math) if span.math else ""
    made = made or escape(span.text, quote=False)
    if span.ruby:
        made = f"<ruby>{made}<rt>{escape(span.ruby, quote=False)}</rt></ruby>"
    for mark in reversed(span.marks):
        tag, said = _TAGS[mark]
        made = f"<{tag}{said}>{made}</{tag}>"
    told = (("lang", span.language), ("dir", span.direction))
    said = "".join(f' {name}="{escape(value)}"' for name, value in told if value)
    made = f"<span{said}>{made}</span>" if said else made
    if span.note:
        return f'<a class="noteref" href="#note-{escape(span.note)}">{made}</a>'
    return f'<a href="{escape(span.href)}">{made}</a>' if span.href else made
