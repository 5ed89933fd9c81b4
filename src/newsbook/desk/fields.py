"""Write what was found into the fields of an article: credits, source, and what a meta line says."""

from msgspec.structs import replace

from newsbook.desk.draft import Draft
from newsbook.desk.labels import Field
from newsbook.desk.language import detect
from newsbook.desk.lines import printed
from newsbook.desk.meta import PUBLISHED_AT, Meta, Value, credits_of, is_byline, leftovers
from newsbook.desk.names import is_japanese_name
from newsbook.desk.rules import finder
from newsbook.desk.unlabelled import joined_name, may_sign_in_japanese
from newsbook.model import Article, Credit, Line, Omission, Part, Role, Source
from newsbook.script import fold


def with_credits(article: Article, credits_: tuple[Credit, ...]) -> Article:
    """Return `article` with those of `credits_` that it does not have yet."""
    return replace(article, credits=tuple(dict.fromkeys(article.credits + credits_)))


def with_source(article: Article, outlet: str, url: str) -> Article:
    """Return `article` with its outlet and address, where they were not known before; 本報 names none."""
    source: Source = article.source
    outlet = "" if finder("outlets", "this_paper")(fold(outlet)) else outlet
    return replace(article, source=replace(source, outlet=source.outlet or outlet, url=source.url or url))


def with_writers(article: Article, said: str, named: tuple[Credit, ...]) -> str:
    """Return the byline of `article` with what another line `said`, so that none of those `named` is missing in it.

    It stays empty where names are all that there is: credits have these.
    """
    if not (article.byline or said):
        return ""
    parts = [article.byline or _writers(article.credits, said), said, _writers(named, article.byline + said)]
    return " ".join(part for at, part in enumerate(parts) if part and part not in "".join(parts[:at]))


def _writers(named: tuple[Credit, ...], said: str) -> str:
    """Return the writers among those `named` who are not in what is `said`."""
    solid = "".join(said.split())
    writers = (each.name for each in named if each.role in {Role.AUTHOR, Role.CORRESPONDENT})
    return "、".join(name for name in writers if "".join(name.split()) not in solid)


def take_meta(draft: Draft, line: Line, meta: Meta) -> Draft:
    """Write what a meta line says into the article, and record what of it is not kept."""
    article, meta = draft.article, _with_reporter(meta, draft.lines)
    byline = meta.first(Field.SIGNATURE) or (printed(line) if _is_shared(meta) else "")
    article = replace(
        article,
        published=article.published or meta.first(Field.PUBLISHED),
        updated=article.updated or meta.first(Field.UPDATED),
        section=article.section or meta.first(Field.SECTION),
        byline=with_writers(article, byline, credits_of(meta)),
    )
    outlet = "" if _is_weak(meta) and states(draft, "outlet") else meta.first(Field.OUTLET)
    address, url = ("", "") if article.source.url or states(draft, "url") else _address(meta)
    likely = draft.likely or ("" if outlet else meta.first(Field.OUTLET)) or meta.first(Field.EMPLOYER)
    article = with_credits(with_source(article, outlet, url), credits_of(meta))
    second = meta.first(Field.OUTLET) if meta.first(Field.OUTLET) != article.source.outlet else ""
    unkept = (words for words in leftovers(meta) if words != address and words not in article.byline)
    rest = " ".join(filter(None, (second, *_named_again(draft.article, meta), *unkept)))
    omissions = (*draft.omissions, Omission("meta", line.number, rest)) if rest else draft.omissions
    return replace(draft, article=article, omissions=omissions, likely=likely)


def _named_again(article: Article, meta: Meta) -> tuple[str, ...]:
    """Return what names nobody but whom another line has named for the same part."""
    each = ((value.text, credits_of(Meta((value,)))) for value in meta.values)
    return tuple(text for text, named in each if named and all(credit in article.credits for credit in named))


def _is_weak(meta: Meta) -> bool:
    return not any(value.field is Field.OUTLET and value.sure for value in meta.values)


def _address(meta: Meta) -> tuple[str, str]:
    """Return the words of a meta line that say where the story was published, and the address in them."""
    said = ((value.text, PUBLISHED_AT.fullmatch(fold(value.text))) for value in meta.values if value.field is Field.URL)
    return next(((words, words[match.start("url") :]) for words, match in said if match), ("", ""))


def states(draft: Draft, field: str) -> bool:
    """Tell whether the page's metadata state a field, as `outlet` or `url`."""
    return any(markup.field == field for markup in draft.markup.values() if markup.part is Part.STATED)


def _is_shared(meta: Meta) -> bool:
    """Tell whether a byline names several people, or what each did: then it is worth keeping as it is printed."""
    return is_byline(meta) and len(meta.values) > 1 and Field.EMPLOYER not in meta.fields


def _with_reporter(meta: Meta, lines: tuple[Line, ...]) -> Meta:
    """Take the name beside date and outlet for the reporter's on a Japanese page."""
    name = joined_name(meta.rest)
    dated = meta.fields == {Field.PUBLISHED, Field.OUTLET} or (
        meta.fields == {Field.PUBLISHED} and is_japanese_name(name)
    )
    if not dated or not may_sign_in_japanese(name):
        return meta
    is_japanese = detect("".join(printed(line) for line in lines)) == "ja"
    return Meta((*meta.values, Value(Field.AUTHOR, name))) if is_japanese else meta
