"""The site of a preview: what a page in the browser asks for, and what it has written."""

import json
import tomllib
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from newsbook.assets import asset_bytes, read_asset
from newsbook.diagnostics import NewsbookError
from newsbook.preview.deciding import Decided, UndecidableError, decide, galley_of
from newsbook.preview.ebook import chapters_of, file_in
from newsbook.preview.edits import Editor, EditRequest
from newsbook.preview.guard import MOST_BYTES
from newsbook.preview.pages import picture, text_of
from newsbook.preview.workshop import Touched, Workshop

V = TypeVar("V")

# https://www.w3.org/TR/CSP3/ : nothing from elsewhere, no script but our own, and none in an e-book.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_BOOK_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
_SHARED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FOR_EVER = "private, max-age=86400, immutable"
_ASSETS = (
    "article.js", "aside.js", "book.js", "findings.js", "icon.svg", "index.html", "main.js", "order.js", "pages.js",
    "preview.css", "site.js", "words.js",
)  # fmt: skip

# https://html.spec.whatwg.org/#scriptingLanguages : a module is refused that is of another type.
_ASSET_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}

# Pixels of a page's picture: a thumbnail at least, and no more than a large screen shows at double resolution.
_NARROWEST, _WIDEST = 80, 4000

# Seconds between two signs of life.
_BEAT = 15.0


def site(workshop: Workshop) -> Starlette:
    """Return the application that shows a workshop's board."""
    served = _Site(workshop, Editor(workshop))
    routes = [
        Route("/", _asset("index.html")),
        *(Route(f"/{name}", _asset(name)) for name in _ASSETS if name != "index.html"),
        Route("/meanings.json", _meanings),
        Route("/state.json", served.state),
        Route("/events", served.events),
        Route("/pages/{digest:str}/{number:int}.png", served.page),
        Route("/pages/{digest:str}/{number:int}.json", served.text),
        Route("/book/{digest:str}/chapters.json", served.chapters),
        Route("/book/{digest:str}/files/{path:path}", served.book),
        Route("/galley.json", served.galley),
        Route("/edit", served.edit, methods=["POST"]),
        Route("/decide", served.decide, methods=["POST"]),
    ]
    return Starlette(routes=routes)


class _Site:
    """The answers of a site, of what one workshop has made."""

    def __init__(self, workshop: Workshop, editor: "Editor") -> None:
        self._workshop, self._editor = workshop, editor

    async def state(self, request: Request) -> Response:
        """Answer with all that is shown now."""
        del request
        return _json(self._workshop.board.snapshot)

    async def events(self, request: Request) -> Response:
        """Answer with a line for every change, as long as somebody listens (HTML, server-sent events)."""

        async def lines() -> AsyncIterator[bytes]:
            version, board = -1, self._workshop.board
            while not board.is_closed and not await request.is_disconnected():
                snapshot = await board.later_than(version, _BEAT)
                is_new, version = snapshot.version != version, snapshot.version
                yield f"data: {version}\n\n".encode() if is_new else b":\n\n"

        headers = {**_SHARED, "Cache-Control": "no-store"}
        return StreamingResponse(lines(), media_type="text/event-stream", headers=headers)

    def page(self, request: Request) -> Response:
        """Answer with a picture of a page."""
        pdf = self._content(request)
        width = request.query_params.get("width", "")
        if not (width.isascii() and width.isdigit() and _NARROWEST <= int(width) <= _WIDEST):
            raise HTTPException(404)
        drawn = self._of_pdf(lambda: picture(pdf, request.path_params["number"], int(width)))
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/png", headers={**_SHARED, "Cache-Control": _FOR_EVER})

    def text(self, request: Request) -> Response:
        """Answer with the text of a page and where it stands."""
        pdf = self._content(request)
        runs = self._of_pdf(lambda: text_of(pdf, request.path_params["number"]))
        return _json(runs, _FOR_EVER)

    def chapters(self, request: Request) -> Response:
        """Answer with the documents of an e-book."""
        digest = self._digest(request)
        return _json(self._of_pdf(lambda: chapters_of(self._workshop.store.path(digest))), _FOR_EVER)

    def book(self, request: Request) -> Response:
        """Answer with a file of an e-book, which may run nothing and load nothing from elsewhere."""
        found = file_in(self._workshop.store.path(self._digest(request)), request.path_params["path"])
        if found is None:
            raise HTTPException(404)
        data, kind = found
        headers = {**_SHARED, "Cache-Control": _FOR_EVER, "Content-Security-Policy": _BOOK_POLICY}
        return Response(data, media_type=kind, headers=headers)

    def galley(self, request: Request) -> Response:
        """Answer with what there is to decide on an article."""
        try:
            galley = galley_of(request.query_params.get("article", ""), self._workshop)
        except NewsbookError as error:
            return _refusal(error)
        return _json(
            {
                "article": galley.article.source.name,
                "language": galley.article.language,
                "file": galley.decisions,
                "doubts": galley.doubts,
                "changes": galley.changes,
                "omissions": galley.left_out,
            }
        )

    async def edit(self, request: Request) -> Response:
        """Write an edit into the issue file."""
        said = await _said(request, EditRequest)
        return await self._written(lambda: self._editor.edit(said.edit))

    async def decide(self, request: Request) -> Response:
        """Write a decision beside its page."""
        said = await _said(request, Decided)

        def work() -> None:
            place = decide(said, self._workshop)
            self._workshop.touch(Touched(files=frozenset((place.resolve(),)), articles=frozenset((said.article,))))

        return await self._written(work)

    async def _written(self, work: Callable[[], None]) -> Response:
        try:
            await run_in_threadpool(work)
        except NewsbookError as error:
            return _refusal(error)
        return Response(status_code=204, headers=_SHARED)

    def _digest(self, request: Request) -> str:
        """Return the hash that is asked for, of what the workshop has made and of nothing else."""
        digest: str = request.path_params["digest"]
        if digest not in self._workshop.digests:
            raise HTTPException(404)
        return digest

    def _content(self, request: Request) -> bytes:
        return self._workshop.store.read(self._digest(request))

    def _of_pdf(self, work: Callable[[], V]) -> V:
        try:
            return work()
        except ValueError as error:
            raise HTTPException(404) from error


def _asset(name: str) -> Callable[[Request], Response]:
    kind = _ASSET_TYPES[name.rpartition(".")[2]]
    headers = {**_SHARED, "Cache-Control": "no-store", "Content-Security-Policy": _PAGE_POLICY}

    def answer(request: Request) -> Response:
        del request
        return Response(asset_bytes(f"templates/preview/{name}"), media_type=kind, headers=headers)

    return answer


def _meanings(request: Request) -> Response:
    """Answer with what each finding means and what one can do, by language and code."""
    del request
    return _json(tomllib.loads(read_asset("templates/findings.toml")))


async def _said(request: Request, kind: type[V]) -> V:
    """Return what a request says in JSON. Raises `HTTPException` where it is none, too much, or something else."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415)
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise HTTPException(413)
        return msgspec.json.decode(bytes(body), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ClientDisconnect) as error:
        raise HTTPException(400) from error


def _json(value: object, keeping: str = "no-store") -> Response:
    data = msgspec.json.encode(value)
    return Response(data, media_type="application/json", headers={**_SHARED, "Cache-Control": keeping})


def _refusal(error: NewsbookError) -> Response:
    """Answer why something was not done, in a sentence."""
    status = 404 if isinstance(error, UndecidableError) else 409
    return Response(json.dumps({"failure": str(error)}), status, media_type="application/json", headers=_SHARED)
