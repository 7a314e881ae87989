"""How a received mail ended, written on its row."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from guichet.domain.tickets.models import Message

from .models import ReceivedMessage
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


def conclude(row: ReceivedMessage, state: State, *, reason: str = "", detail: str = "", at: datetime) -> None:
    """Write the end of a mail, with why it waits for a person if it does."""
    row.state, row.reason, row.detail = state, reason, detail[:500]
    row.settled_at, row.next_try_at = at, None
    row.save()
