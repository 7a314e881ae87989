from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.timeline.operations import record
from guichet.foundation.database.rows import update
from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..events import TicketNoted
from ..mailed import Mailed
from ..models import Message, Ticket
from ..states import Channel, MessageKind
from ._writing import checked_reply, forget_repeat, said_already, write


@transaction.atomic
def note(
    ticket: Ticket,
    *,
    body: str,
    attachments: Sequence[UUID] = (),
    client_key: UUID | None = None,
    mail: Mailed | None = None,
    by: Actor,
    at: datetime,
) -> Message:
    """Write something that only the vendor's staff reads, or keep a `mail` as such. The state stays."""
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_work_on(by, ticket))
    earlier = said_already(ticket, client_key)
    if earlier:
        forget_repeat(attachments, draft=f"note-{ticket.pk}", by=by)
        return earlier
    channel = Channel.EMAIL if mail else Channel.DESK
    message = write(
        ticket,
        kind=MessageKind.NOTE,
        body=checked_reply(body, channel=channel),
        channel=channel,
        attachments=attachments,
        client_key=client_key,
        mail=mail,
        draft=f"note-{ticket.pk}",
        by=by,
        at=at,
    )
    ticket.last_message_id, ticket.active_at = message.pk, at
    update(ticket, "last_message_id", "active_at")
    record(TicketNoted(ticket_id=ticket.pk, message_id=message.pk, by=by, at=at))
    return message
