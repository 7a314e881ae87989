"""Whether a person may get a mail about a request: asked when it is owed and again when it is sent."""

from guichet.domain.people.models import Person
from guichet.domain.people.queries import actor_of
from guichet.domain.tickets import policies
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import is_copied

from .states import FOR_STAFF, OF_AN_END, Cause, Kind


def hindrance(person: Person, ticket: Ticket, kind: Kind) -> Cause | None:
    """Why this person must not get such a mail, as things are now; None when they may."""
    if not person.is_active:
        return Cause.GONE
    if not person.wants_mail:
        return Cause.UNWANTED
    if kind in OF_AN_END and not ticket.is_done:
        return Cause.OVERTAKEN
    actor = actor_of(person)
    if kind in FOR_STAFF:
        may = policies.may_work_on(actor, ticket)
    else:
        may = policies.may_see(actor, ticket, copied=is_copied(actor, ticket))
    return None if may else Cause.NO_RIGHT
