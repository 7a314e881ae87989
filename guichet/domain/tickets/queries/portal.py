"""A customer's own list: theirs or their organisation's, open or closed, in either order."""

from functools import lru_cache
from typing import Any, Literal

from django.db.models import QuerySet

from guichet.domain.people.actors import Actor, Seat
from guichet.foundation.database.written import Written, stand_in
from guichet.foundation.paging import Cursor, Page

from ..models import Ticket
from ..states import Shelf
from .paging import Order, page_of, shape_of, values_of, window
from .reach import copied_to, overseen_by, own_of
from .rows import TicketRow, columns_of

Scope = Literal["all", "mine"]
Status = Literal["all", "open", "closed"]

PAGE_SIZE = 25


def requests_page(
    actor: Actor,
    cursor: Cursor | None = None,
    *,
    scope: Scope = "all",
    status: Status = "all",
    order: Order = "newest",
    requester_id: int | None = None,
    size: int = PAGE_SIZE,
) -> Page[TicketRow]:
    """One page of what a customer may see.

    Each way of seeing a request (own, overseen, copied) is read from its own index and the
    results are merged: one OR over the three would make the database read every request there is.
    """
    backwards = cursor.backwards if cursor else None
    values = {"reader": actor.person_id, "requester": requester_id, **_seats(actor), **values_of(cursor)}
    found: dict[int, TicketRow] = {}
    for way in _ways(actor, scope):
        kept = _kept(
            way,
            sees_all=tuple(seat.sees_all for seat in actor.seats),
            status=status,
            order=order,
            of_one=requester_id is not None,
            backwards=backwards,
            size=size,
        )
        found |= {row.id: row for row in (TicketRow(*columns) for columns in kept.rows(**values))}
    ascending = (order == "oldest") != bool(backwards)
    merged = sorted(found.values(), key=lambda row: (row.active_at, row.id), reverse=not ascending)
    return page_of(merged[: size + 1], cursor, size=size)


def _ways(actor: Actor, scope: Scope) -> list[str]:
    return ["own", "copied", *(["overseen"] if scope == "all" and actor.overseen else [])]


_CONDITIONS = {"own": own_of, "copied": copied_to, "overseen": overseen_by}


# A customer's statement is another's with other numbers, for those who sit in as many organisations.
@lru_cache(maxsize=256)
def _kept(
    way: str,
    *,
    sees_all: tuple[bool, ...],
    status: Status,
    order: Order,
    of_one: bool,
    backwards: bool | None,
    size: int,
) -> Written[tuple[Any, ...]]:
    seats = [Seat(stand_in(_seat(place)), "", designated=sees) for place, sees in enumerate(sees_all)]
    anybody = Actor(person_id=stand_in("reader"), seats=tuple(seats))

    def asked() -> QuerySet[Ticket, tuple[Any, ...]]:
        requester = stand_in("requester") if of_one else None
        tickets = _narrowed(Ticket.objects.filter(_CONDITIONS[way](anybody)), status, requester)
        return columns_of(window(tickets, shape_of(backwards), by="active_at", order=order, size=size))

    return Written(asked)


def _seats(actor: Actor) -> dict[str, int]:
    return {_seat(place): seat.organisation_id for place, seat in enumerate(actor.seats)}


def _seat(place: int) -> str:
    return f"seat {place}"


def _narrowed(tickets: QuerySet[Ticket], status: Status, requester_id: int | None) -> QuerySet[Ticket]:
    if status == "open":
        tickets = tickets.exclude(shelf=Shelf.DONE)
    elif status == "closed":
        tickets = tickets.filter(shelf=Shelf.DONE)
    if requester_id is not None:
        tickets = tickets.filter(requester=requester_id)
    return tickets
