from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..models import Ticket
from ..states import State

_COLUMNS = (
    "id",
    "active_at",
    "subject",
    "state",
    "category_id",
    "requester_id",
    "requester__name",
    "organisation__name",
    "assignee__name",
    "last_public_by_staff",
)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A request as a list shows it: no object is built for what a list does not need."""

    id: int
    active_at: datetime
    subject: str
    state_value: str
    category_key: str
    requester_id: int
    requester_name: str
    organisation_name: str | None
    assignee_name: str | None
    last_public_by_staff: bool

    @property
    def number(self) -> int:
        return self.id

    @property
    def moment(self) -> datetime:
        return self.active_at

    @property
    def state(self) -> State:
        return State(self.state_value)


def rows_of(tickets: QuerySet[Ticket]) -> list[TicketRow]:
    return [TicketRow(*row) for row in columns_of(tickets)]


def columns_of(tickets: QuerySet[Ticket]) -> QuerySet[Ticket, tuple[Any, ...]]:
    """What a TicketRow holds, in its order."""
    return tickets.values_list(*_COLUMNS)
