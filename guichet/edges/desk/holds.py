from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock

from .answers import act


@require_POST
def hold(request: SignedInRequest, number: int) -> HttpResponse:
    """Put the request on hold, with a reason."""
    reason = request.POST.get("reason", "")
    return act(
        request, number, lambda ticket: tickets.hold(ticket, reason=reason, by=request.actor, at=clock.now())
    )
