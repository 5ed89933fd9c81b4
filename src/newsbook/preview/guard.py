"""Who may ask: a browser on this machine that was given the token, for itself and for no other page.

The token is the first part of every path. The host must be the one that was bound, so that a name which somebody lets
point here (DNS rebinding) gets nothing, and what a page of another origin asks for is refused whatever it knows.
"""

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 1_000_000
"""Bytes of a request's body at most."""

# https://w3c.github.io/webappsec-fetch-metadata/ : a person who follows the address is of no site.
_SITES = frozenset({b"same-origin", b"none"})

_FORBIDDEN, _TOO_LARGE = 403, 413


class Guard:
    """Lets those requests through to an application that bear the token and are of this host and this origin."""

    def __init__(self, app: App, host: str, token: str) -> None:
        self._app = app
        self._host, self._origin = host.encode(), f"http://{host}".encode()
        self._prefix = f"/{token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with nothing."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send) if scope["type"] == "lifespan" else None
        if not self._is_ours(scope):
            return await _refuse(send, _FORBIDDEN)
        if _length(scope) > MOST_BYTES:
            return await _refuse(send, _TOO_LARGE)
        path = scope["path"].removeprefix(self._prefix)
        return await self._app({**scope, "path": path, "raw_path": path.encode()}, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        said = {name: [value for other, value in headers if other == name] for name, _ in headers}
        token = scope["path"][: len(self._prefix)].encode("utf-8", "surrogatepass")
        has_token = hmac.compare_digest(token, self._prefix.encode())
        is_whole = scope["path"][len(self._prefix) :].startswith("/")
        is_here = said.get(b"host") == [self._host]
        is_own = said.get(b"origin", [self._origin]) == [self._origin]
        is_near = all(site in _SITES for site in said.get(b"sec-fetch-site", ()))
        is_safe = scope["method"] in {"GET", "HEAD"} or said.get(b"origin") == [self._origin]
        return has_token and is_whole and is_here and is_own and is_near and is_safe


def _length(scope: Scope) -> int:
    stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(stated) if stated.isdigit() else 0


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
