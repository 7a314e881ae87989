from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.edges.posted import number_in
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock

from .answers import act


@require_POST
def resolve(request: SignedInRequest, number: int) -> HttpResponse:
    """Say that the problem is solved."""
    having_read = number_in(request.POST.get("having_read", ""))
    return act(
        request,
        number,
        lambda ticket: tickets.resolve(ticket, having_read=having_read, by=request.actor, at=clock.now()),
        told=_("Request #%(number)s is resolved.") % {"number": number},
    )
