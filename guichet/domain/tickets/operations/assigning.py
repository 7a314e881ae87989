from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person, Team
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Conflict, Invalid, refuse_unless

from .. import policies
from ..events import TicketAssigned
from ..models import Ticket
from ..states import State


@transaction.atomic
def take(ticket: Ticket, *, held_by: int | None = None, by: Actor, at: datetime) -> Ticket:
    """Make the request one's own, in the team where it is.

    `held_by` is whose it was when they looked, 0 for nobody's: if it has gone to somebody else meanwhile,
    Conflict is raised, so that of two who take it at once one has it and the other knows.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    holder = ticket.assignee
    if held_by is not None and holder is not None and holder.pk not in (held_by, by.person_id):
        raise Conflict(_("Meanwhile this request has gone to %(name)s.") % {"name": holder.name})
    me = Person.objects.get(pk=by.known_id)
    return assign(ticket, to=me, team=ticket.team, by=by, at=at)


@transaction.atomic
def assign(ticket: Ticket, *, to: Person | None, team: Team | None, by: Actor, at: datetime) -> Ticket:
    """Give the request to a person, a team, both, or back to everyone. A new request thereby becomes open."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    if to is not None and not to.is_staff:
        raise Invalid({"assignee": _("Only the vendor's own staff can be given requests.")})
    assignee_id, team_id = to.pk if to else None, team.pk if team else None
    if (ticket.assignee_id, ticket.team_id) == (assignee_id, team_id):
        return ticket
    ticket.assignee, ticket.team = to, team
    ticket.save(update_fields=["assignee", "team"])
    if to is not None and ticket.state == State.NEW:
        ticket.become(State.OPEN, at=at)
    record(
        TicketAssigned(
            ticket_id=ticket.pk,
            assignee_id=assignee_id,
            team_id=team_id,
            assignee_name=to.name if to else "",
            team_name=team.name if team else "",
            by=by,
            at=at,
        )
    )
    return ticket
