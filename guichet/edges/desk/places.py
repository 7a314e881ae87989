"""Where in the desk an agent is: the list beside the conversation goes along in every address."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast
from urllib.parse import urlencode

from guichet.domain.tickets.queries import TITLES, VIEWS
from guichet.domain.tickets.queries.paging import Order
from guichet.edges.requests import SignedInRequest
from guichet.foundation.paging import Cursor
from guichet.foundation.refusals import Sentence
from guichet.ui.addresses import address

from .words import ORDERS

FIRST_VIEW = "unassigned"


@dataclass(frozen=True)
class Place:
    """A view, its order, and the cursor of one of its pages (empty: the first)."""

    view: str = FIRST_VIEW
    order: Order = "newest"
    at: str = ""

    @classmethod
    def of(cls, request: SignedInRequest, view: str = "") -> "Place":
        """The place an address names; what it names wrongly is taken for the first of its kind."""
        view = view or request.GET.get("view", "")
        order = request.GET.get("order", "")
        cursor = Cursor.read(request.GET.get("at", ""))
        return cls(
            view=view if view in VIEWS else FIRST_VIEW,
            order=cast("Order", order) if order in ORDERS else "newest",
            at=str(cursor) if cursor else "",
        )

    @property
    def title(self) -> Sentence:
        return TITLES[self.view]

    @property
    def cursor(self) -> Cursor | None:
        return Cursor.read(self.at)

    @cached_property
    def query(self) -> str:
        """For an address of a request: `?view=mine`, and order and cursor where they are not the first."""
        return "?" + urlencode({"view": self.view, **self.more()})

    @property
    def list_url(self) -> str:
        more = self.more()
        listed = f"{address('desk:home')}{self.view}/"
        return f"{listed}?{urlencode(more)}" if more else listed

    def to(self, name: str, **numbers: int) -> str:
        """The address of a page about a request, with this place in it."""
        return address(f"desk:{name}", **numbers) + self.query

    def page(self, at: str) -> "Place":
        return replace(self, at=at)

    def ordered(self, order: Order) -> "Place":
        return replace(self, order=order, at="")

    def more(self) -> dict[str, str]:
        more: dict[str, str] = {} if self.order == "newest" else {"order": self.order}
        return {**more, "at": self.at} if self.at else more
