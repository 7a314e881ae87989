from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.queries import find
from guichet.edges.posted import number_in
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict


@require_POST
def close(request: SignedInRequest, number: int) -> HttpResponse:
    """End a request without another word."""
    ticket, having_read = find(request.actor, number), number_in(request.POST.get("having_read", ""))
    try:
        tickets.close(ticket, having_read=having_read, by=request.actor, at=clock.now())
    except Conflict as refusal:
        messages.warning(request, str(refusal.sentence))
        return redirect("portal:request", number=ticket.pk)
    messages.success(request, _("The request is closed. If the problem comes back, you can reopen it here."))
    return redirect("portal:request", number=ticket.pk)
