"""Manners towards hosts: no request that a robots.txt forbids, and a pause between two to the same host."""

import httpx

from newsbook.diagnostics import InputError
from newsbook.fetch.client import Exchange
from newsbook.fetch.clock import Clock
from newsbook.fetch.robots import Rules, rules_of
from newsbook.fetch.settings import Terms


class Manners:
    """Knows the rules of the hosts that were met, and when each was asked last."""

    def __init__(self, terms: Terms, clock: Clock, exchange: Exchange) -> None:
        self._terms, self._clock, self._exchange = terms, clock, exchange
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
            self._rules[origin] = rules_of(lambda: self._exchange.ask(robots, {}, self._pace))
        return self._rules[origin]

    def _pace(self, url: httpx.URL) -> None:
        self._wait(url, self._terms.delay)

    def _wait(self, url: httpx.URL, delay: float) -> None:
        now = self._clock.monotonic()
        asked = self._asked.get(url.host)
        if asked is not None and asked + delay > now:
            self._clock.sleep(asked + delay - now)
        self._asked[url.host] = self._clock.monotonic()
