"""People, as an agent names them: by e-mail, or by name where only one is called so."""

from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guichet.domain.people import policies
from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person
from guichet.domain.people.operations import add_person
from guichet.domain.people.queries import people_visible_to, person_with_email
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import Invalid
from guichet.foundation.text.cleaning import clean_line

COMPLETED_FROM = 2  # characters
_MOST_OFFERED = 8


@require_safe
def complete(request: SignedInRequest) -> HttpResponse:
    """Customers whose name or address holds what is typed (`person`), as options of a list."""
    typed = clean_line(request.GET.get("person", ""))
    found: list[tuple[str, str]] = []
    if len(typed) >= COMPLETED_FROM:
        called_so = Q(name__icontains=typed) | Q(email__istartswith=typed)
        people = people_visible_to(request.actor).filter(called_so, staff_role=None).order_by("name", "id")
        found = list(people.values_list("email", "name")[:_MOST_OFFERED])
    return render(request, "desk/options.html", {"options": found})


def person_named(actor: Actor, typed: str, *, at: datetime) -> Person:
    """The person meant. A lead may name a new address: its person is added. Raises Invalid (`person`)."""
    typed = clean_line(typed)
    if not typed:
        raise Invalid({"person": _("Please write a name or an e-mail address.")})
    if "@" in typed:
        return _at_address(actor, typed, at=at)
    found = list(people_visible_to(actor).filter(name__iexact=typed)[:2])
    if not found:
        raise Invalid({"person": _("Nobody is called so. Please write the e-mail address.")})
    if len(found) > 1:
        raise Invalid({"person": _("Several people are called so. Please write the e-mail address.")})
    return found[0]


def _at_address(actor: Actor, typed: str, *, at: datetime) -> Person:
    person = person_with_email(typed)
    if person:
        return person
    if not policies.may_manage_people(actor):
        raise Invalid({"person": _("We know nobody with this address yet. A lead can add this person.")})
    try:
        return add_person(email=typed, by=actor, at=at)
    except Invalid as refusal:
        raise Invalid({"person": refusal.mistakes["email"]}) from None
