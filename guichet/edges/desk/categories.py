from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock

from .answers import act


@require_POST
def change(request: SignedInRequest, number: int) -> HttpResponse:
    """Move the request to another category."""
    category = request.POST.get("category", "")
    return act(
        request,
        number,
        lambda ticket: tickets.set_category(ticket, category=category, by=request.actor, at=clock.now()),
    )
