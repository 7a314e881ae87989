from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Invalid, refuse_unless
from guichet.foundation.text.cleaning import clean_line

from .. import policies
from ..events import TicketTagged, TicketUntagged
from ..models import Tag, Ticket, TicketTag


@transaction.atomic
def tag(ticket: Ticket, *, name: str, by: Actor, at: datetime) -> Ticket:
    """Put a tag on the request; the tag is made if nobody used it before."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    name = _word(name)
    if not 1 <= len(name) <= 40:
        raise Invalid({"tag": _("A tag has 1 to 40 characters.")})
    word, _new = Tag.objects.get_or_create(name=name)
    _link, new = TicketTag.objects.get_or_create(ticket=ticket, tag=word)
    if new:
        record(TicketTagged(ticket_id=ticket.pk, tag=name, by=by, at=at))
    return ticket


@transaction.atomic
def untag(ticket: Ticket, *, name: str, by: Actor, at: datetime) -> Ticket:
    """Take a tag off the request."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    name = _word(name)
    removed, _rows = TicketTag.objects.filter(ticket=ticket, tag__name=name).delete()
    if removed:
        record(TicketUntagged(ticket_id=ticket.pk, tag=name, by=by, at=at))
    return ticket


def _word(name: str) -> str:
    """A tag as it is kept, whatever somebody typed for it."""
    return clean_line(name).lower().lstrip("# ")
