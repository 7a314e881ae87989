"""A request and its conversation, as its customer reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person
from guichet.domain.people.naming import first_name
from guichet.domain.policy.queries import current, title_of
from guichet.domain.tickets import policies
from guichet.domain.tickets.models import Attachment, Ticket
from guichet.domain.tickets.queries import Said, draft_of, find, participants_of, thread_of, visible_to
from guichet.domain.tickets.states import Channel
from guichet.edges.posted import client_key
from guichet.edges.requests import SignedInRequest
from guichet.edges.uploads import Intake, sent_before
from guichet.foundation import clock
from guichet.foundation.refusals import Sentence

from .enclosures import enclosures
from .words import answered, organisation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message as this reader sees it: of agents the first name."""

    id: int
    name: str
    kind: str
    mine: bool
    by_mail: bool
    is_cut: bool  # there is more in the mail that the reader sent
    at: datetime
    body: Markup
    files: Sequence[Attachment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in the field for the answer."""

    body: str = ""
    intake: Intake = field(default_factory=Intake)
    mistakes: Mapping[str, Sentence] = field(default_factory=dict)

    @classmethod
    def of_draft(cls, actor: Actor, ticket: Ticket) -> "Written":
        """What this person had begun to answer here."""
        draft = draft_of(actor, f"reply-{ticket.pk}")
        return cls(body=draft.get("body", ""), intake=Intake(ids=sent_before(draft.get("attachments", ""))))

    def with_mistakes(self, mistakes: Mapping[str, Sentence]) -> "Written":
        return replace(self, mistakes=mistakes)


@require_safe
def thread(request: SignedInRequest, number: int) -> HttpResponse:
    if request.actor.is_staff:
        return redirect(f"/desk/tickets/{number}/")
    return thread_page(request, find(request.actor, number))


def thread_page(
    request: SignedInRequest, ticket: Ticket, *, written: Written | None = None, status: int = 200
) -> HttpResponse:
    """The whole page; `written` is an answer that could not be sent, with what is wrong with it."""
    actor, at, rules = request.actor, clock.now(), current()
    past = is_past(ticket, at)
    people = participants_of(ticket)
    written = written or (Written() if past else Written.of_draft(actor, ticket))
    context = {
        "section": "requests",
        "ticket": ticket,
        "category": title_of(ticket.category_id, actor.language),
        "organisation": organisation_of(actor, ticket.organisation.name if ticket.organisation else None),
        "answers": answered(rules.asked(ticket.category_id), ticket.answers, actor.language),
        "entries": [entry_of(said, actor) for said in thread_of(actor, ticket)],
        "people": people,
        "may_add": may_add(actor, ticket, people),
        "past": past,
        "reopen_until": ticket.done_at and ticket.done_at + timedelta(days=rules.requests.reopen_days),
        "settles_after": rules.requests.close_resolved_days,
        "next_number": _next_number(actor, ticket) if past else None,
        "written": written,
        "enclosures": enclosures(actor, written.intake, written.mistakes),
        "key": client_key(request) or uuid4(),
        "topic": f"ticket-{ticket.pk}",
    }
    return render(request, "portal/request.html", context, status=status)


def is_past(ticket: Ticket, at: datetime) -> bool:
    """Whether it was closed too long ago to go on, except in a follow-up."""
    return ticket.is_done and not ticket.may_reopen_at(at, days=current().requests.reopen_days)


def entry_of(said: Said, actor: Actor) -> Entry:
    message = said.message
    mine = message.author_id == actor.person_id
    nobody = message.sender_name or message.sender_address or current().vendor.name
    name = message.author.name if message.author else nobody
    return Entry(
        id=said.id,
        name=first_name(name) if message.by_staff and message.author else name,
        kind="agent" if message.by_staff else "customer",
        mine=mine,
        by_mail=message.channel == Channel.EMAIL,
        is_cut=mine and said.first.trimmed,
        at=said.first.created_at,
        body=Markup(message.html),  # noqa: S704  sanitised when it was written
        files=said.attachments,
    )


def may_add(actor: Actor, ticket: Ticket, people: list[Person]) -> bool:
    """Whether this person may copy others: customers only know people of the request's organisation."""
    copied = any(person.pk == actor.person_id for person in people)
    return ticket.organisation_id is not None and policies.may_add_participant(actor, ticket, copied=copied)


def _next_number(actor: Actor, ticket: Ticket) -> int | None:
    return visible_to(actor).filter(follows=ticket).values_list("id", flat=True).first()
