from datetime import datetime, timedelta

from django.db import transaction

from guichet.domain.people.actors import SYSTEM, Actor
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..events import TicketClosed
from ..models import Ticket
from ..queries import is_copied
from ..states import State
from ._reading import refuse_unread


@transaction.atomic
def close(ticket: Ticket, *, having_read: int | None = None, by: Actor, at: datetime) -> Ticket:
    """End the request, by either side.

    `having_read` is the last message they had seen: if another came meanwhile, Conflict is raised, so that
    nothing is closed with a message that nobody has read.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_close(by, ticket, copied=is_copied(by, ticket)))
    if ticket.is_closed:
        return ticket
    refuse_unread(ticket, having_read, by=by)
    ticket.become(State.CLOSED, at=at)
    record(TicketClosed(ticket_id=ticket.pk, by=by, at=at))
    return ticket


def close_settled(*, at: datetime, limit: int = 200) -> int:
    """Close what was resolved long enough ago without another word. Returns how many were closed."""
    until = at - timedelta(days=current().requests.close_resolved_days)
    settled = Ticket.objects.filter(state=State.RESOLVED, done_at__lte=until).values_list("pk", flat=True)
    return sum(_close_if_settled(pk, until, at=at) for pk in list(settled[:limit]))


@transaction.atomic
def _close_if_settled(pk: int, until: datetime, *, at: datetime) -> bool:
    """Asks again under the lock: an answer that came meanwhile has reopened it."""
    ticket = Ticket.objects.locked(pk)
    settled = ticket.state == State.RESOLVED and ticket.done_at is not None and ticket.done_at <= until
    if settled:
        close(ticket, by=SYSTEM, at=at)
    return settled
