from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    NEW = "new", pgettext_lazy("state of a request", "New")
    OPEN = "open", pgettext_lazy("state of a request", "Open")
    WAITING = "waiting", pgettext_lazy("state of a request", "Waiting for the customer")
    ON_HOLD = "on_hold", pgettext_lazy("state of a request", "On hold")
    RESOLVED = "resolved", pgettext_lazy("state of a request", "Resolved")
    CLOSED = "closed", pgettext_lazy("state of a request", "Closed")


class Shelf(models.TextChoices):
    """Where a request lies: with the team, with the customer, or done. It follows from the state.

    It is stored because SQLite cannot use a partial index for a bound list of states.
    """

    TEAM = "team"
    CUSTOMER = "customer"
    DONE = "done"


SHELF_OF = {
    State.NEW: Shelf.TEAM,
    State.OPEN: Shelf.TEAM,
    State.ON_HOLD: Shelf.TEAM,
    State.WAITING: Shelf.CUSTOMER,
    State.RESOLVED: Shelf.DONE,
    State.CLOSED: Shelf.DONE,
}

MOVES: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.OPEN, State.WAITING, State.ON_HOLD, State.RESOLVED, State.CLOSED}),
    State.OPEN: frozenset({State.WAITING, State.ON_HOLD, State.RESOLVED, State.CLOSED}),
    State.WAITING: frozenset({State.OPEN, State.ON_HOLD, State.RESOLVED, State.CLOSED}),
    State.ON_HOLD: frozenset({State.OPEN, State.WAITING, State.RESOLVED, State.CLOSED}),
    State.RESOLVED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
}


class MessageKind(models.TextChoices):
    PUBLIC = "public"
    NOTE = "note"


class Channel(models.TextChoices):
    PORTAL = "portal", pgettext_lazy("channel of a message", "Portal")
    DESK = "desk", pgettext_lazy("channel of a message", "Desk")
    EMAIL = "email", pgettext_lazy("channel of a message", "E-mail")
