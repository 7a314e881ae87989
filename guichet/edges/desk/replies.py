from datetime import datetime

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import find
from guichet.domain.tickets.states import Channel
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict, Invalid

from .answers import show_change, show_composing, show_preview
from .composing import Posted


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
    return show_change(request, number, "reply")


def _send(request: SignedInRequest, ticket: Ticket, posted: Posted, *, at: datetime) -> None:
    posted.check()
    if posted.then != "resolve":
        _reply(request, ticket, posted, at=at)
        return
    with transaction.atomic():
        said = _reply(request, ticket, posted, at=at)
        # A reply that was there already has had its effect: what came after it stands.
        if said.created_at == at:
            tickets.resolve(ticket, by=request.actor, at=at)


def _reply(request: SignedInRequest, ticket: Ticket, posted: Posted, *, at: datetime) -> Message:
    return tickets.reply(
        ticket,
        body=posted.body,
        attachments=posted.intake.ids,
        channel=Channel.DESK,
        client_key=posted.client_key,
        having_read=posted.having_read,
        by=request.actor,
        at=at,
    )
