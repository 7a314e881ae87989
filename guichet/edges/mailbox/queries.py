from django.conf import settings
from django.db.models import QuerySet

from guichet.domain.tickets.models import Message
from guichet.foundation.refusals import OutOfReach
from guichet.foundation.storage import files

from .models import ReceivedMessage
from .reading import Mail, confined
from .states import State

MOST_COUNTED = 999


def unsorted() -> QuerySet[ReceivedMessage]:
    """Mails that wait for a person, newest first. One whose delivery was interrupted stands among them."""
    waiting = ReceivedMessage.objects.filter(state__in=[State.UNSORTED, State.ASKED, State.RECEIVED])
    return waiting.select_related("person").order_by("-id")


def dismissed() -> QuerySet[ReceivedMessage]:
    """Mails that somebody has put aside, newest first."""
    return ReceivedMessage.objects.filter(state=State.DISMISSED).order_by("-id")


def all_received() -> QuerySet[ReceivedMessage]:
    """Every mail that ever came in, newest first."""
    return ReceivedMessage.objects.order_by("-id")


def how_many_wait() -> int:
    """How many mails wait for somebody of the staff, counted up to MOST_COUNTED, in one query."""
    return ReceivedMessage.objects.filter(state=State.UNSORTED)[:MOST_COUNTED].count()


def was_delivered(row: ReceivedMessage) -> bool:
    """Whether the same words came by another way, in other bytes: each server adds headers of its own.

    They may still wait for their sender, who is asked once.
    """
    same = ReceivedMessage.objects.filter(content_key=row.content_key).exclude(pk=row.pk)
    return same.filter(message__isnull=False).exists() or same.filter(state=State.ASKED).exists()


def find_received(pk: int) -> ReceivedMessage:
    """The received mail. Raises OutOfReach."""
    row = ReceivedMessage.objects.filter(pk=pk).first()
    if row is None:
        raise OutOfReach
    return row


def received_as(message: Message) -> ReceivedMessage | None:
    """The mail that became this message; None for one that did not come here by e-mail."""
    return ReceivedMessage.objects.filter(message=message).first()


def raw_of(row: ReceivedMessage) -> bytes:
    with files.open_stored(row.stored_as) as file:
        return file.read()


def mail_in(row: ReceivedMessage) -> Mail:
    """What a received mail says, read again from its bytes."""
    try:
        return confined.parse(raw_of(row), settings.GUICHET_MAIL_LIMITS)
    finally:
        confined.close()  # pages ask rarely: a process that waits in each thread would cost more
