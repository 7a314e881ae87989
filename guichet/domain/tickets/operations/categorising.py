from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Invalid, refuse_unless

from .. import policies
from ..events import TicketRecategorised
from ..models import Ticket


@transaction.atomic
def set_category(ticket: Ticket, *, category: str, by: Actor, at: datetime) -> Ticket:
    """Move the request to another category. The customer's answers stay as they were given."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    if current().category(category) is None:
        raise Invalid({"category": _("Please choose one of the categories in the list.")})
    before = ticket.category_id
    if before == category:
        return ticket
    ticket.category_id = category
    ticket.save(update_fields=["category"])
    record(TicketRecategorised(ticket_id=ticket.pk, before=before, after=category, by=by, at=at))
    return ticket
