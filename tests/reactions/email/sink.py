"""A mail server that takes everything, or answers as a test tells it to."""

import asyncio
import logging
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass
class Sink:
    """What arrived, and what to answer whom: at MAIL, at RCPT, after the content. Seconds make it wait first.

    It hangs up on those in `hangs_up`, without a word and once for each, when it has the content.
    """

    mails: list[Message] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)  # of the same mails
    at_rcpt: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    after_data: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)
    at_mail: list[str] = field(default_factory=list)
    hangs_up: list[str] = field(default_factory=list)
    peers: list[object] = field(default_factory=list)  # of each mail begun
    resets: int = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.peers.append(session.peer)
        if self.at_mail:
            return self.at_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.resets += 1
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt[address]:
            return self.at_rcpt[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        await asyncio.sleep(self.seconds.get(address, 0))
        if self.after_data[address]:
            return self.after_data[address].pop(0)
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content))
        self.raw.append(envelope.content)
        if address in self.hangs_up:
            self.hangs_up.remove(address)
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"

    def to(self, address: str) -> list[Message]:
        return [one for one in self.mails if one["To"] == address]


@contextmanager
def serving(sink: Sink) -> Iterator[int]:
    """Run the sink. Yields its port."""
    # The controller knocks at the port that it is told, and so cannot be told 0.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def taking_mail(sink: Sink, settings: Settings) -> Iterator[None]:
    """Have every mail handed over to the sink."""
    with serving(sink) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield
