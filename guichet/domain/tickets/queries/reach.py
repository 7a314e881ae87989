"""Which requests an actor reaches. `visible_to` is `policies.may_see` in SQL; a test holds them equal."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import FullResultSet
from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from guichet.domain.people.actors import Actor
from guichet.foundation.database.written import Slot, Written
from guichet.foundation.refusals import OutOfReach

from ..models import Attachment, Participant, Ticket
from ..policies import may_fetch, may_see

_KEY = BigIntegerField()


def visible_to(actor: Actor) -> QuerySet[Ticket]:
    """Every request this actor may see; nothing else ever reaches a page."""
    if actor.is_system or actor.leads:
        return Ticket.objects.all()
    if actor.is_staff:
        return Ticket.objects.filter(_worked_by(actor))
    return Ticket.objects.filter(own_of(actor) | overseen_by(actor) | copied_to(actor))


@lru_cache(maxsize=1024)
def condition_for(actor: Actor) -> tuple[str, dict[str, Any]]:
    """`visible_to` as a condition on tickets_ticket with named values, for statements written by hand.

    It follows from the actor alone, who is a value: other rights are another actor. It stands in a CASE, to
    filter what something else has found: SQLite would take its OR for a way in, and read a third of a
    million requests from the indexes of teams to answer for a few of them.
    """
    query = visible_to(actor).query
    try:
        condition, values = query.get_compiler(connection=connection).compile(query.where)
    except FullResultSet:  # leads, whom nothing bounds
        return "1 = 1", {}
    named = {f"reach_{position}": value for position, value in enumerate(values)}
    written = condition % tuple(f"%({name})s" for name in named)
    return f"CASE WHEN {written} THEN 1 ELSE 0 END = 1", named


def _worked_by(actor: Actor) -> Q:
    return Q(team=None) | Q(team__in=actor.teams_in_reach) | Q(assignee=actor.person_id)


def own_of(actor: Actor) -> Q:
    seats = [seat.organisation_id for seat in actor.seats]
    return Q(requester=actor.person_id) & (Q(organisation=None) | Q(organisation__in=seats))


def overseen_by(actor: Actor) -> Q:
    return Q(organisation__in=actor.overseen)


def copied_to(actor: Actor) -> Q:
    return Q(pk__in=Participant.objects.filter(person=actor.person_id).values("ticket"))


_OF_NUMBER = Written(
    lambda: (
        Ticket.objects.select_related("requester", "organisation", "assignee", "team")
        .annotate(
            copies=Exists(Participant.objects.filter(ticket=OuterRef("pk"), person=Slot("reader", _KEY)))
        )
        .filter(pk=Slot("number", _KEY))
    )
)


def find(actor: Actor, number: int) -> Ticket:
    """The request of this number. Raises OutOfReach where the actor sees none: absent and foreign alike."""
    found = _OF_NUMBER.rows(number=number, reader=actor.person_id) if 0 < number < 2**63 else []
    if not found or not may_see(actor, found[0], copied=found[0].copies):
        raise OutOfReach
    return found[0]


def is_copied(actor: Actor, ticket: Ticket) -> bool:
    """Whether a customer is among the participants. Staff never need to be."""
    if actor.is_staff or actor.is_system:
        return False
    return Participant.objects.filter(ticket=ticket, person=actor.person_id).exists()


def find_attachment(actor: Actor, pk: str) -> Attachment:
    """The file, if the actor may fetch it now. Raises OutOfReach; asked again on every download."""
    attachment = Attachment.objects.select_related("ticket", "message").filter(pk=pk).first()
    if attachment is None:
        raise OutOfReach
    copied = attachment.ticket is not None and is_copied(actor, attachment.ticket)
    if not may_fetch(actor, attachment, copied=copied):
        raise OutOfReach
    return attachment
