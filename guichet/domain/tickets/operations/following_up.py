from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Conflict, refuse_unless

from .. import policies
from ..events import TicketFollowedUp, TicketOpened
from ..mailed import Mailed
from ..models import Participant, Ticket
from ..queries import is_copied
from ..states import Channel, MessageKind
from ._writing import checked_reply, write
from .drafting import drop_draft
from .replying import reply


@transaction.atomic
def follow_up(
    ticket: Ticket,
    *,
    body: str,
    attachments: Sequence[UUID] = (),
    channel: Channel = Channel.PORTAL,
    client_key: UUID | None = None,
    mail: Mailed | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Go on with a request that was done too long ago to reopen, in a new one that is linked to it.

    The new request keeps requester, organisation, category and participants. Where a follow-up exists
    already, the words go there. Returns the request in which they were said.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    refuse_unless(policies.may_reply(by, ticket, copied=is_copied(by, ticket)))
    if not ticket.is_done or ticket.may_reopen_at(at, days=current().requests.reopen_days):
        raise Conflict(_("This request can still go on: reply in it."))
    later = Ticket.objects.filter(follows=ticket).first()
    if later:
        if channel is not Channel.EMAIL:  # the form was the old request's, and `_go_on` knows only of the new
            drop_draft(f"reply-{ticket.pk}", by=by)
        return _go_on(
            later,
            body=body,
            attachments=attachments,
            channel=channel,
            client_key=client_key,
            mail=mail,
            by=by,
            at=at,
        )
    body = checked_reply(body, channel=channel)
    new = Ticket.objects.create(
        requester_id=ticket.requester_id,
        organisation_id=ticket.organisation_id,
        category_id=ticket.category_id,
        subject=ticket.subject,
        language=ticket.language,
        channel=channel,
        mailbox=ticket.mailbox,
        follows=ticket,
        opened_at=at,
        active_at=at,
    )
    copied = ticket.participants.values_list("person_id", flat=True)
    Participant.objects.bulk_create(Participant(ticket=new, person_id=pk, added_at=at) for pk in copied)
    message = write(
        new,
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
    Ticket.objects.filter(pk=new.pk).update(last_message_id=message.pk)
    opened = record(
        TicketOpened(ticket_id=new.pk, message_id=message.pk, channel=channel.value, by=by, at=at)
    )
    record(TicketFollowedUp(ticket_id=ticket.pk, follow_up_id=new.pk, because=opened.pk, by=by, at=at))
    return new


def _go_on(
    later: Ticket,
    *,
    body: str,
    attachments: Sequence[UUID],
    channel: Channel,
    client_key: UUID | None,
    mail: Mailed | None,
    by: Actor,
    at: datetime,
) -> Ticket:
    if later.is_done and not later.may_reopen_at(at, days=current().requests.reopen_days):
        return follow_up(
            later,
            body=body,
            attachments=attachments,
            channel=channel,
            client_key=client_key,
            mail=mail,
            by=by,
            at=at,
        )
    reply(
        later,
        body=body,
        attachments=attachments,
        channel=channel,
        client_key=client_key,
        mail=mail,
        by=by,
        at=at,
    )
    return later
