"""From the asynchronous server to Django's WSGI handler, in a bounded pool of threads.

Slowness stays on this side: bodies are read whole before a thread is taken, and files are sent after it
is given back.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

from guichet.project.wsgi_environ import FileBody, environ_of

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]

MEMORY_PER_BODY = 2**20
SLOWEST_BODY = 1024  # bytes a second
GRACE = 10.0  # seconds before slowness counts


class Refused(Exception):
    """The body cannot be taken; `status` says why."""

    def __init__(self, status: int) -> None:
        self.status = status


class Gone(Exception):
    """The client went away."""


class Bridge:
    """An ASGI application that answers HTTP with a WSGI one. `body_limit` is in bytes."""

    def __init__(self, application: Application, *, threads: int, body_limit: int) -> None:
        self.application = application
        self.body_limit = body_limit
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        with SpooledTemporaryFile(MEMORY_PER_BODY) as body:
            try:
                await self._read(scope, receive, body)
            except Gone:
                return
            except Refused as refusal:
                await _refuse(refusal.status, scope, receive, send)
                return
            loop = asyncio.get_running_loop()
            status, headers, chunks = await loop.run_in_executor(self.pool, self._answer, scope, body)
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send(
                {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
            )
            if isinstance(chunks, bytes):
                await _send_chunk(send, chunks, more=False)
            else:
                await self._stream(chunks, send, gone, scope["method"] == "HEAD")
        finally:
            gone.cancel()

    async def _read(self, scope: HTTPScope, receive: ASGIReceiveCallable, body: IO[bytes]) -> None:
        """Take the whole body. Raises Gone, or Refused when it is too long (413) or too slow (408)."""
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self.body_limit:
            raise Refused(413 if announced.isdigit() else 400)
        started = asyncio.get_running_loop().time()
        length, more = 0, True
        while more:
            try:
                async with asyncio.timeout_at(started + GRACE + length / SLOWEST_BODY):
                    message = await receive()
            except TimeoutError:
                raise Refused(408) from None
            if message["type"] != "http.request":
                raise Gone
            length += len(message["body"])
            if length > self.body_limit:
                raise Refused(413)
            body.write(message["body"])
            more = message["more_body"]

    def _answer(self, scope: HTTPScope, body: IO[bytes]) -> tuple[int, Headers, bytes | Iterable[bytes]]:
        """Run the WSGI application, in a thread. What is already in memory comes back as one piece."""
        started: list[tuple[str, list[tuple[str, str]]]] = []
        chunks = self.application(
            environ_of(scope, body), lambda status, headers, _=None: started.append((status, headers))
        )
        status, headers = started[0]
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        streams = isinstance(chunks, FileBody) or getattr(chunks, "streaming", False)
        if streams:
            return int(status[:3]), encoded, chunks
        try:
            whole = b"" if scope["method"] == "HEAD" else b"".join(chunks)
        finally:
            _close(chunks)
        return int(status[:3]), encoded, whole

    async def _stream(
        self, chunks: Iterable[bytes], send: ASGISendCallable, gone: "asyncio.Future[None]", is_head: bool
    ) -> None:
        # One chunk at a time: nothing piles up for a slow client, and no page thread waits for it.
        pool = None if isinstance(chunks, FileBody) else self.pool
        loop = asyncio.get_running_loop()
        pieces = iter(chunks)
        try:
            while not is_head and not gone.done():
                chunk = await loop.run_in_executor(pool, next, pieces, None)
                if chunk is None:
                    break
                await _send_chunk(send, chunk, more=True)
            if not gone.done():
                await _send_chunk(send, b"", more=False)
        finally:
            await loop.run_in_executor(pool, _close, chunks)


async def _send_chunk(send: ASGISendCallable, chunk: bytes, *, more: bool) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": more})


async def _refuse(
    status: int, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    # A client that is still sending reads no answer, and closing on it would look like a broken line.
    if status == 413 and b"expect" not in dict(scope["headers"]):
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await _rest_of(receive)
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
    await _send_chunk(send, b"", more=False)


async def _rest_of(receive: ASGIReceiveCallable) -> None:
    while (message := await receive())["type"] == "http.request" and message["more_body"]:
        pass


async def _gone(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _close(chunks: Iterable[bytes]) -> None:
    if close := getattr(chunks, "close", None):
        close()
