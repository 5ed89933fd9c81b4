"""The HTTP client: one request and its answer, bounded in redirects, bytes and time, with retries where they help."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx
from msgspec import Struct

from newsbook.diagnostics import InputError, LimitError
from newsbook.fetch.clock import Clock
from newsbook.fetch.transport import Transport
from newsbook.project import Fetching

# RFC 9110, sections 15.5 and 15.6, RFC 6585, section 4: with these, the same request may succeed a little later.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

# What a coding may blow up to is bounded by these alone: a piece of some kilobytes makes some megabytes at most.
_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_PIECE = 65536

Approve = Callable[[httpx.URL], None]
"""Called before every request: raises `InputError` where it must not be made, and waits until it may."""


class Answer(Struct, frozen=True):
    """What a server gave: the final URL, the status, the media type as stated, and the bytes."""

    location: str
    status: int
    type: str
    body: bytes


class _Passing(Exception):  # noqa: N818 - a reason to try again is no error yet.
    """A retry may help. `wait` is for how many seconds the server asks to be left alone."""

    def __init__(self, sentence: str, wait: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait = wait


class Client:
    """Asks servers, over one transport."""

    def __init__(self, terms: Fetching, clock: Clock, agent: str) -> None:
        self._terms, self._clock = terms, clock
        headers = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate"}
        # A proxy could reach what newsbook must not. So those of the environment are not used.
        self._transport = Transport(terms, clock)
        self._client = httpx.Client(transport=self._transport, headers=headers, timeout=terms.timeout, trust_env=False)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def allot(self, due: float) -> None:
        """Let whatever is asked for from now on take no longer than until `due`, in the seconds of the clock."""
        self._transport.due = due

    def ask(self, url: str, headers: dict[str, str], approve: Approve, head: int = 0) -> Answer:
        """Return the answer to a GET of `url`, whatever its status; where `head` is set, no more of its body.

        Raises `InputError` where no answer comes, and `LimitError` where it is too large, or redirected too often.
        """
        pause = self._terms.pause
        for tries_left in reversed(range(self._terms.tries)):
            try:
                return self._follow(url, headers, approve, head)
            except _Passing as reason:
                if not tries_left:
                    raise InputError(f"{url} {reason}, {_times(self._terms.tries)}; try again later.") from reason
                if reason.wait > self._terms.patience:
                    raise InputError(f"{url} {reason}, and asks for {reason.wait:.0f} seconds; try later.") from reason
                wait = max(reason.wait, pause)
                if self._clock.monotonic() + wait >= self._transport.due:
                    raise InputError(f"{url} {reason}, and its time is over; try again later.") from reason
                self._clock.sleep(wait)
                pause *= 2
        raise InputError(f"{url} was not asked, for no try was allowed.")

    def _follow(self, url: str, headers: dict[str, str], approve: Approve, head: int) -> Answer:
        try:
            request = self._client.build_request("GET", url, headers=headers)
        except (httpx.InvalidURL, ValueError) as error:
            raise InputError(f"{url} is no address ({error}); check it.") from error
        for _ in range(self._terms.redirects + 1):
            check(request.url)
            approve(request.url)
            response = self._send(request)
            try:
                if response.next_request is None:
                    return self._receive(response, url, head)
                request = response.next_request
            finally:
                response.close()
        raise LimitError(f"{url} is redirected more than {self._terms.redirects} times; check the address.")

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._client.send(request, stream=True)
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise _Passing("does not answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _Passing(f"cannot be reached ({error or type(error).__name__})") from error
        # A redirect to a name that is none is found out while it is followed: by httpx, by idna or by the codec.
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.UnsupportedProtocol, ValueError) as error:
            raise InputError(f"{request.url} leads nowhere ({error}); check the address.") from error

    def _receive(self, response: httpx.Response, asked: str, head: int) -> Answer:
        if response.status_code in _PASSING:
            wait = wait_asked_for(response.headers.get("Retry-After", ""), self._clock.now())
            raise _Passing(f"answers {response.status_code} {response.reason_phrase}", wait)
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        if coding not in _CODINGS:
            raise InputError(f"{asked} comes in the coding “{coding}”, which was not asked for.")
        body = bytearray()
        try:
            for piece in response.iter_bytes(_PIECE):
                body += piece
                if head and len(body) >= head:
                    break
                if len(body) > self._terms.most_bytes:
                    raise LimitError(f"{asked} has more than {self._terms.most_bytes:,} bytes.")
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise _Passing("does not come to an end in time") from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _Passing(f"breaks off ({error or type(error).__name__})") from error
        media_type = response.headers.get("Content-Type", "")
        return Answer(
            str(response.url.copy_with(fragment=None)), response.status_code, media_type, bytes(body[: head or None])
        )


def check(url: httpx.URL) -> None:
    """Raise `InputError` where newsbook would never fetch `url`."""
    if url.scheme not in {"http", "https"}:
        raise InputError(f"{_shown(url)} is not of http or https, which are all that newsbook fetches.")
    if not url.host:
        raise InputError(f"{_shown(url)} names no host; check the address.")
    if url.userinfo:
        raise InputError(f"{_shown(url)} holds a user's name or password; save the page from a browser instead.")


def _shown(url: httpx.URL) -> str:
    return str(url.copy_with(userinfo=b""))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def wait_asked_for(retry_after: str, now: datetime) -> float:
    """Return the seconds that a `Retry-After` header asks for. It is 0 where the header cannot be understood.

    RFC 9110, section 10.2.3: a number of seconds, or a date.

    >>> wait_asked_for("7", datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> wait_asked_for("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    if retry_after.strip().isdecimal():
        return float(retry_after.strip()[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
