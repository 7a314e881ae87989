from datetime import datetime

from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..events import MessageEdited
from ..models import Message, Ticket
from ..states import Channel
from ._writing import checked_reply, rendered


@transaction.atomic
def edit_message(message: Message, *, body: str, by: Actor, at: datetime) -> Message:
    """A new version of one's own message; every earlier one stays. Mails already sent are not sent again."""
    ticket = Ticket.objects.locked(message.ticket_id)
    refuse_unless(policies.may_work_on(by, ticket) and policies.may_edit_message(by, message))
    first = message.original or message
    newest = first.versions.order_by("-id").first() or first
    body = checked_reply(body, channel=Channel.DESK)
    if newest.body == body:
        return newest
    version = Message.objects.create(
        ticket=ticket,
        author_id=by.person_id,
        by_staff=True,
        kind=first.kind,
        channel=Channel.DESK,
        body=body,
        html=rendered(body, by=by),
        created_at=at,
        original=first,
    )
    record(MessageEdited(ticket_id=ticket.pk, message_id=version.pk, original_id=first.pk, by=by, at=at))
    return version
