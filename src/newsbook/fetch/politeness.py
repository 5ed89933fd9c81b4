"""Politeness towards hosts: no request that robots.txt forbids (RFC 9309), and a pause between two to one host."""

from collections.abc import Callable

import httpx
from msgspec import Struct
from protego import Protego

from newsbook.diagnostics import InputError, LimitError
from newsbook.fetch.client import Answer, Client
from newsbook.fetch.clock import Clock
from newsbook.project import Fetching

# RFC 9309, section 2.2.1: the product token by which a robots.txt names the program.
TOKEN = "newsbook"  # noqa: S105 - a name.

# RFC 9309, section 2.5: at least 500 kibibytes must be parsed, and the rest may be left.
_PARSED = 512_000

# A host that asks for more than this between two pages does not want to be crawled; one page is no crawl.
_LONGEST_DELAY = 10.0

_CLIENT_ERRORS = range(400, 500)
_OK = range(200, 300)


class Rules(Struct, frozen=True):
    """What may be fetched. Without `parsed` rules, everything may, or, if `unknown` gives a reason, nothing."""

    parsed: Protego | None
    unknown: str = ""

    def refusal(self, url: str) -> str:
        """Return a sentence that says why `url` must not be fetched; empty where it may be."""
        if self.unknown or self.parsed is None or self.parsed.can_fetch(url, TOKEN):
            return self.unknown
        return f"{url} is not for programs, as the robots.txt of its host says; save it from a browser."

    @property
    def delay(self) -> float:
        """Return the seconds that shall lie between two requests. It is 0 where nothing is said."""
        said = self.parsed.crawl_delay(TOKEN) if self.parsed else None
        return min(said or 0.0, _LONGEST_DELAY)


def rules_of(ask: Callable[[], Answer]) -> Rules:
    """Return the rules of a host; `ask` fetches its robots.txt.

    RFC 9309, section 2.3.1: without such a file everything may be fetched, and nothing where the host does not answer.
    """
    try:
        answer = ask()
    except LimitError:
        return Rules(None)
    except InputError as error:
        return Rules(None, str(error))
    if answer.status in _OK:
        return Rules(Protego.parse(_whole_lines(answer.body).decode("utf-8", "replace")))
    unknown = f"{answer.location} answers {answer.status}, so that newsbook may fetch nothing there."
    return Rules(None, "" if answer.status in _CLIENT_ERRORS else unknown)


def _whole_lines(body: bytes) -> bytes:
    """Return the head of a robots.txt; where it was cut off, without the line that it was cut in."""
    return body if len(body) < _PARSED else body[: body.rfind(b"\n") + 1]


class Politeness:
    """Knows the rules of the hosts that were met, and when each was asked last."""

    def __init__(self, terms: Fetching, clock: Clock, client: Client) -> None:
        self._terms, self._clock, self._client = terms, clock, client
        self._rules: dict[str, Rules] = {}
        self._asked: dict[str, float] = {}

    def approve(self, url: httpx.URL) -> None:
        """Wait until `url` may be asked for. Raises `InputError` where it may not be at all."""
        delay = self._terms.delay
        if not self._terms.ignore_robots:
            rules = self._rules_for(url)
            refusal = rules.refusal(str(url))
            if refusal:
                raise InputError(refusal)
            delay = max(delay, rules.delay)
        self._wait(url, delay)

    def _rules_for(self, url: httpx.URL) -> Rules:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._rules:
            robots = f"{origin}/robots.txt"
            self._rules[origin] = rules_of(lambda: self._client.ask(robots, {}, self._pace, _PARSED))
        return self._rules[origin]

    def _pace(self, url: httpx.URL) -> None:
        self._wait(url, self._terms.delay)

    def _wait(self, url: httpx.URL, delay: float) -> None:
        now = self._clock.monotonic()
        asked = self._asked.get(url.host)
        if asked is not None and asked + delay > now:
            self._clock.sleep(asked + delay - now)
        self._asked[url.host] = self._clock.monotonic()
