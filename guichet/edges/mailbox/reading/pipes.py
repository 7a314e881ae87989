"""Pipes to a process that may stop reading or answering at any time."""

import os
import select
import time

_CHUNK = 2**18


class TooLate(Exception):
    """The time is over."""


class Ended(Exception):
    """Nobody is at the other end."""


class Pipes:
    """Two ends of ours: what is written to one is answered at the other. `until` is by time.monotonic()."""

    def __init__(self, outgoing: int, incoming: int) -> None:
        self.outgoing = outgoing
        self.incoming = incoming
        for end in (outgoing, incoming):
            os.set_blocking(end, False)

    def send(self, content: bytes, *, until: float) -> None:
        """Raises TooLate, or Ended."""
        view = memoryview(content)
        while view:
            _wait(self.outgoing, select.POLLOUT, until)
            try:
                view = view[os.write(self.outgoing, view[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Ended from None

    def take(self, size: int, *, until: float) -> bytes:
        """So many bytes. Raises TooLate, or Ended."""
        parts: list[bytes] = []
        while size:
            _wait(self.incoming, select.POLLIN, until)
            try:
                part = os.read(self.incoming, min(size, _CHUNK))
            except BlockingIOError:
                continue
            if not part:
                raise Ended
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def _wait(end: int, event: int, until: float) -> None:
    poll = select.poll()
    poll.register(end, event)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TooLate
