"""Requests as the portal's lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from guichet.domain.people.actors import Actor
from guichet.domain.tickets.queries import TicketRow

from .words import organisation_of, titles_of


@dataclass(frozen=True, slots=True)
class Line:
    """One request in a list: the row, and the words around it that are worth their place for this reader."""

    row: TicketRow
    facts: tuple[str, ...]


def lines_for(actor: Actor, rows: Iterable[TicketRow]) -> list[Line]:
    """Category, the requester where it is somebody else, the organisation where there are several."""
    rows = list(rows)
    titles = titles_of((row.category_key for row in rows), actor.language)
    return [Line(row, _facts(actor, row, titles)) for row in rows]


def _facts(actor: Actor, row: TicketRow, titles: dict[str, str]) -> tuple[str, ...]:
    who = "" if row.requester_id == actor.person_id else row.requester_name
    facts = (titles[row.category_key], who, organisation_of(actor, row.organisation_name))
    return tuple(fact for fact in facts if fact)
