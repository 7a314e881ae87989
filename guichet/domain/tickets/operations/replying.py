from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.database.rows import update
from guichet.foundation.refusals import Conflict, refuse_unless

from .. import policies
from ..events import TicketReopened, TicketReplied
from ..mailed import Mailed
from ..models import Message, Ticket
from ..queries import is_copied
from ..states import Channel, MessageKind, State
from ._writing import checked_reply, forget_repeat, said_already, write


@transaction.atomic
def reply(
    ticket: Ticket,
    *,
    body: str,
    attachments: Sequence[UUID] = (),
    channel: Channel = Channel.PORTAL,
    client_key: UUID | None = None,
    having_read: int | None = None,
    mail: Mailed | None = None,
    by: Actor,
    at: datetime,
) -> Message:
    """Say something that both sides read.

    A customer's reply sends the request back to the team, reopening it if it was done; an agent's
    leaves it waiting for the customer. `having_read` is the last message its author had seen: if
    another came meanwhile, Conflict is raised and nothing is sent. Past the reopen window a reply
    raises Conflict too: the conversation goes on in a follow-up (see `follow_up`).
    """
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_reply(by, ticket, copied=is_copied(by, ticket)))
    earlier = said_already(ticket, client_key)
    if earlier:
        forget_repeat(attachments, draft=f"reply-{ticket.pk}", by=by)
        return earlier
    body = checked_reply(body, channel=channel)
    if having_read is not None and having_read < ticket.last_message_id:
        raise Conflict(_("A new message has arrived meanwhile. Read it, then send yours if it still fits."))
    if ticket.is_done and not ticket.may_reopen_at(at, days=current().requests.reopen_days):
        raise Conflict(
            _("This request was closed too long ago to go on. Your message can start a follow-up.")
        )
    message = write(
        ticket,
        kind=MessageKind.PUBLIC,
        body=body,
        channel=channel,
        attachments=attachments,
        client_key=client_key,
        mail=mail,
        draft=f"reply-{ticket.pk}",
        by=by,
        at=at,
    )
    ticket.last_message_id, ticket.last_public_by_staff, ticket.active_at = message.pk, by.is_staff, at
    update(ticket, "last_message_id", "last_public_by_staff", "active_at")
    record(TicketReplied(ticket_id=ticket.pk, message_id=message.pk, channel=channel.value, by=by, at=at))
    _move_on(ticket, by=by, at=at)
    return message


def _move_on(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """What a reply does to the state: the ball is in the other side's court."""
    if ticket.is_done:
        ticket.become(State.OPEN, at=at)
        record(TicketReopened(ticket_id=ticket.pk, by=by, at=at))
    if by.is_staff and ticket.state != State.WAITING:
        ticket.become(State.WAITING, at=at)
    elif not by.is_staff and ticket.state in (State.WAITING, State.ON_HOLD):
        ticket.become(State.OPEN, at=at)
