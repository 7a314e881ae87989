"""The last stage: what was written becomes a reply, said by the domain's own operations."""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.people.queries import actor_of
from guichet.domain.policy.queries import current
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import find
from guichet.domain.tickets.states import Channel
from guichet.edges.uploads import keep_for
from guichet.foundation.refusals import Conflict, Invalid, NotAllowed, OutOfReach

from .identify import Identified, Unsorted
from .models import ReceivedMessage
from .reading import File, Mail, trim
from .states import Reason, State

log = structlog.get_logger("guichet.mail")


def place(row: ReceivedMessage, mail: Mail, who: Identified, *, at: datetime) -> Unsorted | None:
    """Add the mail to its request, or to the follow-up of one past reopening. None when that is done.

    Rights are those of now. Raises IntegrityError when the same words were delivered meanwhile.
    """
    actor = actor_of(who.person)
    said = trim(mail.text)
    if not said.visible and not mail.files:
        return Unsorted(Reason.EMPTY)
    try:
        ticket = find(actor, who.ticket_id)
        # Before the transaction: looking at a picture takes longer than others should wait.
        attachments = _kept(mail.files, actor)
        body = said.visible or "\n".join(file.name for file in mail.files)
        _say(row, ticket, body=body, attachments=attachments, by=actor, at=at)
    except (NotAllowed, OutOfReach):
        return Unsorted(Reason.NO_RIGHT)
    except Invalid as refusal:
        return Unsorted(Reason.REFUSED, " ".join(str(sentence) for sentence in refusal.mistakes.values()))
    except Conflict as refusal:
        return Unsorted(Reason.REFUSED, str(refusal))
    return None


@transaction.atomic
def _say(
    row: ReceivedMessage,
    ticket: Ticket,
    *,
    body: str,
    attachments: list[UUID],
    by: Actor,
    at: datetime,
) -> None:
    """The message, and the note that it came of this mail, in one transaction: neither without the other."""
    waiting = ReceivedMessage.objects.select_for_update().filter(pk=row.pk, state=State.RECEIVED)
    if not waiting.exists():
        return
    said: Any = {"body": body, "attachments": attachments, "channel": Channel.EMAIL, "by": by, "at": at}
    if not ticket.is_done or ticket.may_reopen_at(at, days=current().requests.reopen_days):
        message = tickets.reply(ticket, **said)
    else:
        later = tickets.follow_up(ticket, **said)
        message = Message.objects.filter(ticket=later, author=by.person_id).latest("id")
    row.ticket_id, row.message = message.ticket_id, message
    row.state, row.settled_at, row.next_try_at = State.DELIVERED, at, None
    row.save()


def _kept(attached: tuple[File, ...], actor: Actor) -> list[UUID]:
    """The files that the vendor's rules take. The others stay in the mail, which is kept whole."""
    kept = []
    for file in attached[: current().attachments.max_files]:
        try:
            kept.append(keep_for(actor, [file.content], name=file.name).pk)
        except Invalid as refusal:
            log.info("a file stays in its mail", name=file.name, why=str(refusal.mistakes))
    return kept
