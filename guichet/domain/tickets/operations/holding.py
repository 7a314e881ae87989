from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Conflict, Invalid, refuse_unless
from guichet.foundation.text.cleaning import clean_line

from .. import policies
from ..events import TicketHeld
from ..models import Ticket
from ..states import State


@transaction.atomic
def hold(ticket: Ticket, *, reason: str, by: Actor, at: datetime) -> Ticket:
    """Put the request on hold, with a reason that both sides can read."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    reason = clean_line(reason)
    if not 1 <= len(reason) <= 200:
        raise Invalid({"reason": _("Please give a reason of 1 to 200 characters: the customer reads it.")})
    if ticket.state == State.ON_HOLD and ticket.hold_reason == reason:
        return ticket
    if ticket.is_done:
        raise Conflict(_("This request is done. Reopen it before putting it on hold."))
    if ticket.state == State.ON_HOLD:
        ticket.become(State.OPEN, at=at)
    ticket.become(State.ON_HOLD, at=at, hold_reason=reason)
    record(TicketHeld(ticket_id=ticket.pk, reason=reason, by=by, at=at))
    return ticket
