"""One page of a list of requests, ordered by a moment and the id."""

from collections.abc import Sequence
from typing import Any, Literal, Protocol, TypeVar

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet

from guichet.foundation.database.written import Slot
from guichet.foundation.paging import Cursor, Page

Order = Literal["newest", "oldest"]


class _Placed(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def moment(self) -> Any: ...


Row = TypeVar("Row", bound=_Placed)


def window(
    tickets: QuerySet[Any, Any], cursor: Cursor | None, *, by: str, order: Order, size: int
) -> QuerySet[Any, Any]:
    """At most `size` + 1 rows from the cursor on, in reading order or, going backwards, in reverse."""
    backwards = cursor is not None and cursor.backwards
    ascending = (order == "oldest") != backwards
    if cursor is not None:
        tickets = tickets.filter(_beyond(cursor, by, "gt" if ascending else "lt"))
    sign = "" if ascending else "-"
    return tickets.order_by(f"{sign}{by}", f"{sign}id")[: size + 1]


def _beyond(cursor: Cursor, by: str, than: str) -> Q:
    # The first condition alone bounds the index scan; the second breaks ties.
    return Q(**{f"{by}__{than}e": cursor.moment}) & (
        Q(**{f"{by}__{than}": cursor.moment}) | Q(**{f"id__{than}": cursor.id})
    )


def shape_of(backwards: bool | None) -> Cursor | None:
    """A cursor for a statement that is kept: `values_of` tells where it points. None stands for no cursor."""
    if backwards is None:
        return None
    moment: Any = Slot("moment", DateTimeField())
    number: Any = Slot("id", BigIntegerField())
    return Cursor(moment, number, backwards=backwards)


def values_of(cursor: Cursor | None) -> dict[str, Any]:
    return {"moment": cursor.moment, "id": cursor.id} if cursor else {}


def page_of(rows: Sequence[Row], cursor: Cursor | None, *, size: int) -> Page[Row]:
    """Fold what `window` found into a page with its neighbours' cursors."""
    more = len(rows) > size
    kept = list(rows[:size])
    backwards = cursor is not None and cursor.backwards
    if backwards:
        kept.reverse()
    if not kept:
        return Page([])
    first, last = kept[0], kept[-1]
    has_before = more if backwards else cursor is not None
    has_after = True if backwards else more
    return Page(
        kept,
        before=str(Cursor(first.moment, first.id, backwards=True)) if has_before else "",
        after=str(Cursor(last.moment, last.id)) if has_after else "",
    )
