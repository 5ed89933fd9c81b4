"""A session of fetching: what the cache has comes from there, and the rest from the network."""

import hashlib
import tempfile
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from msgspec import Struct

from newsbook.diagnostics import InputError, LimitError
from newsbook.fetch.cache import Cache, CachedAnswer
from newsbook.fetch.client import Answer, Client
from newsbook.fetch.clock import Clock, written
from newsbook.fetch.politeness import Politeness
from newsbook.model import Retrieval
from newsbook.project import Fetching

_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5"
_PICTURE = "image/jpeg,image/png,image/webp;q=0.9,image/avif;q=0.8,image/*;q=0.7"


class Fetched(Struct, frozen=True):
    """Something fetched: the file that holds its bytes, and its provenance."""

    path: Path
    retrieval: Retrieval


class Session:
    """Fetches pages and pictures, each URL once. It is a context; its files, in `scratch`, last as long as it does."""

    def __init__(self, terms: Fetching, version: str, clock: Clock, scratch: Path | None = None) -> None:
        self.terms = terms
        self._clock = clock
        self._scratch = tempfile.TemporaryDirectory(prefix="newsbook-", dir=scratch)
        self._cache = Cache(Path(terms.cache or self._scratch.name))
        # RFC 9309, section 2.2.1: the agent string holds the token by which a robots.txt names the program.
        self._client = Client(terms, self._clock, f"newsbook/{version}")
        self._politeness = Politeness(terms, self._clock, self._client)
        self._ends = self._clock.monotonic() + terms.total
        self._fresh: set[str] = set()
        self._failures: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._scratch.cleanup()

    def page(self, url: str) -> Fetched:
        """Return the page at `url`. Raises `InputError` or `LimitError` with the reason where it cannot be had."""
        return self._get(url, {"Accept": _PAGE})

    def picture(self, url: str, page: str) -> Fetched:
        """Return the picture at `url`. `page` is the page that shows it, which some hosts want to know."""
        return self._get(url, {"Accept": _PICTURE} | ({"Referer": page} if page else {}))

    def _get(self, url: str, headers: dict[str, str]) -> Fetched:
        url = _plain(url)
        if url in self._failures:
            raise InputError(self._failures[url])
        entry = None if self.terms.refresh and url not in self._fresh else self._cache.find(url)
        try:
            entry = entry or self._bring(url, headers)
        except (InputError, LimitError) as error:
            self._failures[url] = str(error)
            raise
        return Fetched(self._cache.body(entry), entry.retrieval)

    def _bring(self, url: str, headers: dict[str, str]) -> CachedAnswer:
        """Fetch `url` from the network and keep it."""
        if self.terms.offline:
            raise InputError(f"{url} is not in the cache, and --offline forbids fetching it; leave that out once.")
        now = self._clock.monotonic()
        if now >= self._ends:
            raise LimitError(f"{url} was not fetched, for fetching has taken {self.terms.total:,.0f} seconds in all.")
        self._client.allot(min(now + self.terms.deadline, self._ends))
        answer = self._client.ask(url, headers, self._politeness.approve)
        _refuse_failure(url, answer)
        retrieval = Retrieval(
            url=answer.location,
            retrieved=written(self._clock.now()),
            sha256=hashlib.sha256(answer.body).hexdigest(),
            size=len(answer.body),
            asked=url if url != answer.location else "",
        )
        entry = CachedAnswer(url, answer.type, retrieval)
        self._cache.keep(entry, answer.body)
        self._fresh.add(url)
        return entry


def _plain(url: str) -> str:
    """Return `url` in normal form, without its fragment. Raises `InputError` where it is no URL."""
    try:
        return str(httpx.URL(url.strip()).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError(f"{url[:200]} is no address ({error}); check it.") from error


def _refuse_failure(url: str, answer: Answer) -> None:
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        known = {status.value: status.phrase for status in HTTPStatus}
        raise InputError(
            f"{url} answers {answer.status} {known.get(answer.status, '')}".rstrip() + "; check the address."
        )
    if not answer.body:
        raise InputError(f"{url} answers with nothing; check the address.")
