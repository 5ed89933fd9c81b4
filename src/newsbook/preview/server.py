"""The server of a preview: bound to this machine alone, with a token that nobody can guess, until it is stopped."""

import socket
from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe
from types import FrameType

import tomlkit  # noqa: F401 - edits need it: that it is missing is said before anything is shown.
import uvicorn
import watchfiles  # noqa: F401 - as before.

from newsbook.diagnostics import OutputError
from newsbook.preview.board import Board
from newsbook.preview.guard import Guard
from newsbook.preview.site import site
from newsbook.preview.sources import Stated
from newsbook.preview.watching import Watch
from newsbook.preview.workshop import Workshop

HOST = "127.0.0.1"


def serve(stated: Stated, settings: Path, port: int, scratch: Path, ready: Callable[[str], None]) -> None:
    """Show a project, and what becomes of it, at an address that `ready` is told, until a signal ends that.

    `port` is 0 for any that is free. `settings` is the newsbook.toml, which may not be there yet; `scratch` a folder
    for all that is made. Raises `OutputError` where the port cannot be had.
    """
    with _bound(port) as listening:
        host = f"{HOST}:{listening.getsockname()[1]}"
        token = token_urlsafe(24)
        workshop = Workshop(stated, settings, Board(), scratch)
        watch = Watch(workshop)
        config = uvicorn.Config(
            Guard(site(workshop), host, token),
            log_config=None,
            lifespan="off",
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=2,
        )
        workshop.open()
        watch.open()
        try:
            ready(f"http://{host}/{token}/")
            _Server(config, workshop.board).run([listening])
        finally:
            workshop.board.close()
            watch.close()
            workshop.close()


class _Server(uvicorn.Server):
    """A server that lets nobody wait for news when it is to end."""

    def __init__(self, config: uvicorn.Config, board: Board) -> None:
        super().__init__(config)
        self._board = board

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        self._board.close()
        super().handle_exit(sig, frame)


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise OutputError(f"port {port} cannot be listened at: {reason}; name another with --port, or 0.") from error
    return listening
