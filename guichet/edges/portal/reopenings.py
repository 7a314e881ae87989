from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict


@require_POST
def reopen(request: SignedInRequest, number: int) -> HttpResponse:
    """Send a request back to the team; past the window, lead to the follow-up instead."""
    ticket = find(request.actor, number)
    try:
        tickets.reopen(ticket, by=request.actor, at=clock.now())
    except Conflict as refusal:
        messages.warning(request, str(refusal.sentence))
        return redirect("portal:follow_ups", number=ticket.pk)
    messages.success(request, _("The request is open again and back with our team."))
    return redirect("portal:request", number=ticket.pk)
