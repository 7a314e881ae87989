"""Taking a mail to send it: one worker each, urgent ones first, each reader's in the order of the request."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ..backoff import wait_after
from .models import Delivery
from .settle import given_up
from .states import Cause, Kind, State

LEASE = timedelta(seconds=45)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
_DEATHS_FORGIVEN = 5
_MOST_LOOKS = 20


def due(at: datetime, *, avoid: Collection[str] = ()) -> QuerySet[Delivery]:
    """Mails to try at `at`. One waits for the mails that its reader is owed earlier in the same request."""
    earlier = Delivery.objects.filter(
        ticket=OuterRef("ticket"),
        recipient=OuterRef("recipient"),
        id__lt=OuterRef("id"),
        next_try_at__isnull=False,
    )
    pending = Delivery.objects.filter(next_try_at__lte=at).exclude(Exists(earlier))
    for domain in avoid:
        pending = pending.exclude(address__endswith=f"@{domain}")
    return pending.order_by("-urgent", "next_try_at", "id")


def claim(at: datetime, *, avoid: Collection[str] = ()) -> Delivery | None:
    """Take the next mail to send, for LEASE; None when there is none. Its try is counted before it is made.

    Readers at the domains in `avoid` are left for later.
    """
    for _look in range(_MOST_LOOKS):
        if not due(at, avoid=avoid).exists():  # a look takes no lock: most looks find nothing
            return None
        delivery = _take(at, avoid)
        if delivery is not None:
            return delivery
    return None


@transaction.atomic
def _take(at: datetime, avoid: Collection[str]) -> Delivery | None:
    delivery = due(at, avoid=avoid).select_for_update(skip_locked=True, of=("self",)).first()
    if delivery is None:
        return None
    seen = Delivery.objects.filter(pk=delivery.pk, lease_id=delivery.lease_id, attempts=delivery.attempts)
    died = delivery.state == State.SENDING
    if died:
        delivery.cause = Cause.DIED
    # What waited for days behind another, or for a worker, is tried once; a code that is late is of no use.
    tried = delivery.attempts > 0 or delivery.kind == Kind.LETTER
    if tried and delivery.give_up_at <= at:
        seen.update(**given_up(delivery, at=at), cause=delivery.cause)
        return None
    if died and delivery.attempts > _DEATHS_FORGIVEN:
        # Perhaps it is this mail that kills its worker: it comes back ever more rarely.
        deaths = delivery.attempts - _DEATHS_FORGIVEN
        seen.update(state=State.QUEUED, cause=Cause.DIED, next_try_at=next_try(deaths, delivery, at))
        return None
    delivery.lease_id, delivery.attempts, delivery.state = uuid4(), delivery.attempts + 1, State.SENDING
    taken = seen.update(
        lease_id=delivery.lease_id, attempts=delivery.attempts, state=State.SENDING, next_try_at=at + LEASE
    )
    return delivery if taken else None


def renew(leases: Collection[UUID], at: datetime) -> None:
    """Lengthen the leases of what is still being sent."""
    Delivery.objects.filter(lease_id__in=leases, state=State.SENDING).update(next_try_at=at + LEASE)


def next_try(tries: int, delivery: Delivery, at: datetime) -> datetime:
    """When to try again after `tries` failures; when it is given up at the latest, to be settled then."""
    later = at + wait_after(tries, first=FIRST_WAIT, most=LONGEST_WAIT)
    return min(later, delivery.give_up_at)
