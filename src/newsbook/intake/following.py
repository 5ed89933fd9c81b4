"""Follow what was read to what it leads to: the pages of lists, the page of a summary, the further pages of a story."""

from collections.abc import Iterable, Iterator
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from newsbook.desk import not_whole
from newsbook.diagnostics import Code, Diagnostic, InputError, Place, Report, of_it, printable
from newsbook.inputs import Input, is_file, name_of
from newsbook.intake.pages import is_next_of, joined, length_of, names_beside, page_number
from newsbook.model import Lack
from newsbook.project import Fetching
from newsbook.stories import Story

# A sitemap's index leads to sitemaps, and these to pages.
_DEEPEST = 3


class Arrival(Struct, frozen=True):
    """A story and the input that it came from. `is_bound` tells that it stands in an issue of newsbook's own JSON."""

    story: Story
    item: Input
    is_bound: bool = False


class Leads(Struct, frozen=True):
    """The addresses that an input lists, and brings no story of. A sitemap is nothing but a list, so it is followed."""

    item: Input
    addresses: tuple[str, ...]
    is_sitemap: bool = False


class InputReader(Protocol):
    """Reads inputs, as the collector does."""

    @property
    def is_online(self) -> bool:
        """Whether anything can be fetched."""
        ...

    def read(self, inputs: Iterable[Input], *, is_only: bool = False) -> list[Arrival | Leads]:
        """Return the stories of `inputs`, and the lists among them."""
        ...


def follow(read: list[Arrival | Leads], reader: InputReader, terms: Fetching, report: Report) -> list[Arrival]:
    """Return the stories of what was `read` and of what it leads to, as far as `terms` allow; what is not had is told.

    Raises `InputError` where nothing was read but a list that is not to be followed.
    """
    journey = _Journey(reader, terms, report)
    entries = journey.arrived(read, is_only=len(read) == 1)
    entries = [journey.in_full(entry) for entry in entries]
    return journey.whole(entries)


class _Journey:
    """What was followed so far."""

    def __init__(self, reader: InputReader, terms: Fetching, report: Report) -> None:
        self._reader, self._terms, self._report = reader, terms, report
        self._seen: set[str] = set()
        self._left = terms.most_pages

    # --- lists

    def arrived(self, read: list[Arrival | Leads], *, is_only: bool, depth: int = 0) -> list[Arrival]:
        """Return the stories of what was read, those of the pages that lists lead to in the place of the list."""
        entries: list[Arrival] = []
        for each in read:
            if isinstance(each, Arrival):
                entries += self._led_on(each, depth)
            else:
                entries += self._beyond(each, is_only=is_only, depth=depth)
        return entries

    def _led_on(self, entry: Arrival, depth: int) -> list[Arrival]:
        """Return a story, or those that a page of links leads to."""
        links = entry.story.extent.links
        if not links:
            return [entry]
        if self._terms.follow and entry.item.url and depth < _DEEPEST:
            return self._beyond(Leads(entry.item, links), is_only=False, depth=depth)
        message = f"it is a page of links to {len(links)} others more than a story; these were not read."
        hint = "Name them, or add --follow to have them fetched from its address."
        self._report(Diagnostic(Code.INPUT_NOT_READ, message, Place(entry.item.name), hint))
        return [entry]

    def _beyond(self, leads: Leads, *, is_only: bool, depth: int) -> list[Arrival]:
        item, count = leads.item, len(leads.addresses)
        is_asked_for = self._terms.follow or (leads.is_sitemap and bool(item.url))
        if not (is_asked_for and self._reader.is_online):
            failure = InputError(
                f"{item.name} lists {count} address{'' if count == 1 else 'es'}, and holds no article; "
                "add --follow to fetch them."
            )
            if is_only:
                raise failure
            self._report(Diagnostic(Code.ARTICLE_UNUSABLE, of_it(item.name, failure), Place(item.name)))
            return []
        if depth >= _DEEPEST:
            self._tell(item, f"it is a list in a list in a list; its {count} addresses were not followed.")
            return []
        home = item.retrieval.url if item.retrieval else leads.addresses[0]
        here = [url for url in leads.addresses if _is_of_site(url, home) and url not in self._seen]
        if others := sum(not _is_of_site(url, home) for url in leads.addresses):
            self._tell(item, f"{others} of its addresses lead to other sites; they were not followed.")
        room, self._left = here[: self._left], max(0, self._left - len(here))
        if len(room) < len(here):
            self._tell(item, f"it lists {len(here)} pages; the first {len(room)} were followed, as most_pages allows.")
        self._seen.update(room)
        return self.arrived(self._reader.read(map(_input_of, room)), is_only=False, depth=depth + 1)

    def _tell(self, item: Input, message: str) -> None:
        self._report(Diagnostic(Code.INPUT_NOT_READ, message, Place(item.name), "Name them, to have them read."))

    # --- summaries

    def in_full(self, entry: Arrival) -> Arrival:
        """Return a story of which a feed has only the summary as its page has it, where that is to be fetched."""
        story = entry.story
        if Lack.SUMMARY not in story.extent.missing:
            return entry
        url, hint = story.extent.whole, self._beside_following(story.extent.whole)
        if self._terms.follow and url and self._reader.is_online and self._left:
            self._left -= 1
            for found in self._reader.read([_input_of(url)]):
                if isinstance(found, Arrival) and length_of(found.story.article) >= length_of(story.article):
                    return replace(found, story=_with_facts(found.story, story))
        self._report(not_whole(Lack.SUMMARY, "", Place(story.article.source.name), hint))
        return entry

    def _beside_following(self, url: str) -> str:
        """Return what helps with a summary where following was asked for and did not; empty where it was not."""
        if not self._terms.follow:
            return ""
        if not url:
            return "The feed names no page of it; find the page, and name it."
        if not self._left:
            return "As many pages were followed as most_pages allows; allow more, or name its page."
        return "Its page could not be had, or has no more; save it from a browser, and name it."

    # --- pages

    def whole(self, entries: list[Arrival]) -> list[Arrival]:
        """Return stories with their further pages, whether those are among `entries`, beside them, or to be fetched."""
        known = {key: entry for entry in entries if (key := _key(entry.item)) and not entry.story.is_enclosed}
        further: dict[int, list[Arrival]] = {}
        claimed: set[int] = set()
        for entry in sorted(entries, key=_place):
            if id(entry) not in claimed:
                further[id(entry)] = self._pages_of(entry, known)
                claimed.update(map(id, further[id(entry)]))
        return [_put_together(entry, further[id(entry)]) for entry in entries if id(entry) not in claimed]

    def _pages_of(self, entry: Arrival, known: dict[str, Arrival]) -> list[Arrival]:
        """Return the further pages of a story, and tell where some are not to be had."""
        extent = entry.story.extent
        pages = list(self._fetched(entry, known) if entry.item.url else self._saved(entry, known))
        lacking = len(extent.pages) - len(pages)
        if lacking > 0 or Lack.PAGES in extent.missing:
            words = f"{lacking} of {len(extent.pages) + 1} pages" if lacking > 0 else ""
            self._report(not_whole(Lack.PAGES, words, Place(entry.story.article.source.name)))
        return pages

    def _saved(self, entry: Arrival, known: dict[str, Arrival]) -> Iterator[Arrival]:
        """Yield the pages beside a page that was saved: those that it names, and those numbered after it."""
        path, addresses = entry.item.path, entry.story.extent.pages
        if path is None or entry.story.is_enclosed:
            return
        seen = {str(path)}
        for names in names_beside(path.name, addresses):
            found = False
            for beside in (path.with_name(name) for name in names):
                other = known.get(str(beside))
                if str(beside) in seen or (
                    other and not (addresses or is_next_of(entry.story.article, other.story.article))
                ):
                    continue
                if other is None and addresses and is_file(beside):
                    read = self._reader.read([Input(printable(beside.name), beside)])
                    other = next((each for each in read if isinstance(each, Arrival)), None)
                if other:
                    found = True
                    seen.add(str(beside))
                    yield other
            if not found and not addresses:
                return

    def _fetched(self, entry: Arrival, known: dict[str, Arrival]) -> Iterator[Arrival]:
        """Yield the pages of a story on the network, those that its further pages name, too."""
        home = _url(entry.item)
        waiting = list(entry.story.extent.pages)
        seen = {home}
        for _ in range(self._terms.most_pages):
            url = next((url for url in waiting if url not in seen and _host(url) == _host(home)), "")
            if not url:
                return
            seen.add(url)
            read = [known[url]] if url in known else self._reader.read([_input_of(url)])
            for other in read:
                if isinstance(other, Arrival) and _url(other.item) not in seen - {url}:
                    waiting += other.story.extent.pages
                    yield other


def _key(item: Input) -> str:
    return _url(item) if item.url else str(item.path or "")


def _url(item: Input) -> str:
    return item.retrieval.url if item.retrieval else item.url


def _place(entry: Arrival) -> tuple[int, int]:
    """Return which pages are looked at first: those that others follow."""
    return entry.story.extent.before, page_number(entry.item.name)[1]


def _put_together(entry: Arrival, further: list[Arrival]) -> Arrival:
    before = min(entry.story.extent.before, len(further))
    pages = (*further[:before], entry, *further[before:])
    return replace(entry, story=joined(tuple(page.story for page in pages), before)) if further else entry


def _input_of(url: str) -> Input:
    return Input(name_of(url), None, url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _is_of_site(url: str, home: str) -> bool:
    """Tell whether an address is of the site that lists it, its subdomains among them."""
    host, site = _host(url), _host(home).removeprefix("www.")
    return host == site or host.endswith(f".{site}")


def _with_facts(page: Story, entry: Story) -> Story:
    """Return a story as its page has it, with what only the feed states."""
    article, stated = page.article, entry.article
    source = replace(
        article.source,
        outlet=article.source.outlet or stated.source.outlet,
        url=article.source.url or stated.source.url,
    )
    filled = replace(
        article,
        headline=article.headline or stated.headline,
        published=article.published or stated.published,
        section=article.section or stated.section,
        credits=article.credits or stated.credits,
        source=source,
    )
    return replace(page, article=filled)
