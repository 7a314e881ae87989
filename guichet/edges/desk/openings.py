from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guichet.domain.people.models import Person
from guichet.domain.people.queries import organisations_of, person_with_email
from guichet.domain.policy.document import CategoryRules, GuidedField, say
from guichet.domain.policy.queries import current
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import desk_counts, draft_of
from guichet.domain.tickets.states import Channel
from guichet.edges.chips import enclosed
from guichet.edges.posted import key_in, number_in
from guichet.edges.requests import SignedInRequest
from guichet.edges.uploads import Intake, sent_before, take_in
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid

from .people import person_named
from .places import Place
from .shelves import views_of


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and about what a request is opened: settled first, since the rest follows from it."""

    person: Person
    rules: CategoryRules


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Open a request on a customer's behalf: first for whom and about what, then the rest."""
    sent = request.POST if request.method == "POST" else request.GET
    if "person" not in sent:
        return _ask_first(request, sent)
    try:
        asked = _asked(request, sent)
    except Invalid as refusal:
        return _ask_first(request, sent, refusal)
    if "description" not in request.POST:
        return _begin(request, asked) if request.method != "POST" else _go_on(asked)
    intake = take_in(request)
    try:
        ticket = _open(request, asked, intake)
    except Invalid as refusal:
        return _ask_rest(request, asked, sent.dict(), intake, refusal)
    return redirect(Place.of(request).to("ticket", number=ticket.number))


def _asked(request: SignedInRequest, sent: QueryDict) -> Asked:
    rules = current().category(sent.get("category", "")) or current().categories[0]
    if request.method == "POST":
        return Asked(person_named(request.actor, sent.get("person", ""), at=clock.now()), rules)
    person = person_with_email(sent.get("person", ""))  # an address that only looks adds nobody
    if person is None:
        raise Invalid({"person": _("We know nobody with this address yet.")})
    return Asked(person, rules)


def _begin(request: SignedInRequest, asked: Asked) -> HttpResponse:
    """The form as its agent left it."""
    kept = draft_of(request.actor, f"for-{asked.person.pk}")
    return _ask_rest(request, asked, kept, Intake(ids=sent_before(kept.get("attachments", ""))))


def _go_on(asked: Asked) -> HttpResponse:
    chosen = urlencode({"person": asked.person.email, "category": asked.rules.key})
    return redirect(f"{reverse('desk:new')}?{chosen}")


def _open(request: SignedInRequest, asked: Asked, intake: Intake) -> Ticket:
    if intake.mistakes:
        raise Invalid(intake.mistakes)
    return tickets.open_ticket(
        category=asked.rules.key,
        subject=request.POST.get("subject", ""),
        description=request.POST.get("description", ""),
        organisation_id=number_in(request.POST.get("organisation", "")),
        requester=asked.person,
        answers={one.key: request.POST.get(f"answer-{one.key}", "") for one in asked.rules.fields},
        attachments=intake.ids,
        channel=Channel.DESK,
        client_key=key_in(request.POST.get("client_key", "")),
        by=request.actor,
        at=clock.now(),
    )


def _ask_first(request: SignedInRequest, sent: QueryDict, refusal: Invalid | None = None) -> HttpResponse:
    language = request.actor.language
    context = {
        **views_of(Place.of(request), desk_counts(request.actor)),
        "sent": sent,
        "categories": [
            {
                "value": one.key,
                "title": say(one.title, language),
                "hint": say(one.when, language),
                "icon": one.icon,
            }
            for one in current().categories
        ],
        "mistakes": refusal.mistakes if refusal else {},
    }
    return render(request, "desk/new_for_whom.html", context, status=422 if refusal else 200)


def _ask_rest(
    request: SignedInRequest,
    asked: Asked,
    typed: Mapping[str, str],
    intake: Intake,
    refusal: Invalid | None = None,
) -> HttpResponse:
    context = {
        **views_of(Place.of(request), desk_counts(request.actor)),
        "typed": typed,
        "person": asked.person,
        "rules": asked.rules,
        "fields": [_field(one, request.actor.language) for one in asked.rules.fields],
        "organisations": [(str(one.pk), one.name) for one in organisations_of(asked.person)],
        "file_rules": current().attachments,
        "client_key": key_in(typed.get("client_key", "")) or uuid4(),
        "files": enclosed(request.actor, intake, refusal.mistakes if refusal else ()),
        "mistakes": refusal.mistakes if refusal else {},
    }
    return render(request, "desk/new.html", context, status=422 if refusal else 200)


def _field(asked: GuidedField, language: str) -> dict[str, Any]:
    """A question of the category, as the form shows it."""
    return {
        "key": asked.key,
        "kind": asked.kind.value,
        "label": say(asked.label, language),
        "hint": say(asked.hint, language) if asked.hint else "",
        "required": asked.required,
        "choices": [(one.key, say(one.label, language)) for one in asked.choices],
    }
