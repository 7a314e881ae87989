"""From bytes to where they belong, through all stages. Whatever happens, the mail is kept and found."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from guichet.foundation import clock
from guichet.foundation.refusals import Unavailable

from .asking import ask
from .bounces import land
from .identify import Answer, New, Unsorted, identify
from .models import ReceivedMessage
from .place import place
from .queries import was_delivered
from .reading import Mail
from .reading.confined import parse
from .receive import receive
from .settling import conclude
from .states import Reason, State, Way
from .turning_away import tell

LEASE = timedelta(seconds=60)  # to settle one in; after it, another may

log = structlog.get_logger("guichet.mail")


def deliver(raw: bytes, *, way: Way = Way.COMMAND, verified: bool = False) -> ReceivedMessage:
    """Take in one mail and settle it here. When this returns it is stored for good.

    `verified` says that whoever hands it over has checked its sender (DMARC). The same bytes handed over
    again change nothing. Raises Unavailable or DatabaseError when it may not have been kept, or should be
    handed over again: then nothing was done twice, and nothing will be.
    """
    at = clock.now()
    row = receive(raw, way=way, verified=verified, at=at, next_try_at=at + LEASE)
    if row.state == State.RECEIVED:
        settle(row, parse(raw, settings.GUICHET_MAIL_LIMITS), at=at)
    return row


def settle(row: ReceivedMessage, mail: Mail, *, at: datetime) -> None:
    """Bring a received mail to its end: delivered, found to be a second copy, or unsorted with its reason."""
    if row.way == Way.HAND:  # whoever brings it in can have written what it says of its checks
        mail = replace(mail, authentication=())
    _describe(row, mail)
    try:
        outcome = _outcome(row, mail, at=at)
    except Exception as error:
        if _may_pass(error):
            raise
        log.exception("a mail could not be delivered", received=row.pk)
        outcome = Unsorted(Reason.FAULT, type(error).__name__)
    if outcome is not None:
        _conclude(row, outcome, at=at)


def _outcome(row: ReceivedMessage, mail: Mail, *, at: datetime) -> Unsorted | State | None:
    """How it ended, if not as a message."""
    if land(mail, at=at):
        return State.DISMISSED
    who = identify(mail, verified=row.was_verified, mailbox=row.mailbox)
    if isinstance(who, Unsorted):
        return who
    if isinstance(who, Answer | New):
        row.person = who.person
    if was_delivered(row):
        return State.DUPLICATE
    try:
        outcome = place(row, mail, who, at=at)
    except IntegrityError:
        # By another process, at the same moment; whatever else was broken is a fault of ours.
        if not was_delivered(row):
            raise
        return State.DUPLICATE
    if isinstance(who, Answer) and isinstance(outcome, Unsorted) and outcome.reason is Reason.NO_RIGHT:
        tell(who, at=at)
    return outcome


def _may_pass(error: Exception) -> bool:
    """Whether it may go well later: then the mail stays received, and is settled again."""
    passing = (DatabaseError, OSError, Unavailable)
    return isinstance(error, passing) and not isinstance(error, IntegrityError)


def _describe(row: ReceivedMessage, mail: Mail) -> None:
    row.sender, row.subject, row.mail_id = mail.sender[:320], mail.subject, mail.mail_id[:255]
    row.recipients = ", ".join(mail.recipients)
    row.sent_at = mail.date
    row.content_key = row.fingerprint
    if mail.mail_id:
        parts = (mail.mail_id, mail.sender, row.recipients, mail.text)
        row.content_key = sha256("\0".join(parts).encode(errors="replace")).hexdigest()


@transaction.atomic
def _conclude(row: ReceivedMessage, outcome: Unsorted | State, *, at: datetime) -> None:
    row.ticket = row.message = None
    if isinstance(outcome, Unsorted):
        conclude(row, State.UNSORTED, reason=outcome.reason, detail=outcome.detail, at=at)
    else:
        conclude(row, outcome, at=at)
    if outcome is State.ASKED:
        ask(row)
