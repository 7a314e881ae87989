from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.tickets.queries import find, history_for
from guichet.edges.requests import SignedInRequest

from .mail_states import step_mails
from .places import Place
from .shelves import views_of
from .words import STEP_ICONS


@require_safe
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """Every step of the request, in the place of its conversation."""
    ticket, place = find(request.actor, number), Place.of(request)
    context = {
        **views_of(place, {}),
        "ticket": ticket,
        "steps": history_for(request.actor, ticket),
        "mails": step_mails(ticket.pk),
        "step_icons": STEP_ICONS,
    }
    return render(request, "desk/history.html", context)
