"""A request's history in sentences, as the reader may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import title_of
from guichet.domain.timeline import queries as timeline
from guichet.domain.timeline.models import Event

from ..models import Ticket


@dataclass(frozen=True, slots=True)
class HistoryLine:
    event_id: int
    at: datetime
    kind: str
    by_name: str  # empty: the system
    by_staff: bool
    sentence: str


def _assigned(event: Event, _language: str) -> str:
    facts = event.facts
    if facts["assignee_id"] is not None and facts["assignee_id"] == event.by_id:
        return _("took it")
    if facts["assignee_name"] and facts["team_name"]:
        return _("gave it to %(person)s, in the team %(team)s") % {
            "person": facts["assignee_name"],
            "team": facts["team_name"],
        }
    if facts["assignee_name"]:
        return _("gave it to %(person)s") % {"person": facts["assignee_name"]}
    if facts["team_name"]:
        return _("gave it to the team %(team)s") % {"team": facts["team_name"]}
    return _("gave it back to everyone")


def _opened(event: Event, _language: str) -> str:
    return _("opened the request") if event.by_id else _("opened the request from an e-mail")


def _noted(event: Event, _language: str) -> str:
    return _("wrote an internal note") if event.by_id else _("kept an e-mail of an unverified sender")


def _recategorised(event: Event, language: str) -> str:
    facts = event.facts
    return _("moved it from “%(before)s” to “%(after)s”") % {
        "before": title_of(facts["before"], language),
        "after": title_of(facts["after"], language),
    }


_SENTENCES: dict[str, Callable[[Event, str], str]] = {
    "ticket_opened": _opened,
    "ticket_replied": lambda *_rest: _("replied"),
    "ticket_noted": _noted,
    "message_edited": lambda *_rest: _("edited a message"),
    "ticket_assigned": _assigned,
    "ticket_tagged": lambda event, _language: _("added the tag “%(tag)s”") % {"tag": event.facts["tag"]},
    "ticket_untagged": lambda event, _language: _("removed the tag “%(tag)s”") % {"tag": event.facts["tag"]},
    "ticket_recategorised": _recategorised,
    "ticket_held": lambda event, _language: (
        _("put it on hold: %(reason)s") % {"reason": event.facts["reason"]}
    ),
    "ticket_resolved": lambda *_rest: _("marked it as resolved"),
    "ticket_closed": lambda *_rest: _("closed the request"),
    "ticket_reopened": lambda *_rest: _("reopened the request"),
    "ticket_followed_up": lambda event, _language: (
        _("continued it in request #%(number)s") % {"number": event.facts["follow_up_id"]}
    ),
    "participant_added": lambda event, _language: (
        _("added %(person)s") % {"person": event.facts["person_name"]}
    ),
    "participant_removed": lambda event, _language: (
        _("removed %(person)s") % {"person": event.facts["person_name"]}
    ),
}

# What the vendor's staff do among themselves is not the customer's to read.
_STAFF_ONLY = {"ticket_noted", "message_edited", "ticket_assigned", "ticket_tagged", "ticket_untagged"}


def history_for(actor: Actor, ticket: Ticket) -> list[HistoryLine]:
    """Every step of the request that the actor may know of, oldest first, in the active language."""
    return [
        _line(event, actor.language)
        for event in timeline.history_of("ticket", ticket.pk)
        if actor.is_staff or event.kind not in _STAFF_ONLY
    ]


def _line(event: Event, language: str) -> HistoryLine:
    return HistoryLine(
        event_id=event.pk,
        at=event.at,
        kind=event.kind,
        by_name=event.by.name if event.by else "",
        by_staff=bool(event.by and event.by.is_staff),
        sentence=_SENTENCES[event.kind](event, language),
    )
