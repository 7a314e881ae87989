from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.domain.people.models import Person, Team
from guichet.domain.people.queries import staff, teams
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import find
from guichet.edges.posted import number_in
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid

from .answers import act
from .places import Place
from .shelves import views_of
from .swaps import wants_piece


@require_POST
def take(request: SignedInRequest, number: int) -> HttpResponse:
    """Make the request one's own."""
    held_by = number_in(request.POST.get("held_by", ""))
    return act(
        request,
        number,
        lambda ticket: tickets.take(ticket, held_by=held_by, by=request.actor, at=clock.now()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: SignedInRequest, number: int) -> HttpResponse:
    """Whom the request can be given to; and giving it: `to` is person-<id>, team-<id> or nobody."""
    if request.method == "POST":
        at = clock.now()
        return act(request, number, lambda ticket: _give(request, ticket, at))
    ticket, place = find(request.actor, number), Place.of(request)
    context = {"ticket": ticket, "place": place, "staff": staff(), "teams": teams()}
    if wants_piece(request):
        return render(request, "desk/assignment_choice.html", context)
    return render(request, "desk/assignment.html", {**views_of(place, {}), **context})


def _give(request: SignedInRequest, ticket: Ticket, at: datetime) -> None:
    to, team = _chosen(request.POST.get("to", ""), ticket)
    tickets.assign(ticket, to=to, team=team, by=request.actor, at=at)


def _chosen(word: str, ticket: Ticket) -> tuple[Person | None, Team | None]:
    """A person keeps the request in its team; a team gets it for whoever of them takes it."""
    kind, _dash, key = word.partition("-")
    pk = number_in(key) or 0
    if kind == "person" and (person := staff().filter(pk=pk).first()):
        return person, ticket.team
    if kind == "team" and (team := teams().filter(pk=pk).first()):
        return None, team
    if word == "nobody":
        return None, None
    raise Invalid({"assignee": _("Please choose a person or a team in the list.")})
