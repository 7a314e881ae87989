from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Conflict, refuse_unless

from .. import policies
from ..events import TicketReopened
from ..models import Ticket
from ..queries import is_copied
from ..states import State


@transaction.atomic
def reopen(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Send a done request back to the team, with its history. Raises Conflict past the reopen window."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_reopen(by, ticket, copied=is_copied(by, ticket)))
    if not ticket.is_done:
        return ticket
    if not ticket.may_reopen_at(at, days=current().requests.reopen_days):
        raise Conflict(
            _("This request was closed too long ago to reopen. You can write a follow-up instead.")
        )
    ticket.become(State.OPEN, at=at)
    record(TicketReopened(ticket_id=ticket.pk, by=by, at=at))
    return ticket
