from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Membership, Person
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Invalid, refuse_unless

from .. import policies
from ..events import ParticipantAdded, ParticipantRemoved
from ..models import Participant, Ticket
from ..queries import is_copied


@transaction.atomic
def add_participant(ticket: Ticket, *, person: Person, by: Actor, at: datetime) -> Ticket:
    """Copy somebody on the request: they see all of it and may write in it.

    Customers copy people of the request's organisation only; agents may invite anybody.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_add_participant(by, ticket, copied=is_copied(by, ticket)))
    if not by.is_staff and not _of_same_organisation(person, ticket):
        raise Invalid({"person": _("You can add people of your own organisation. For others, ask us.")})
    if person.pk == ticket.requester_id or person.is_staff:
        return ticket
    _row, new = Participant.objects.get_or_create(ticket=ticket, person=person, defaults={"added_at": at})
    if new:
        record(
            ParticipantAdded(ticket_id=ticket.pk, person_id=person.pk, person_name=person.name, by=by, at=at)
        )
    return ticket


@transaction.atomic
def remove_participant(ticket: Ticket, *, person: Person, by: Actor, at: datetime) -> Ticket:
    """Take somebody off the request. People may always take themselves off."""
    ticket = Ticket.objects.locked(ticket.pk)
    copied = is_copied(by, ticket)
    refuse_unless(
        policies.may_add_participant(by, ticket, copied=copied) or (copied and person.pk == by.person_id)
    )
    removed, _rows = Participant.objects.filter(ticket=ticket, person=person).delete()
    if removed:
        record(
            ParticipantRemoved(
                ticket_id=ticket.pk, person_id=person.pk, person_name=person.name, by=by, at=at
            )
        )
    return ticket


def _of_same_organisation(person: Person, ticket: Ticket) -> bool:
    return Membership.objects.filter(person=person, organisation=ticket.organisation_id).exists()
