"""aiosmtpd as we speak it."""

import asyncio
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings

from ..states import Way

MOST_CONNECTIONS = 50
MOST_RECIPIENTS = 100  # the least that RFC 5321 4.5.3.1.8 asks for
_SECONDS = 60.0
_LONGEST_LINE = (
    2**20
)  # RFC 5321 allows 1,000 bytes; programs write longer ones, and a mail is not lost for that


class _Bounded(SMTP):
    """So many connections at once, so many bytes, so many recipients."""

    line_length_limit = _LONGEST_LINE
    _open = 0

    def __init__(self, handler: Any, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            handler,
            data_size_limit=settings.GUICHET_MAIL_LIMITS.most_bytes,
            enable_SMTPUTF8=True,
            ident="Guichet",
            hostname=settings.GUICHET_MAIL_DOMAIN,
            timeout=_SECONDS,
            command_call_limit={"RCPT": MOST_RECIPIENTS, "*": 1000},
            loop=loop,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        _Bounded._open += 1
        if _Bounded._open > MOST_CONNECTIONS and isinstance(transport, asyncio.Transport):
            transport.write(b"421 4.3.2 Too many connections. Try again later\r\n")
            transport.close()
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        _Bounded._open -= 1
        if self.session is not None:
            super().connection_lost(error)


class _Lmtp(_Bounded, LMTP):
    _recipients = 0

    async def push(self, status: Any) -> None:
        """After the data, one answer for each recipient (RFC 2033 4.2), which aiosmtpd leaves to us."""
        answers, self._recipients = max(1, self._recipients), 0
        if str(status).startswith("354") and self.envelope:
            self._recipients = len(self.envelope.rcpt_tos)
        for _answer in range(answers):
            await super().push(status)


PROTOCOLS: dict[Way, type[_Bounded]] = {Way.LMTP: _Lmtp, Way.SMTP: _Bounded}
