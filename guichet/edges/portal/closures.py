from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock


@require_POST
def close(request: SignedInRequest, number: int) -> HttpResponse:
    """End a request without another word."""
    ticket = tickets.close(find(request.actor, number), by=request.actor, at=clock.now())
    messages.success(request, _("The request is closed. If the problem comes back, you can reopen it here."))
    return redirect("portal:request", number=ticket.pk)
