"""What stands beside a conversation: tags, people copied, other requests, drafts. Read in one query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from guichet.domain.people.actors import Actor

from ..models import Ticket
from ..states import State
from .reach import condition_for

_MOST_OTHERS = 5

# By hand: to have Django write these five parts took three times as long as all the rest of the reading.
_PARTS = """
SELECT 'copied', copied.person_id, person.name, person.email, copied.added_at
FROM tickets_participant copied JOIN people_person person ON person.id = copied.person_id
WHERE copied.ticket_id = %(ticket)s
UNION ALL
SELECT 'tag', tag.id, tag.name, '', NULL
FROM tickets_tickettag stuck JOIN tickets_tag tag ON tag.id = stuck.tag_id
WHERE stuck.ticket_id = %(ticket)s
UNION ALL
SELECT 'draft', id, key, CAST(fields AS text), updated_at
FROM tickets_draft
WHERE person_id = %(reader)s AND key IN (%(reply)s, %(note)s)
UNION ALL
SELECT 'other', id, subject, state, active_at
FROM tickets_ticket
WHERE id IN (
    SELECT id FROM tickets_ticket
    WHERE requester_id = %(requester)s AND id <> %(ticket)s AND {reached}
    ORDER BY active_at DESC, id DESC LIMIT %(most)s
)
UNION ALL
SELECT 'follow-up', id, subject, state, active_at
FROM tickets_ticket
WHERE follows_id = %(ticket)s AND {reached}
"""

Row = tuple[str, int, str, str, Any]


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
    drafts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def aside_of(actor: Actor, ticket: Ticket) -> Aside:
    """Everything beside the conversation, as this member of staff may see it."""
    rows = _rows(actor, ticket)
    others = [_other(row) for row in rows if row[0] == "other"]
    return Aside(
        tags=sorted(words for what, _ref, words, _more, _moment in rows if what == "tag"),
        participants=sorted(
            (Copied(ref, words, more) for what, ref, words, more, _at in rows if what == "copied"),
            key=lambda copied: (copied.name, copied.person_id),
        ),
        others=sorted(others, key=lambda other: (other.active_at, other.number), reverse=True),
        follow_up=next((_other(row) for row in rows if row[0] == "follow-up"), None),
        drafts={words: json.loads(more) for what, _ref, words, more, _at in rows if what == "draft"},
    )


def _rows(actor: Actor, ticket: Ticket) -> list[Row]:
    reached, values = condition_for(actor)
    named = {
        "ticket": ticket.pk,
        "requester": ticket.requester_id,
        "reader": actor.person_id,
        "reply": f"reply-{ticket.pk}",
        "note": f"note-{ticket.pk}",
        "most": _MOST_OTHERS,
        **values,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PARTS.format(reached=reached), named)
        rows: list[Row] = cursor.fetchall()
    return rows


def _other(row: Row) -> Other:
    _what, ref, words, more, moment = row
    return Other(ref, words, State(more), _aware(moment))


def _aware(moment: datetime | str) -> datetime:
    """A moment as SQLite gives it in a UNION, without its zone (UTC) or even as text."""
    read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read if read.tzinfo else read.replace(tzinfo=UTC)
