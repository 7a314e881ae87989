from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import known_tags
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.text.cleaning import clean_line

from .answers import act


@require_POST
def change(request: SignedInRequest, number: int) -> HttpResponse:
    """Put a tag on the request (`tag`), or take one off (`remove`)."""

    def do(ticket: Ticket) -> None:
        unwanted = request.POST.get("remove", "")
        if unwanted:
            tickets.untag(ticket, name=unwanted, by=request.actor, at=clock.now())
        else:
            tickets.tag(ticket, name=request.POST.get("tag", ""), by=request.actor, at=clock.now())

    return act(request, number, do)


@require_safe
def complete(request: SignedInRequest) -> HttpResponse:
    """Tags in use that begin with what is typed (`tag`), as options of a list."""
    beginning = clean_line(request.GET.get("tag", ""), 40).lstrip("# ")
    return render(request, "desk/options.html", {"options": [(tag, "") for tag in known_tags(beginning)]})
