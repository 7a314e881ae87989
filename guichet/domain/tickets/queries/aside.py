"""What stands beside a conversation: tags, people copied, other requests, drafts. Read in one query."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from guichet.domain.people.actors import Actor

from ..models import Draft, Participant, Ticket, TicketTag
from ..states import State
from .reach import visible_to

_COLUMNS = ("what", "ref", "words", "more", "moment")
_MOST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Copied:
    person_id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Other:
    number: int
    subject: str
    state: State
    active_at: datetime


@dataclass(slots=True)
class Aside:
    """`others` are the requester's, newest first, as far as the actor reaches them; `drafts` are by key."""

    tags: list[str] = field(default_factory=list)
    participants: list[Copied] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    follow_up: Other | None = None
    drafts: Mapping[str, str] = field(default_factory=dict)


def aside_of(actor: Actor, ticket: Ticket) -> Aside:
    """Everything beside the conversation, as this member of staff may see it."""
    # Participants come first: PostgreSQL takes the types of the columns from the first part.
    parts = (
        _copied(ticket),
        _tags(ticket),
        _drafts(actor, ticket),
        _others(actor, ticket),
        _follow_up(actor, ticket),
    )
    rows = list(parts[0].union(*parts[1:], all=True))
    others = [_other(row) for row in rows if row[0] == "other"]
    return Aside(
        tags=sorted(words for what, _ref, words, _more, _moment in rows if what == "tag"),
        participants=sorted(
            (Copied(ref, words, more) for what, ref, words, more, _at in rows if what == "copied"),
            key=lambda copied: (copied.name, copied.person_id),
        ),
        others=sorted(others, key=lambda other: (other.active_at, other.number), reverse=True),
        follow_up=next((_other(row) for row in rows if row[0] == "follow-up"), None),
        drafts={words: more for what, _ref, words, more, _at in rows if what == "draft"},
    )


def _other(row: tuple[str, int, str, str, datetime]) -> Other:
    _what, ref, words, more, moment = row
    return Other(ref, words, State(more), moment)


def _part(found: QuerySet[Any], what: str, **columns: Any) -> QuerySet[Any, Any]:
    texts = {name: Cast(columns[name], TextField()) for name in ("words", "more")}
    part: QuerySet[Any, Any] = found.order_by().annotate(
        what=Value(what, TextField()), ref=F(columns["ref"]), moment=columns["moment"], **texts
    )
    return part.values_list(*_COLUMNS)


def _copied(ticket: Ticket) -> QuerySet[Any, Any]:
    return _part(
        Participant.objects.filter(ticket=ticket),
        "copied",
        ref="person_id",
        words=F("person__name"),
        more=F("person__email"),
        moment=F("added_at"),
    )


def _tags(ticket: Ticket) -> QuerySet[Any, Any]:
    return _part(
        TicketTag.objects.filter(ticket=ticket),
        "tag",
        ref="tag_id",
        words=F("tag__name"),
        more=Value(""),
        moment=Value(ticket.opened_at, DateTimeField()),
    )


def _drafts(actor: Actor, ticket: Ticket) -> QuerySet[Any, Any]:
    return _part(
        Draft.objects.filter(person=actor.person_id, key__in=[f"reply-{ticket.pk}", f"note-{ticket.pk}"]),
        "draft",
        ref="id",
        words=F("key"),
        more=Coalesce(KeyTextTransform("body", "fields"), Value("")),
        moment=F("updated_at"),
    )


def _others(actor: Actor, ticket: Ticket) -> QuerySet[Any, Any]:
    reached = visible_to(actor).filter(requester=ticket.requester_id).exclude(pk=ticket.pk)
    # SQLite forbids LIMIT inside a UNION, not inside a condition of it.
    newest = reached.order_by("-active_at", "-id").values("pk")[:_MOST_OTHERS]
    return _tickets(Ticket.objects.filter(pk__in=newest), "other")


def _follow_up(actor: Actor, ticket: Ticket) -> QuerySet[Any, Any]:
    return _tickets(visible_to(actor).filter(Q(follows=ticket)), "follow-up")


def _tickets(found: QuerySet[Ticket], what: str) -> QuerySet[Any, Any]:
    return _part(found, what, ref="id", words=F("subject"), more=F("state"), moment=F("active_at"))
