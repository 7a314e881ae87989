"""What the list is narrowed to, read from its address and written back into the links around it."""

from dataclasses import dataclass, fields, replace
from typing import Any, get_args
from urllib.parse import urlencode

from django.http import QueryDict

from guichet.domain.people.actors import Actor
from guichet.domain.tickets.queries.paging import Order
from guichet.domain.tickets.queries.portal import Scope, Status
from guichet.edges.posted import number_in
from guichet.foundation.text.cleaning import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """One state of the list. `at` is the cursor of its page; what is usual is left out of the address."""

    status: Status = "all"
    scope: Scope = "all"
    person: int | None = None
    order: Order = "newest"
    q: str = ""
    at: str = ""

    @classmethod
    def read(cls, sent: QueryDict, actor: Actor) -> "Filters":
        """The filters that were sent and mean something to this person; the rest is passed over."""
        mine = bool(actor.overseen) and sent.get("scope") == "mine"
        return cls(
            status=next((each for each in get_args(Status) if each == sent.get("status")), "all"),
            scope="mine" if mine else "all",
            person=number_in(sent.get("person", "")) if actor.overseen and not mine else None,
            order="oldest" if sent.get("order") == "oldest" else "newest",
            q=clean_line(sent.get("q", ""), 200),
            at=sent.get("at", ""),
        )

    @property
    def narrowed(self) -> bool:
        return replace(self, order="newest", at="") != _USUAL

    def kept(self) -> dict[str, str]:
        """All that is not as usual, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value != getattr(_USUAL, name)}

    def having(self, **changes: Any) -> str:
        """The address of the list with these filters changed, from its first page on."""
        words = replace(self, **{"at": "", **changes}).kept()
        return f"/requests/?{urlencode(words)}" if words else "/requests/"


_USUAL = Filters()
