from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest

from .answers import show_page
from .contexts import conversation_of, parts_of
from .places import Place
from .swaps import wants_piece


@require_safe
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """A request with its conversation: the whole page, or for a script the conversation alone."""
    ticket, place = find(request.actor, number), Place.of(request)
    if not wants_piece(request):
        return show_page(request, ticket, place)
    return render(request, "desk/conversation_piece.html", conversation_of(request.actor, ticket, place))


@require_safe
def refresh(request: SignedInRequest, number: int) -> HttpResponse:
    """What may have changed while somebody reads or writes: head, messages and side, never the composer."""
    ticket = find(request.actor, number)
    context = parts_of(request.actor, ticket, Place.of(request))
    return render(request, "desk/parts.html", {**context, "read_up_to": ticket.last_message_id})
