"""The transport below the client: each connection goes to a checked address, and no answer outlasts its time."""

import ssl
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from newsbook.fetch.addresses import permitted
from newsbook.fetch.clock import Clock
from newsbook.project import Fetching


class Transport(httpx.BaseTransport):
    """Carries requests of `httpx`. The name of a host is resolved and checked once for a connection.

    Whatever is asked for must have come by the moment `due`, in the seconds of the clock.
    """

    def __init__(self, terms: Fetching, clock: Clock) -> None:
        self._terms, self._clock = terms, clock
        self.due = 0.0
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Network(self, terms)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` and return the response, its body still to come."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_AnswerBody(response), extensions=response.extensions
        )

    def left(self) -> float:
        """Return how many seconds are left. Raises `httpcore.ReadTimeout` where none are."""
        left = self.due - self._clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long")
        return left

    def bounded(self, timeout: float | None) -> float:
        """Return how many seconds a wait may take. Raises `httpcore.ReadTimeout` where none are left."""
        left = self.left()
        return left if timeout is None else min(timeout, left)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _AnswerBody(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._response.iter_stream())

    def close(self) -> None:
        self._response.close()


class _Network(httpcore.NetworkBackend):
    """Connects to the addresses that are permitted, one after another, until one answers."""

    def __init__(self, transport: Transport, terms: Fetching) -> None:
        self._transport, self._terms = transport, terms
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to `host`. Raises `InputError` where it may not be connected to."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in permitted(host, port, self._terms.allow_hosts):
            try:
                bounded = self._transport.bounded(timeout)
                stream = self._network.connect_tcp(address, port, bounded, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._transport)
        raise failure


class _Stream(httpcore.NetworkStream):
    """A stream that waits no longer than until the answer is due."""

    def __init__(self, stream: httpcore.NetworkStream, transport: Transport) -> None:
        self._stream, self._transport = stream, transport

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next. Raises `httpcore.ReadTimeout` where it does not come in time."""
        return self._stream.read(max_bytes, self._transport.bounded(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send `buffer`."""
        self._stream.write(buffer, self._transport.bounded(timeout))

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the stream, from now on encrypted to the host of that name."""
        bounded = self._transport.bounded(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, bounded), self._transport)

    def get_extra_info(self, info: str) -> object:
        """Return what the stream below says of itself."""
        return self._stream.get_extra_info(info)
