"""Writing how a try ended. Only the holder of the lease may: a worker that lost it has no say any more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guichet.foundation import pubsub

from .models import Delivery
from .states import Cause, State


@dataclass(frozen=True, slots=True)
class Failed:
    """A try that failed: why, what the server said, and whether another try can change it; `hard` where no
    other mail will reach the address either.
    """

    cause: Cause
    said: str = ""
    permanent: bool = False
    hard: bool = False


def sent(delivery: Delivery, *, at: datetime) -> None:
    _settle(
        delivery, state=State.SENT, sent_at=at, next_try_at=None, cause="", failure="", **_forgotten(delivery)
    )


def withheld(delivery: Delivery, cause: Cause) -> None:
    """Its reader must not or does not want to get it any more."""
    _settle(delivery, state=State.WITHHELD, cause=cause, next_try_at=None, failure="")


def failed(delivery: Delivery, failure: Failed, *, next_try_at: datetime, at: datetime) -> None:
    """Queue it again, or give it up when that is of no use."""
    why = {"cause": failure.cause, "failure": failure.said[:1000], "permanent": failure.permanent}
    if failure.permanent or at >= delivery.give_up_at:
        _settle(delivery, **why, **given_up(delivery, at=at))
    else:
        _settle(delivery, **why, state=State.QUEUED, next_try_at=next_try_at)


def given_up(delivery: Delivery, *, at: datetime) -> dict[str, Any]:
    """The fields of a mail that is not tried again."""
    return {"state": State.FAILED, "failed_at": at, "next_try_at": None, **_forgotten(delivery)}


def _forgotten(delivery: Delivery) -> dict[str, Any]:
    return {"subject": "", "text": "", "html": ""} if delivery.sensitive else {}


def _settle(delivery: Delivery, **fields: Any) -> None:
    Delivery.objects.filter(pk=delivery.pk, lease_id=delivery.lease_id, state=State.SENDING).update(**fields)
    if delivery.ticket_id is not None:
        # Agents see on the message how far its mails are; customers are not told.
        pubsub.publish(f"desk-ticket-{delivery.ticket_id}", "stale")
