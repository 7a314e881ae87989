"""The desk's views: which requests an agent sees where, and how many."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from guichet.domain.people.actors import Actor
from guichet.foundation.database.written import Written, spelt_out
from guichet.foundation.paging import Cursor, Page

from ..models import Ticket
from ..states import Shelf
from .paging import Order, page_of, shape_of, values_of, window
from .reach import visible_to
from .rows import TicketRow, columns_of

PAGE_SIZE = 50
COUNTED_UP_TO = 999  # beyond, a figure tells an agent nothing and costs a scan: the page shows "999+"

VIEWS: dict[str, Callable[[Actor], Q]] = {
    "unassigned": lambda _actor: Q(assignee=None, shelf=Shelf.TEAM),
    "mine": lambda actor: Q(assignee=actor.person_id, shelf=Shelf.TEAM),
    "team": lambda actor: Q(team__in=actor.own_teams, shelf=Shelf.TEAM),
    "open": lambda _actor: Q(shelf=Shelf.TEAM),
    "waiting": lambda _actor: Q(shelf=Shelf.CUSTOMER),
    "closed": lambda _actor: Q(shelf=Shelf.DONE),
}

TITLES = {
    "unassigned": pgettext_lazy("view of the desk", "Unassigned"),
    "mine": pgettext_lazy("view of the desk", "Mine"),
    "team": pgettext_lazy("view of the desk", "My teams"),
    "open": pgettext_lazy("view of the desk", "All open"),
    "waiting": pgettext_lazy("view of the desk", "Waiting"),
    "closed": pgettext_lazy("view of the desk", "Recently closed"),
}

_COUNTED = [view for view in VIEWS if view != "closed"]


def view_of(actor: Actor, view: str) -> QuerySet[Ticket]:
    """The requests of one view. Raises KeyError for a view that does not exist."""
    return visible_to(actor).filter(VIEWS[view](actor))


def desk_page(
    actor: Actor, view: str, cursor: Cursor | None = None, *, order: Order = "newest", size: int = PAGE_SIZE
) -> Page[TicketRow]:
    """One page of a view, in one query whatever its length or depth."""
    kept = _kept_page(actor, view, order, cursor.backwards if cursor else None, size)
    rows = [TicketRow(*columns) for columns in kept.rows(**values_of(cursor))]
    return page_of(rows, cursor, size=size)


@lru_cache(maxsize=256)
def _kept_page(
    actor: Actor, view: str, order: Order, backwards: bool | None, size: int
) -> Written[tuple[Any, ...]]:
    def asked() -> QuerySet[Ticket, tuple[Any, ...]]:
        found = window(view_of(actor, view), shape_of(backwards), by="active_at", order=order, size=size)
        return columns_of(found)

    return Written(asked)


def desk_counts(actor: Actor) -> dict[str, int]:
    """How many requests lie in each view, counted up to COUNTED_UP_TO + 1, in one query."""
    select, values = _counting(actor)
    with connection.cursor() as cursor:
        cursor.execute(select, values)
        return dict(zip(_COUNTED, cursor.fetchone(), strict=True))


# Writing this statement takes ten times as long as running it, and it follows from the actor alone.
@lru_cache(maxsize=512)
def _counting(actor: Actor) -> tuple[str, tuple[Any, ...]]:
    counts = [_count_of(actor, view) for view in _COUNTED]
    select = "SELECT " + ", ".join(sql for sql, _ in counts)
    return spelt_out(select, (value for _, values in counts for value in values))


def _count_of(actor: Actor, view: str) -> tuple[str, tuple[Any, ...]]:
    counted = view_of(actor, view).order_by().values("id")[: COUNTED_UP_TO + 1]
    try:
        sql, values = counted.query.sql_with_params()
    except EmptyResultSet:  # the teams of somebody who is in none
        return "0", ()
    return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", values  # noqa: S608  Django wrote `sql`
