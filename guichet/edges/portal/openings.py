"""Asking: the form, what is wrong with it, and the request that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.domain.people.actors import Actor
from guichet.domain.policy.document import CategoryRules
from guichet.domain.policy.queries import current
from guichet.domain.tickets.operations import open_ticket
from guichet.domain.tickets.queries import draft_of
from guichet.edges.posted import client_key, number_in
from guichet.edges.requests import SignedInRequest
from guichet.edges.uploads import Intake, sent_before, take_in
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid, Sentence

from .enclosures import enclosures, together_with
from .questions import answers_in, cards, field_names, in_order, is_begun, questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in the form: typed, kept as a draft, or nothing yet."""

    typed: Mapping[str, str]
    key: UUID = field(default_factory=uuid4)
    intake: Intake = field(default_factory=Intake)
    mistakes: Mapping[str, Sentence] = field(default_factory=dict)
    draft: bool = False

    @property
    def rules(self) -> CategoryRules | None:
        return current().category(self.typed.get("category", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: SignedInRequest) -> HttpResponse:
    """The form; sent with `then=guide` it comes back as typed, with the questions of the category."""
    if request.method != "POST":
        draft = draft_of(request.actor, "new")
        typed = {name: draft.get(name, "") for name in field_names()}
        typed["category"] = request.GET.get("category", typed["category"])
        kept = Intake(ids=sent_before(draft.get("attachments", "")))
        return _form(request, Filled(typed=typed, intake=kept, draft=is_begun(draft)))
    typed = {name: request.POST.get(name, "") for name in field_names()}
    filled = Filled(typed=typed, key=client_key(request) or uuid4(), intake=take_in(request))
    if request.POST.get("then") == "guide":
        return _form(request, filled)
    return _send(request, filled)


def _send(request: SignedInRequest, filled: Filled) -> HttpResponse:
    at, typed, intake = clock.now(), filled.typed, filled.intake
    try:
        with together_with(intake):
            ticket = open_ticket(
                category=typed["category"],
                subject=typed["subject"],
                description=typed["description"],
                organisation_id=_organisation(request.actor, typed["organisation"]),
                answers=answers_in(typed),
                attachments=intake.ids,
                client_key=filled.key,
                by=request.actor,
                at=at,
            )
    except Invalid as refusal:
        mistakes = in_order(refusal.mistakes, filled.rules)
        return _form(request, replace(filled, mistakes=mistakes), status=422)
    if ticket.opened_at != at:
        messages.info(request, _("You had sent this request already. Here it is; nothing was sent twice."))
    return redirect("portal:confirmation", number=ticket.number)


def _organisation(actor: Actor, chosen: str) -> int | None:
    """The organisation that was chosen; who has only one is not asked."""
    organisation_id = number_in(chosen)
    only = actor.seats[0].organisation_id if len(actor.seats) == 1 else None
    return only if organisation_id is None else organisation_id


def _form(request: SignedInRequest, filled: Filled, *, status: int = 200) -> HttpResponse:
    actor, rules = request.actor, filled.rules
    asked = questions(rules, actor.language, filled.typed, filled.mistakes) if rules else []
    shown = {question.name for question in asked}
    context = {
        "section": "new",
        "filled": filled,
        "organisations": [(seat.organisation_id, seat.organisation_name) for seat in actor.seats],
        "cards": cards(actor.language),
        "tips": rules.tips_in(actor.language) if rules else (),
        "questions": asked,
        # Answers to another category's questions, in case it is chosen again.
        "put_aside": {
            name: filled.typed[name]
            for name in filled.typed
            if name.startswith("answer-") and name not in shown and filled.typed[name]
        },
        "enclosures": enclosures(actor, filled.intake, filled.mistakes),
        "bounds": rules or CategoryRules(key="", title={}, when={}),
        "draft_fields": " ".join([*field_names(), "attachments"]),
    }
    return render(request, "portal/new.html", context, status=status)
