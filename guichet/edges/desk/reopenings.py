from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock

from .answers import act


@require_POST
def reopen(request: SignedInRequest, number: int) -> HttpResponse:
    """Send a request that was done back to the team."""
    return act(
        request,
        number,
        lambda ticket: tickets.reopen(ticket, by=request.actor, at=clock.now()),
        told=_("Request #%(number)s is open again.") % {"number": number},
    )
