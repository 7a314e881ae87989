"""Who else follows a request."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.domain.people.models import Person
from guichet.domain.people.policies import may_list_members
from guichet.domain.people.queries import people_visible_to
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import find, participants_of
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid, OutOfReach, Sentence
from guichet.foundation.text.folding import fold_email

from .threads import may_add

OFFERED = 200  # colleagues in the list; the address of any other can be typed


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: SignedInRequest, number: int) -> HttpResponse:
    ticket = find(request.actor, number)
    if request.method != "POST":
        return _page(request, ticket)
    typed = request.POST.get("person", "")
    try:
        person = _colleague(request, typed)
        tickets.add_participant(ticket, person=person, by=request.actor, at=clock.now())
    except Invalid as refusal:
        return _page(request, ticket, typed=typed, mistakes=refusal.mistakes, status=422)
    messages.success(request, _("%(person)s can now read and answer here.") % {"person": person.name})
    return redirect("portal:request", number=ticket.pk)


@require_POST
def remove_participant(request: SignedInRequest, number: int, person_id: int) -> HttpResponse:
    ticket = find(request.actor, number)
    person = next((one for one in participants_of(ticket) if one.pk == person_id), None)
    if person is None:
        raise OutOfReach
    tickets.remove_participant(ticket, person=person, by=request.actor, at=clock.now())
    if person.pk == request.actor.person_id:
        messages.success(request, _("You no longer follow this request."))
        return redirect("portal:requests")
    messages.success(request, _("%(person)s no longer follows this request.") % {"person": person.name})
    return redirect("portal:request", number=ticket.pk)


def _colleague(request: SignedInRequest, typed: str) -> Person:
    try:
        person = people_visible_to(request.actor).filter(email=fold_email(typed)).first()
    except ValueError:
        person = None
    if person is None:
        raise Invalid({"person": _("We find nobody of your organisation with this e-mail address.")})
    return person


def _page(
    request: SignedInRequest,
    ticket: Ticket,
    *,
    typed: str = "",
    mistakes: dict[str, Sentence] | None = None,
    status: int = 200,
) -> HttpResponse:
    people = participants_of(ticket)
    allowed = may_add(request.actor, ticket, people)
    context = {
        "section": "requests",
        "ticket": ticket,
        "people": people,
        "may_add": allowed,
        "colleagues": _offered(request, ticket, people) if allowed else [],
        "typed": typed,
        "mistakes": mistakes or {},
    }
    return render(request, "portal/participants.html", context, status=status)


def _offered(request: SignedInRequest, ticket: Ticket, people: list[Person]) -> list[tuple[str, str]]:
    """Address and name of those who could be added, for whoever may know them; others type an address."""
    if not may_list_members(request.actor, ticket.organisation_id):
        return []
    there = [ticket.requester_id, *(person.pk for person in people)]
    colleagues = people_visible_to(request.actor).filter(memberships__organisation=ticket.organisation_id)
    return list(colleagues.exclude(pk__in=there).order_by("name").values_list("email", "name")[:OFFERED])
