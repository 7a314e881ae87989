"""What a person does with a mail that waits for them."""

from datetime import datetime

from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person

from .deliver import settle
from .identify import Unsorted, Unverified, mailbox_of
from .models import ReceivedMessage
from .opening import open_in
from .place import place
from .queries import mail_in
from .settling import conclude, once
from .states import State


@transaction.atomic
def dismiss(row: ReceivedMessage, *, at: datetime) -> None:
    """Say that it has been dealt with. It is kept."""
    states = [State.UNSORTED, State.ASKED, State.RECEIVED]
    waiting = ReceivedMessage.objects.filter(pk=row.pk, state__in=states)
    waiting.update(state=State.DISMISSED, settled_at=at, next_try_at=None)


def deliver_again(row: ReceivedMessage, *, at: datetime) -> ReceivedMessage:
    """Deliver it again, once the reason is mended. Its sender has to be proven as before."""
    if ReceivedMessage.objects.filter(pk=row.pk, state=State.UNSORTED).update(state=State.RECEIVED):
        row.refresh_from_db()
        row.reason, row.detail = "", ""
        settle(row, mail_in(row), at=at)
    return row


def keep_in(row: ReceivedMessage, ticket_id: int, *, at: datetime) -> None:
    """Put it into a request, as a note of its sender as it names them: by hand nothing of it is proven."""
    with once(row, at=at):
        outcome = place(row, mail_in(row), Unverified(ticket_id), at=at)
        if isinstance(outcome, Unsorted):
            conclude(row, State.UNSORTED, reason=outcome.reason, detail=outcome.detail, at=at)


def open_for(
    row: ReceivedMessage, person: Person, organisation_id: int | None, *, by: Actor, at: datetime
) -> None:
    """Open a request with it for somebody, as a member of the staff decides. Its words stay its sender's.

    A mail that was settled meanwhile is left as it is.
    """
    mail = mail_in(row)
    mailbox = mailbox_of(mail)
    row.mailbox = row.mailbox or (mailbox.key if mailbox else "")
    with once(row, at=at):
        open_in(row, mail, person, organisation_id, by=by, proven=False, at=at)
