from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.policy.document import say
from guichet.domain.policy.queries import current
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest


@require_safe
def confirmation(request: SignedInRequest, number: int) -> HttpResponse:
    """It has arrived: the number, what happens next, where the answer will come."""
    context = {
        "section": "requests",
        "ticket": find(request.actor, number),
        "hours": say(current().vendor.hours, request.actor.language),
    }
    return render(request, "portal/confirmation.html", context)
