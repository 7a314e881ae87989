"""The first two panes: the views with their counts, and one page of the chosen one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guichet.domain.people.actors import Actor
from guichet.domain.tickets.queries import COUNTED_UP_TO, TITLES, TicketRow, desk_counts, desk_page
from guichet.domain.tickets.states import State
from guichet.foundation.refusals import Sentence

from .places import Place
from .words import ICONS, ORDERS


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A line of the first pane. `count` is None where nothing is counted (yet)."""

    name: str
    title: Sentence
    icon: str
    href: str
    count: int | None = None

    @property
    def capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.count is not None and self.count > COUNTED_UP_TO


def shelves_of(actor: Actor, place: Place) -> dict[str, Any]:
    """Context of the list and of the views beside it, in two queries."""
    page = desk_page(actor, place.view, place.cursor, order=place.order)
    return {
        **views_of(place, desk_counts(actor)),
        "rows": page.rows,
        "unanswered": unanswered(page.rows),
        "newer": place.page(page.before).list_url if page.before else "",
        "older": place.page(page.after).list_url if page.after else "",
        "orders": [(words, place.ordered(order).list_url, order) for order, words in ORDERS.items()],
    }


def views_of(place: Place, counts: dict[str, int]) -> dict[str, Any]:
    """Context of the first pane alone."""
    links = [
        ViewLink(name, title, ICONS[name], Place(name).list_url, counts.get(name))
        for name, title in TITLES.items()
    ]
    return {"views": links, "place": place, "counted_up_to": COUNTED_UP_TO}


def unanswered(rows: Sequence[TicketRow]) -> frozenset[int]:
    """Those in which the customer has had the last word since; new ones are marked by their state."""
    return frozenset(row.id for row in rows if row.state is State.OPEN and not row.last_public_by_staff)
