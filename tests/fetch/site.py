"""A web site of our own on loopback: what it answers is told by routes, and whatever was asked is kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from msgspec import Struct

HOST = "127.0.0.1"


class Asked(Struct, frozen=True):
    """A request as it came."""

    path: str
    headers: dict[str, str]


class Reply(Struct, frozen=True):
    """An answer: `drip` seconds lie between two bytes of the body."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0


Route = Reply | Callable[[Asked], Reply]


class Site:
    """The routes of a site, its base URL, and what was asked of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        route = self.routes.get(asked.path, Reply(status=404))
        return route if isinstance(route, Reply) else route(asked)


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a new site for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.answer(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            pieces = [reply.body] if not reply.drip else [bytes([each]) for each in reply.body]
            for piece in pieces:
                time.sleep(reply.drip)
                try:
                    self.wfile.write(piece)
                    self.wfile.flush()
                except OSError:
                    return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class calls it.
            del format, args

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://{HOST}:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
