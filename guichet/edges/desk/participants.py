from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.people.models import Person
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import participants_of
from guichet.edges.posted import number_in
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach

from .answers import act
from .people import person_named


@require_POST
def change(request: SignedInRequest, number: int) -> HttpResponse:
    """Copy somebody on the request (`person`: address or name), or take somebody off (`remove`: their id)."""
    at = clock.now()

    def do(ticket: Ticket) -> None:
        unwanted = request.POST.get("remove", "")
        if unwanted:
            tickets.remove_participant(ticket, person=_among(ticket, unwanted), by=request.actor, at=at)
            return
        person = person_named(request.actor, request.POST.get("person", ""), at=at)
        tickets.add_participant(ticket, person=person, by=request.actor, at=at)

    return act(request, number, do)


def _among(ticket: Ticket, word: str) -> Person:
    person = next((one for one in participants_of(ticket) if one.pk == number_in(word)), None)
    if person is None:
        raise OutOfReach
    return person
