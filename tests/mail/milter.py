"""A milter that checks senders, as OpenDMARC does behind Postfix, but by the addresses alone.

Speaks what of Sendmail's protocol (version 6) Postfix needs for that.
"""

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from threading import Thread

_LENGTH, _NUMBER, _OPTIONS = struct.Struct(">I"), struct.Struct(">I"), struct.Struct(">III")
_VERSION, _ADDS, _CHANGES = 6, 0x01, 0x10
_UNASKED = 0x01 | 0x02 | 0x08 | 0x10 | 0x40 | 0x100 | 0x200  # all but MAIL FROM, headers and the end
_RESULTS = "Authentication-Results"


class _Conversation(socketserver.StreamRequestHandler):
    """`pass` where the envelope and the header name the same domain; results that came along are removed."""

    server: "_Milter"

    def handle(self) -> None:
        self._begin("")
        while head := self.rfile.read(_LENGTH.size):
            said = self.rfile.read(_LENGTH.unpack(head)[0])
            self._answer(said[:1], said[1:])

    def _answer(self, command: bytes, said: bytes) -> None:
        match command:
            case b"O":
                self._say(b"O" + _OPTIONS.pack(_VERSION, _ADDS | _CHANGES, _UNASKED))
            case b"M":
                self._begin(said.split(b"\0")[0].decode().strip("<>").rpartition("@")[2].lower())
                self._say(b"c")
            case b"L":
                name, value = said.decode("utf-8", "replace").split("\0")[:2]
                self._note(name.lower(), value)
                self._say(b"c")
            case b"E":
                self._end()
            case b"A":
                self._begin("")
            case b"B" | b"H" | b"R" | b"C" | b"N" | b"T":
                self._say(b"c")

    def _begin(self, envelope: str) -> None:
        self._envelope, self._domain, self._came_along = envelope, "", 0

    def _note(self, name: str, value: str) -> None:
        if name == "from":
            self._domain = parseaddr(value)[1].rpartition("@")[2].lower()
        self._came_along += name == _RESULTS.lower()

    def _end(self) -> None:
        for number in range(self._came_along, 0, -1):
            self._say(b"m" + _NUMBER.pack(number) + f"{_RESULTS}\0\0".encode())
        found = "pass" if self._domain and self._domain == self._envelope else "fail"
        value = f"{self.server.name}; dmarc={found} header.from={self._domain or 'none.invalid'}"
        self._say(b"i" + _NUMBER.pack(0) + f"{_RESULTS}\0 {value}\0".encode())
        self._say(b"c")

    def _say(self, words: bytes) -> None:
        self.wfile.write(_LENGTH.pack(len(words)) + words)


class _Milter(socketserver.ThreadingTCPServer):
    daemon_threads = True
    name = ""


@contextmanager
def checking_senders(name: str) -> Iterator[int]:
    """Run it. `name` stands in its header (RFC 8601). Yields its port."""
    with _Milter(("127.0.0.1", 0), _Conversation) as server:
        server.name = name
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
