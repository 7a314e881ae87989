"""From the asynchronous server to Django's WSGI handler, in a bounded pool of threads.

Slowness stays on this side: bodies are read whole before a thread is taken, and files are sent after it
is given back.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import IO, Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

from guichet.foundation import courtesy
from guichet.project.bodies import GRACE, Bodies, Gone, Refused
from guichet.project.wsgi_environ import FileBody, environ_of

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]
Answer = tuple[int, Headers, bytes | Iterable[bytes]]

# The application says so in words, to whoever sent it; others did not wait for an answer.
TOLD_IN_WORDS = (413, 503)
CLOSE = (b"connection", b"close")


class Bridge:
    """An ASGI application that answers HTTP with a WSGI one. `body_limit` is in bytes."""

    def __init__(self, application: Application, *, threads: int, body_limit: int) -> None:
        self.application = application
        self.bodies = Bodies(body_limit)
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with self.bodies.whole(scope, receive) as body:
                with courtesy.answering():
                    status, headers, chunks = await loop.run_in_executor(self.pool, self._answer, scope, body)
        except Gone:
            return
        except Refused as refusal:
            status, headers, chunks = await self._refuse(refusal, scope, receive)
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

    async def _refuse(self, why: Refused, scope: HTTPScope, receive: ASGIReceiveCallable) -> Answer:
        """What to say about a body that was not taken. More of it may come: the line is of no further use."""
        if why.status not in TOLD_IN_WORDS:
            return why.status, [(b"content-length", b"0"), CLOSE], b""
        # A client that is still sending reads no answer, and closing on it would look like a broken line.
        if why.more and b"expect" not in dict(scope["headers"]):
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE):
                    await _rest_of(receive)
        loop = asyncio.get_running_loop()
        said = partial(self._answer, scope, BytesIO(), refused=why.status)
        status, headers, chunks = await loop.run_in_executor(self.pool, said)
        return status, [*headers, CLOSE], chunks

    def _answer(self, scope: HTTPScope, body: IO[bytes], *, refused: int = 0) -> Answer:
        """Run the WSGI application, in a thread. What is already in memory comes back as one piece."""
        started: list[tuple[str, list[tuple[str, str]]]] = []
        environ = environ_of(scope, body) | {"guichet.refused": refused}
        chunks = self.application(environ, lambda status, headers, _=None: started.append((status, headers)))
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


async def _rest_of(receive: ASGIReceiveCallable) -> None:
    while (message := await receive())["type"] == "http.request" and message["more_body"]:
        pass


async def _gone(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _close(chunks: Iterable[bytes]) -> None:
    if close := getattr(chunks, "close", None):
        close()
