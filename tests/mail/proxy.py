"""A line that breaks: between a mail program and its server, at a byte of a mail or at a command."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from .ports import free_port, until_open

_BEGINS = b"BODY[] {"  # how the answer begins that has a mail in it (RFC 3501 7.4.2)


@dataclass
class Proxy:
    """Passes everything on to `server`, but for what it is told to break.

    Each number in `cuts` breaks one line, so many bytes after a mail has begun to come through it. A command
    of the client's that has `loses` in it breaks the line, too, once, and never arrives. A line that `lasts`
    for so many bytes to the client is over after them, each time.
    """

    server: int
    cuts: list[int] = field(default_factory=list)
    loses: bytes = b""
    lasts: int = 0
    port: int = field(default_factory=free_port)
    broken: int = 0

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server)
        ways = [self._to_client(from_server, writer), self._to_server(reader, to_server)]
        with suppress(OSError):
            await asyncio.wait(
                [asyncio.ensure_future(way) for way in ways], return_when=asyncio.FIRST_COMPLETED
            )
        for end in (writer, to_server):
            end.transport.abort()

    async def _to_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen, passes, passed = b"", -1, 0
        while said := await reader.read(2**16):
            begins = (seen + said).find(_BEGINS)
            passed += len(said)
            if self.lasts and passed > self.lasts:
                self.broken += 1
                return
            if passes < 0 and begins >= 0 and self.cuts:
                passes = begins - len(seen) + len(_BEGINS) + self.cuts.pop(0)
            seen = said[-len(_BEGINS) :]
            if 0 <= passes < len(said):
                writer.write(said[:passes])
                await writer.drain()
                self.broken += 1
                return
            passes = passes - len(said) if passes >= 0 else passes
            writer.write(said)
            await writer.drain()

    async def _to_server(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(2**16):
            if self.loses and self.loses in said:
                self.loses = b""
                self.broken += 1
                return
            writer.write(said)
            await writer.drain()


@contextmanager
def passing(*proxies: Proxy) -> Iterator[None]:
    """Have them all open."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    for proxy in proxies:
        opening = asyncio.start_server(proxy.connected, "127.0.0.1", proxy.port)
        asyncio.run_coroutine_threadsafe(opening, loop).result(10)
        until_open(proxy.port)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
