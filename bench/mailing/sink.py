"""A mail server that takes whatever Guichet sends, in a process of its own, and forgets it."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.mail.ports import until_open

from ..machine import CACHE, PYTHON, free_port, running


@contextmanager
def sink() -> Iterator[int]:
    """Yields its port."""
    port = free_port()
    command = [PYTHON, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    with running(command, {}, CACHE / "sink.log"):
        until_open(port)
        yield port
