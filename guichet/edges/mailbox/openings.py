from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.people.models import Person
from guichet.domain.people.queries import person_with_email
from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid

from . import handling
from .asking import choose
from .choosing import organisation_in
from .guessing import seats_of
from .identify import folded
from .models import ReceivedMessage
from .opening import new_person
from .queries import find_received, mail_in
from .states import State
from .unsorted_mail import mail_page, told


@require_POST
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open the request of a mail that waits, for the person named; or where its author has not said."""
    for_leads(request)
    row, organisation = find_received(pk), organisation_in(request.POST.get("organisation", ""))
    if row.state == State.ASKED:
        choose(row, organisation, at=clock.now())
        return told(request, row)
    if row.state != State.UNSORTED:
        return told(request, row)
    try:
        person = _named(request, row)
    except Invalid as refusal:
        return mail_page(request, row, mistakes=refusal.mistakes)
    seats = seats_of(person)
    if organisation is None and len(seats) > 1:
        return mail_page(request, row, seats=seats)
    only = seats[0].organisation
    organisation = organisation or (only.pk if only else None)
    handling.open_for(row, person, organisation, by=request.actor, at=clock.now())
    return told(request, row)


def _named(request: SignedInRequest, row: ReceivedMessage) -> Person:
    """A customer, by their address; or the sender of the mail, of whom nothing is known yet."""
    typed = request.POST.get("person", "")
    person = person_with_email(typed)
    if person is None and folded(typed) and folded(typed) == folded(row.sender):
        return new_person(folded(typed), mail_in(row), at=clock.now())
    if person is None:
        raise Invalid({"person": _("We know nobody with this address yet.")})
    if person.is_staff:
        raise Invalid({"person": _("This is the address of somebody of our own team.")})
    return person
