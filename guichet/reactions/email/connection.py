"""A connection to the mail server that is kept for several mails: most of the time goes into making one."""

import smtplib
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# For each answer of the server (RFC 5321 4.5.3.2 asks for minutes; a lease must be renewable).
SECONDS_TO_WAIT = 60
SECONDS_IDLE = 20.0  # then it is ended: servers end it themselves soon after, and mind
MOST_MAILS = 50


class Connection:
    """Of one thread. It is made when the first mail is sent, and again after any fault."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None
        self._mails = 0
        self._used = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        return self._backend is not None

    def send(self, mail: EmailMessage) -> None:
        """Hand one mail over. Raises what the backend raises; the next mail finds a sound connection."""
        kept = self._is_sound()
        try:
            self._hand_over(mail)
        except smtplib.SMTPSenderRefused as refusal:
            # Some servers take only so many mails through one connection, and say so here.
            if not (kept and 400 <= refusal.smtp_code < 500):
                raise
            self._drop()
            self._hand_over(mail)

    def close(self) -> None:
        """End it as the protocol wants, if the server still listens."""
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(smtplib.SMTPException, OSError):
                backend.close()

    def _is_sound(self) -> bool:
        if self._backend is None:
            return False
        if self._mails >= MOST_MAILS or time.monotonic() - self._used > SECONDS_IDLE:
            self.close()
            return False
        if not _resets(self._backend):
            self._drop()
            return False
        return True

    def _hand_over(self, mail: EmailMessage) -> None:
        if self._backend is None:
            made = get_connection(timeout=SECONDS_TO_WAIT)
            made.open()
            self._backend, self._mails = made, 0
        try:
            self._backend.send_messages([mail])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
            raise  # of this mail only
        except Exception:
            self._drop()
            raise
        finally:
            self._mails, self._used = self._mails + 1, time.monotonic()

    def _drop(self) -> None:
        """Leave without a word: a server that did not answer would let us wait once more."""
        backend, self._backend = self._backend, None
        if isinstance(backend, EmailBackend) and backend.connection is not None:
            backend.connection.close()
        elif backend is not None:
            backend.close()


def _resets(backend: BaseEmailBackend) -> bool:
    """Whether the server still answers, and has forgotten the mail before (RSET, RFC 5321 4.1.1.5)."""
    if not isinstance(backend, EmailBackend):
        return True
    if backend.connection is None:
        return False
    try:
        code, _words = backend.connection.rset()
    except (smtplib.SMTPException, OSError):
        return False
    return code == 250
