"""Settling what was received: one by one, by one worker each, until nothing waits for a machine any more."""

import threading
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import QuerySet

from guichet.foundation import pubsub
from guichet.foundation.courtesy import behind_pages
from guichet.foundation.refusals import Unavailable
from guichet.reactions.backoff import wait_after
from guichet.reactions.moment import moment

from .deliver import LEASE, settle
from .models import ReceivedMessage
from .queries import raw_of
from .reading import confined
from .states import Reason, State

MOST_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
OUTAGE = timedelta(seconds=30)  # until it is looked whether it is over
LONGEST_SLEEP = 1.0  # seconds: news of work can be missed, so a look is never far away
_PAUSE_AFTER_FAULT = 2.0
_OUTAGES = (Unavailable, OperationalError, InterfaceError)

log = structlog.get_logger("guichet.mail")


def run(stop: threading.Event) -> None:
    """Settle what is received until `stop` is set."""
    with behind_pages():
        _run(stop)


def _run(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            busy = settle_next(moment())
        except Exception:
            # The database is away, or the disk is full: whatever it is, giving up would not help.
            log.exception("the intake has met a fault and goes on")
            close_old_connections()
            stop.wait(_PAUSE_AFTER_FAULT)
            continue
        if not busy and not stop.is_set():
            pubsub.waiting(LONGEST_SLEEP)


def drain(*, at: datetime | None = None) -> int:
    """Settle everything that is due, here and now. Returns how many; for tests."""
    done = 0
    while settle_next(at or moment()):
        done += 1
    return done


def settle_next(at: datetime) -> bool:
    """Take one mail that is due and settle it. False when none is due."""
    if not due(at).exists():  # a look takes no lock: most looks find nothing
        return False
    # Before a try is counted: a worker that ends while it starts has not tried.
    confined.make_ready(settings.GUICHET_MAIL_LIMITS)
    row = _claim(at)
    if row is None:
        return True
    try:
        settle(row, confined.parse(raw_of(row), settings.GUICHET_MAIL_LIMITS), at=at)
    except _OUTAGES as error:
        # Whatever is away is away for all mails: a try that could not be made is none.
        _put_off(row, error, until=at + OUTAGE, attempts=row.attempts - 1)
    except (DatabaseError, OSError) as error:
        later = at + wait_after(row.attempts, first=FIRST_WAIT, most=LONGEST_WAIT)
        _put_off(row, error, until=later, attempts=row.attempts)
    return True


def _put_off(row: ReceivedMessage, error: Exception, *, until: datetime, attempts: int) -> None:
    log.warning("a mail is settled later", received=row.pk, why=f"{type(error).__name__}: {error}")
    _mine(row).update(next_try_at=until, attempts=attempts)


def due(at: datetime) -> QuerySet[ReceivedMessage]:
    """Mails to settle at `at`, in the order in which they came."""
    return ReceivedMessage.objects.filter(next_try_at__lte=at).order_by("next_try_at", "id")


@transaction.atomic
def _claim(at: datetime) -> ReceivedMessage | None:
    """Take the next mail for LEASE. The try is counted first: a mail that kills its worker ends, too."""
    row = due(at).select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    if row.attempts >= MOST_TRIES:
        _mine(row).update(
            state=State.UNSORTED, reason=Reason.FAULT, settled_at=at, next_try_at=None, attempts=0
        )
        return None
    tried = _mine(row)
    row.attempts, row.next_try_at = row.attempts + 1, at + LEASE
    return row if tried.update(attempts=row.attempts, next_try_at=row.next_try_at) else None


def _mine(row: ReceivedMessage) -> QuerySet[ReceivedMessage]:
    return ReceivedMessage.objects.filter(pk=row.pk, state=State.RECEIVED, attempts=row.attempts)
