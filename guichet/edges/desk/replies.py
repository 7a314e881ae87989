from datetime import datetime

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import find
from guichet.domain.tickets.states import Channel
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict, Invalid

from .answers import show_change, show_composing, show_preview
from .composing import Composing, Posted


@require_POST
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """Reply, and resolve if the author says so. A message that came meanwhile is shown first (409)."""
    ticket, posted = find(request.actor, number), Posted.read(request)
    if posted.then == "preview":
        return show_preview(request, ticket, posted.handed_back(request, "reply", ticket))
    try:
        _send(request, ticket, posted, at=clock.now())
    except (Conflict, Invalid) as refusal:
        ticket = find(request.actor, number)
        status = 422 if isinstance(refusal, Invalid) else 409
        returned = posted.handed_back(request, "reply", ticket, refusal)
        return show_composing(request, ticket, returned, status=status)
    fresh = Composing(kind="reply", having_read=find(request.actor, number).last_message_id)
    return show_change(request, number, fresh)


@transaction.atomic
def _send(request: SignedInRequest, ticket: Ticket, posted: Posted, *, at: datetime) -> None:
    posted.check()
    said = tickets.reply(
        ticket,
        body=posted.body,
        attachments=posted.intake.ids,
        channel=Channel.DESK,
        client_key=posted.client_key,
        having_read=posted.having_read,
        by=request.actor,
        at=at,
    )
    # A reply that was there already has had its effect: what came after it stands.
    if posted.then == "resolve" and said.created_at == at:
        tickets.resolve(ticket, by=request.actor, at=at)
