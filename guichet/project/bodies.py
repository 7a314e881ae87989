"""The bodies of requests: whole before a page is asked, bounded in size, time and the room they take."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from asgiref.typing import ASGIReceiveCallable, HTTPScope

MEMORY_PER_BODY = 2**16
SLOWEST_BODY = 1024  # bytes a second
GRACE = 10.0  # seconds before slowness counts
LEAST_ROOM = 2**20  # what a body is counted for however little of it has come
# Of one address: 250 forms half sent, or ten of the largest uploads.
MOST_ROOM = 250 * 2**20


class Refused(Exception):
    """The body cannot be taken; `status` says why: 400, 408 too slow, 413 too long, 503 too many at once.

    `more` tells whether the client is still sending it.
    """

    def __init__(self, status: int, *, more: bool = True) -> None:
        self.status = status
        self.more = more


class Gone(Exception):
    """The client went away."""


class Bodies:
    """All bodies under way in this process. `limit` is for one of them, in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._room: Counter[str] = Counter()  # bytes, by the address of the client

    @asynccontextmanager
    async def whole(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> AsyncIterator[IO[bytes]]:
        """A file with the whole body, on disk where it is large. Raises Gone or Refused."""
        headers, client = dict(scope["headers"]), (scope["client"] or ("", 0))[0]
        announced = headers.get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self.limit:
            raise Refused(413 if announced.isdigit() else 400)
        taken = 0
        with SpooledTemporaryFile(MEMORY_PER_BODY) as body:
            try:
                if announced != b"0" or b"transfer-encoding" in headers:
                    taken = self._take(client, LEAST_ROOM, more=True)
                async for piece, more in _pieces(receive):
                    body.write(piece)
                    length = body.tell()
                    if length > self.limit:
                        raise Refused(413, more=more)
                    if length > taken:
                        taken += self._take(client, length - taken, more=more)
                yield body
            finally:
                self._room[client] -= taken
                if not self._room[client]:
                    del self._room[client]

    def _take(self, client: str, size: int, *, more: bool) -> int:
        if self._room[client] + size > MOST_ROOM:
            raise Refused(503, more=more)
        self._room[client] += size
        return size


async def _pieces(receive: ASGIReceiveCallable) -> AsyncIterator[tuple[bytes, bool]]:
    """Each piece, with whether more will come."""
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
        more = message["more_body"]
        yield message["body"], more
