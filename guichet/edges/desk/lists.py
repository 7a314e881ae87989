from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guichet.domain.tickets.queries import VIEWS
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach

from .places import FIRST_VIEW, Place
from .shelves import shelves_of
from .swaps import wants_piece


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The desk begins with what nobody has taken yet."""
    return redirect("desk:list", view=FIRST_VIEW)


@require_safe
def show(request: SignedInRequest, view: str) -> HttpResponse:
    """A view: its page, or for a script the list alone with the views' fresh counts."""
    if view not in VIEWS:
        raise OutOfReach
    place = Place.of(request, view)
    template = "desk/rows_piece.html" if wants_piece(request) else "desk/list.html"
    return render(request, template, shelves_of(request.actor, place))
