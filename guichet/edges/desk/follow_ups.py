from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.queries import find
from guichet.domain.tickets.states import Channel
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict, Invalid

from .answers import show_composing, show_preview
from .composing import Posted
from .places import Place
from .swaps import wants_piece


@require_POST
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """Go on, in a new request, with one that was done too long ago to reopen."""
    ticket, posted = find(request.actor, number), Posted.read(request)
    if posted.then == "preview":
        return show_preview(request, ticket, posted.handed_back(request, "reply", ticket))
    try:
        with transaction.atomic():
            posted.check()
            later = tickets.follow_up(
                ticket,
                body=posted.body,
                attachments=posted.intake.ids,
                channel=Channel.DESK,
                client_key=posted.client_key,
                by=request.actor,
                at=clock.now(),
            )
    except (Conflict, Invalid) as refusal:
        status = 422 if isinstance(refusal, Invalid) else 409
        returned = posted.handed_back(request, "reply", ticket, refusal)
        return show_composing(request, ticket, returned, status=status)
    address = Place.of(request).to("ticket", number=later.number)
    if wants_piece(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
