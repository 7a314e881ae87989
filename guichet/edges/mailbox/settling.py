"""How a received mail ended, written on its row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction

from guichet.domain.tickets.models import Message

from .models import ReceivedMessage
from .queries import was_delivered
from .states import State


@transaction.atomic
def settle_with(row: ReceivedMessage, say: Callable[[], Message], *, at: datetime) -> bool:
    """The message, and the note that it came of this mail, in one transaction: neither without the other.

    False, and nothing is said, where somebody else has settled the mail meanwhile. Raises IntegrityError
    when the same words were delivered meanwhile.
    """
    if not ReceivedMessage.objects.select_for_update().filter(pk=row.pk, state=row.state).exists():
        return False
    message = say()
    row.ticket_id, row.message = message.ticket_id, message
    conclude(row, State.DELIVERED, at=at)
    return True


@contextmanager
def once(row: ReceivedMessage, *, at: datetime) -> Iterator[None]:
    """A mail whose words were delivered by another way, meanwhile or before, is settled as a second copy."""
    try:
        yield
    except IntegrityError:
        if not was_delivered(row):
            raise
        row.ticket = row.message = None
        conclude(row, State.DUPLICATE, at=at)


def conclude(row: ReceivedMessage, state: State, *, reason: str = "", detail: str = "", at: datetime) -> None:
    """Write the end of a mail, with why it waits for a person if it does."""
    row.state, row.reason, row.detail = state, reason, detail[:500]
    row.settled_at, row.next_try_at = at, None
    row.save()
