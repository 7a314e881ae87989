"""HTTP as uvicorn speaks it, less patient: it bounds neither the time nor the size of a request's headers."""

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS = 10
HEADER_BYTES = 32 * 2**10
STALLED_SECONDS = 60
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Protocol(HttpToolsProtocol):
    """Closes a connection whose headers come too slowly, answers 431 to too many of them."""

    _overdue: asyncio.TimerHandle | None = None
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows too
        super().connection_made(transport)
        wire = transport.get_extra_info("socket")
        if wire is not None and wire.family != socket.AF_UNIX and hasattr(socket, "TCP_USER_TIMEOUT"):
            # A client that stops reading its answer would otherwise keep the connection for ever.
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_SECONDS * 1000)
        self._expect_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._have_headers()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # Counted while headers are awaited: what came before was the body of an earlier request.
        self._header_bytes = self._header_bytes + len(data) if self._overdue else 0
        if self._header_bytes > HEADER_BYTES and not self.transport.is_closing():
            self.transport.write(TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        self._expect_headers()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._have_headers()
        super().on_headers_complete()

    def _expect_headers(self) -> None:
        if self._overdue is None:
            self._overdue = self.loop.call_later(HEADER_SECONDS, self.transport.abort)

    def _have_headers(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
