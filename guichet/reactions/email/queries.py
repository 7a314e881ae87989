"""How far the mails of messages are, for agents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField

from guichet.foundation.database.written import Slot, Written

from .models import Delivery
from .states import FOR_STAFF, Cause, Kind, State


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One mail about a request, as it stands now. `message_id` is the message that it carries, if it does."""

    id: int
    event_id: int
    message_id: int | None
    kind: Kind
    recipient_name: str
    address: str
    state: State
    cause: Cause | None
    said: str  # the server's own words; empty if it said nothing
    permanent: bool
    attempts: int
    next_try_at: datetime | None
    sent_at: datetime | None

    @property
    def reason(self) -> str:
        """Why it was not sent, as a sentence in the active language; empty when nothing went wrong."""
        return str(self.cause.label) if self.cause else ""


_COLUMNS = (
    *(
        "id",
        "event_id",
        "message_id",
        "kind",
        "recipient__name",
        "address",
        "state",
        "cause",
        "failure",
        "permanent",
    ),
    *("attempts", "next_try_at", "sent_at"),
)


_IN_TICKET = Written(
    lambda: (
        Delivery.objects.filter(message__ticket=Slot("ticket", BigIntegerField()))
        .exclude(kind__in=FOR_STAFF)
        .order_by("id")
        .values_list(*_COLUMNS)
    )
)


def deliveries_in(ticket_id: int) -> dict[int, list[DeliveryRow]]:
    """The mails to customers that carry messages of this request, by message; a message may have none."""
    rows: dict[int, list[DeliveryRow]] = {}
    for columns in _IN_TICKET.rows(ticket=ticket_id):
        row = _row(*columns)
        assert row.message_id is not None
        rows.setdefault(row.message_id, []).append(row)
    return rows


def deliveries_of_steps(ticket_id: int) -> dict[int, list[DeliveryRow]]:
    """The mails that carry no message, such as those of an end, by the event of which they tell."""
    rows: dict[int, list[DeliveryRow]] = {}
    found = Delivery.objects.filter(event__subject="ticket", event__subject_id=ticket_id, message=None)
    for columns in found.order_by("id").values_list(*_COLUMNS):
        row = _row(*columns)
        rows.setdefault(row.event_id, []).append(row)
    return rows


def _row(*columns: Any) -> DeliveryRow:
    pk, event, message, kind, name, address, state, cause, said, permanent, attempts, next_try, sent = columns
    return DeliveryRow(
        id=pk,
        event_id=event,
        message_id=message,
        kind=Kind(kind),
        recipient_name=name or "",
        address=address,
        state=State(state),
        cause=Cause(cause) if cause else None,
        said=said,
        permanent=permanent,
        attempts=attempts,
        # While it is being sent this is the end of the lease, which is nobody's business.
        next_try_at=next_try if state == State.QUEUED else None,
        sent_at=sent,
    )
