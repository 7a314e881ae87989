from datetime import datetime

from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..events import TicketResolved
from ..models import Ticket
from ..states import State
from ._reading import refuse_unread


@transaction.atomic
def resolve(ticket: Ticket, *, having_read: int | None = None, by: Actor, at: datetime) -> Ticket:
    """Say that the problem is solved, as the team sees it. The customer's word can still reopen it.

    `having_read` is the last message its agent had seen: if another came meanwhile, Conflict is raised.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    if ticket.is_done:
        return ticket
    refuse_unread(ticket, having_read, by=by)
    ticket.become(State.RESOLVED, at=at)
    record(TicketResolved(ticket_id=ticket.pk, by=by, at=at))
    return ticket
