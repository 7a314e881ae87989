"""One try at one mail: its reader's rights are asked again, it is composed, handed over, and settled."""

import smtplib
import time
from datetime import datetime, timedelta

import structlog
from django.core.mail import get_connection

from .claim import claim, next_try
from .compose import mail_of
from .models import Delivery
from .rights import hindrance
from .settle import Failed, failed, sent, withheld
from .states import Cause, Kind

SECONDS_TO_WAIT = (
    60  # for each answer of the server (RFC 5321 4.5.3.2 asks for minutes; a lease must be renewable)
)
_MOST_FAULTS = 5

log = structlog.get_logger("guichet.mail")


def send_next(at: datetime) -> bool:
    """Take one due mail and try to send it. False when none is due."""
    delivery = claim(at)
    if delivery is None:
        return False
    attempt(delivery, at)
    return True


def attempt(delivery: Delivery, at: datetime) -> None:
    """Try to send a mail that was claimed at `at`. How it ends is on its row; a failure raises nothing."""
    cause = _hindrance(delivery)
    if cause is not None:
        withheld(delivery, cause)
        return
    started = time.monotonic()
    failure = _hand_over(delivery)
    ended = at + timedelta(seconds=time.monotonic() - started)
    if failure is None:
        sent(delivery, at=ended)
        return
    log.warning("a mail was not sent", delivery=delivery.pk, cause=failure.cause.value, said=failure.said)
    failed(delivery, failure, next_try_at=next_try(delivery.attempts, delivery, ended), at=ended)


def _hindrance(delivery: Delivery) -> Cause | None:
    if delivery.recipient is None or delivery.ticket is None:
        return None
    return hindrance(delivery.recipient, delivery.ticket, Kind(delivery.kind))


def _hand_over(delivery: Delivery) -> Failed | None:
    try:
        mail = mail_of(delivery, get_connection(timeout=SECONDS_TO_WAIT))
        mail.message()
    except Exception as error:
        log.exception("a mail could not be composed", delivery=delivery.pk)
        said = f"{type(error).__name__}: {error}"
        return Failed(Cause.BROKEN, said, permanent=delivery.attempts >= _MOST_FAULTS)
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        return failure_of(error)
    return None


def failure_of(error: smtplib.SMTPException | OSError) -> Failed:
    """What a failed hand-over means.

    Only a 5yz answer to the recipient or to the content is final for this mail (RFC 5321 4.2.1). What the
    server says before (greeting, sign-in, sender) is about our own set-up: once that is mended, the mail can
    go.
    """
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
