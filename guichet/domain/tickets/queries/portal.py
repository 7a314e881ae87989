"""A customer's own list: theirs or their organisation's, open or closed, in either order."""

from typing import Literal

from django.db.models import Q, QuerySet

from guichet.domain.people.actors import Actor
from guichet.foundation.paging import Cursor, Page

from ..models import Ticket
from ..states import Shelf
from .paging import Order, page_of, window
from .reach import copied_to, overseen_by, own_of
from .rows import TicketRow, rows_of

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
    found: dict[int, TicketRow] = {}
    for way in _ways(actor, scope):
        tickets = _narrowed(Ticket.objects.filter(way), status, requester_id)
        for row in rows_of(window(tickets, cursor, by="active_at", order=order, size=size)):
            found[row.id] = row
    backwards = cursor is not None and cursor.backwards
    ascending = (order == "oldest") != backwards
    merged = sorted(found.values(), key=lambda row: (row.active_at, row.id), reverse=not ascending)
    return page_of(merged[: size + 1], cursor, size=size)


def _ways(actor: Actor, scope: Scope) -> list[Q]:
    ways = [own_of(actor), copied_to(actor)]
    if scope == "all" and actor.overseen:
        ways.append(overseen_by(actor))
    return ways


def _narrowed(tickets: QuerySet[Ticket], status: Status, requester_id: int | None) -> QuerySet[Ticket]:
    if status == "open":
        tickets = tickets.exclude(shelf=Shelf.DONE)
    elif status == "closed":
        tickets = tickets.filter(shelf=Shelf.DONE)
    if requester_id is not None:
        tickets = tickets.filter(requester=requester_id)
    return tickets
