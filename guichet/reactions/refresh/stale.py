from functools import partial

from django.db import transaction
from django.db.models import Q

from guichet.domain.people.models import Membership
from guichet.domain.people.states import MemberRole
from guichet.domain.tickets.models import Participant, Ticket
from guichet.domain.timeline.models import Event
from guichet.foundation import pubsub


def refresh(event: Event) -> None:
    """Say that the request, the desk and the lists of those who see it are stale, once this is committed."""
    ticket = Ticket.objects.get(pk=event.subject_id)
    topics = [f"ticket-{ticket.pk}", "desk", *(f"person-{pk}" for pk in sorted(_watchers(ticket, event)))]
    for topic in topics:
        transaction.on_commit(partial(pubsub.publish, topic, "stale"))


def _watchers(ticket: Ticket, event: Event) -> set[int]:
    """Customers in whose lists the request stands, or stood until now."""
    people = set(Participant.objects.filter(ticket=ticket).values_list("person_id", flat=True))
    if ticket.organisation_id is not None:
        oversee = Q(designated=True) | Q(role=MemberRole.ADMINISTRATOR)
        seats = Membership.objects.filter(oversee, organisation=ticket.organisation_id)
        people.update(seats.values_list("person_id", flat=True))
    removed = event.facts.get("person_id")
    return people | {ticket.requester_id} | ({removed} if removed else set())
