"""What a person does with a mail that waits for them."""

from datetime import datetime

from django.db import transaction

from .deliver import settle
from .models import ReceivedMessage
from .queries import mail_in
from .states import State


@transaction.atomic
def dismiss(row: ReceivedMessage, *, at: datetime) -> None:
    """Say that it has been dealt with. It is kept."""
    waiting = ReceivedMessage.objects.filter(pk=row.pk, state__in=[State.UNSORTED, State.RECEIVED])
    waiting.update(state=State.DISMISSED, settled_at=at, next_try_at=None)


def deliver_again(row: ReceivedMessage, *, at: datetime) -> ReceivedMessage:
    """Deliver it again, once the reason is mended. Its sender has to be proven as before."""
    if ReceivedMessage.objects.filter(pk=row.pk, state=State.UNSORTED).update(state=State.RECEIVED):
        row.refresh_from_db()
        row.reason, row.detail = "", ""
        settle(row, mail_in(row), at=at)
    return row
