"""Events whose reactions have not run: taken one by one, by one worker each, in their subject's order."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from guichet.domain.timeline.models import Event

from .backoff import wait_after
from .table import TABLE

MOST_TRIES = 5
LEASE = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)

log = structlog.get_logger("guichet.worker")


class _LeaseLost(Exception):
    """Another worker has taken the event meanwhile: whatever this one did is rolled back."""


def due(at: datetime) -> QuerySet[Event]:
    """Events to react to at `at`, oldest first.

    One waits while an earlier event of its subject is still to be run, so that a request's mails are owed in
    the order of its life. A poisoned event is waited for no longer: one fault does not silence a request for
    ever.
    """
    earlier = Event.objects.filter(
        subject=OuterRef("subject"),
        subject_id=OuterRef("subject_id"),
        id__lt=OuterRef("id"),
        reacted_at=None,
        next_try_at__isnull=False,
    )
    pending = Event.objects.filter(reacted_at=None, next_try_at__lte=at)
    return pending.exclude(Exists(earlier)).order_by("next_try_at", "id")


def react_to_next(at: datetime) -> bool:
    """Take one due event and run its reactions. False when none is due."""
    if not due(at).exists():  # a look takes no lock: most looks find nothing
        return False
    event = _claim(at)
    if event is not None:
        _run(event, at)
    return True


@transaction.atomic
def _claim(at: datetime) -> Event | None:
    """Take the next event for LEASE. The try is counted first: an event that kills its worker ends too."""
    event = due(at).select_for_update(skip_locked=True).first()
    if event is None:
        return None
    seen = Event.objects.filter(pk=event.pk, reacted_at=None, attempts=event.attempts)
    if event.attempts >= MOST_TRIES:
        failure = event.failure or "The worker stopped each time it ran this."
        seen.update(next_try_at=None, failure=failure)
        return None
    event.attempts += 1
    taken = seen.update(attempts=event.attempts, next_try_at=at + LEASE)
    return event if taken else None


def _run(event: Event, at: datetime) -> None:
    """Run the reactions and note it, in one transaction: both happen, once, or neither does.

    The number of the try is the fence: a worker whose lease ran out finds another number and rolls back.
    """
    mine = Event.objects.filter(pk=event.pk, reacted_at=None, attempts=event.attempts)
    try:
        _react(event, mine, at)
    except _LeaseLost:
        log.warning("another worker has taken the event", event_id=event.pk)
    except Exception as error:
        log.exception("a reaction failed", event_id=event.pk, kind=event.kind, attempts=event.attempts)
        mine.update(
            next_try_at=_next_try(event.attempts, at), failure=f"{type(error).__name__}: {error}"[:1000]
        )


@transaction.atomic
def _react(event: Event, mine: QuerySet[Event], at: datetime) -> None:
    for reaction in TABLE[event.kind]:
        reaction(event)
    if not mine.update(reacted_at=at, next_try_at=None, failure=""):
        raise _LeaseLost


def _next_try(tries: int, at: datetime) -> datetime | None:
    """None when it was the last: the event is poisoned, and shown to people."""
    if tries >= MOST_TRIES:
        return None
    return at + wait_after(tries, first=FIRST_WAIT, most=LONGEST_WAIT)
