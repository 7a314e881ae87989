"""One try at one mail: its reader's rights are asked again, it is composed, handed over, and settled."""

import re
import smtplib
import time
from datetime import datetime, timedelta

import structlog
from anymail.exceptions import AnymailError

from .claim import claim, next_try
from .compose import mail_of
from .connection import Connection
from .limiting import excess
from .models import Delivery
from .provider_answers import meaning_of, not_taken
from .returning import is_hard
from .rights import hindrance
from .settle import Failed, failed, sent, withheld
from .states import Cause, Kind
from .suppressing import count_returned, is_suppressed

_MOST_FAULTS = 5
_STATUS = re.compile(r"\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b")

log = structlog.get_logger("guichet.mail")


def send_next(at: datetime, connection: Connection) -> bool:
    """Take one due mail and try to send it. False when none is due."""
    delivery = claim(at)
    if delivery is None:
        return False
    attempt(delivery, at, connection)
    return True


def attempt(delivery: Delivery, at: datetime, connection: Connection) -> None:
    """Try to send a mail that was claimed at `at`. How it ends is on its row; a failure raises nothing."""
    cause = _hindrance(delivery)
    if cause is not None:
        withheld(delivery, cause)
        return
    started = time.monotonic()
    failure = _hand_over(delivery, connection)
    ended = at + timedelta(seconds=time.monotonic() - started)
    if failure is None:
        sent(delivery, at=ended)
        return
    log.warning("a mail was not sent", delivery=delivery.pk, cause=failure.cause.value, said=failure.said)
    failed(delivery, failure, next_try_at=next_try(delivery.attempts, delivery, ended), at=ended)
    if failure.hard or (failure.permanent and is_hard(_status(failure.said))):
        count_returned(delivery, failure.cause, failure.said, at=ended)


def _hindrance(delivery: Delivery) -> Cause | None:
    # A code for signing in goes anywhere: it is asked for by somebody who waits for it.
    if not delivery.sensitive and is_suppressed(delivery.address):
        return Cause.SUPPRESSED
    if delivery.recipient is not None and delivery.ticket is not None:
        cause = hindrance(delivery.recipient, delivery.ticket, Kind(delivery.kind))
        if cause is not None:
            return cause
    return excess(delivery)


def _hand_over(delivery: Delivery, connection: Connection) -> Failed | None:
    try:
        mail = mail_of(delivery)
        mail.message()
    except Exception as error:
        log.exception("a mail could not be composed", delivery=delivery.pk)
        said = f"{type(error).__name__}: {error}"
        return Failed(Cause.BROKEN, said, permanent=delivery.attempts >= _MOST_FAULTS)
    try:
        connection.send(mail)
    except (smtplib.SMTPException, AnymailError, OSError) as error:
        return failure_of(error)
    return not_taken(mail)


def _status(said: str) -> str:
    """The enhanced status code (RFC 3463) behind the code of an answer, if there is one."""
    found = _STATUS.match(said)
    return found[1] if found else ""


def failure_of(error: smtplib.SMTPException | AnymailError | OSError) -> Failed:
    """What a failed hand-over means.

    Only a 5yz answer to the recipient or to the content is final for this mail (RFC 5321 4.2.1). What the
    server says before (greeting, sign-in, sender) is about our own set-up: once that is mended, the mail can
    go.
    """
    if isinstance(error, AnymailError):
        return meaning_of(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _answered(code, said)
    if isinstance(error, smtplib.SMTPDataError):
        return _answered(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return Failed(Cause.UNREACHABLE, _words(error.smtp_code, error.smtp_error))
    return Failed(Cause.UNREACHABLE, f"{type(error).__name__}: {error}")


def _answered(code: int, said: bytes | str) -> Failed:
    final = 500 <= code < 600
    return Failed(Cause.REFUSED if final else Cause.POSTPONED, _words(code, said), permanent=final)


def _words(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {words}"
