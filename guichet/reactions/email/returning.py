"""What we are told of a mail after it was sent: that it came back, or is late."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from guichet.foundation import pubsub
from guichet.foundation.text.folding import fold_email

from .address import ReplyAddress
from .models import Delivery
from .settle import given_up
from .states import Cause, State
from .suppressing import count_returned

# Of RFC 3463, what was sent and who sent it: that another mail may do better is no news of the address.
_OF_US = re.compile(r"5\.(?:1\.[78]|3\.4|6\.\d+|7\.\d+)")
_FOR_EVER = re.compile(r"5\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Return:
    """What a report says of one recipient. `late` ones may still arrive; `hard` ones never will, and nor
    will the next mail.
    """

    recipient: str
    said: str
    late: bool = False
    hard: bool = False


def is_hard(status: str) -> bool:
    """Whether an enhanced status code says that no mail will ever reach the address."""
    return bool(_FOR_EVER.fullmatch(status)) and not _OF_US.fullmatch(status)


def returned_by_id(mail_id: str, told: Return, *, at: datetime) -> Delivery | None:
    """The mail with this Message-ID, which was sent to this very recipient; None for any other.

    Reports are not signed. Nobody but who got the mail knows its id, and each of them counts once.
    """
    found = mail_to(told.recipient, mail_id)
    if found is not None:
        _write(found, told, at=at, counts=told.hard)
    return found


def returned_by_address(address: ReplyAddress, told: Return, *, at: datetime) -> Delivery | None:
    """The last mail with this reply address, which was sent to this very recipient.

    It does not count against the recipient's address: whoever has one mail could report any number of them.
    """
    found = _sent_to(told.recipient, Q(ticket=address.ticket_id, recipient=address.person_id))
    if found is not None:
        _write(found, told, at=at, counts=False)
    return found


@transaction.atomic
def complained(mail_id: str, recipient: str, said: str, *, at: datetime) -> Delivery | None:
    """The reader of this mail has reported it as unwanted: they get no more."""
    found = mail_to(recipient, mail_id)
    if found is not None:
        mine = Delivery.objects.filter(pk=found.pk, state=State.SENT).exclude(cause=Cause.COMPLAINED)
        if mine.update(cause=Cause.COMPLAINED, failure=said[:1000]):
            count_returned(found, Cause.COMPLAINED, said, at=at, most=1)
            _publish(found)
    return found


def arrived(mail_id: str, recipient: str) -> None:
    """What was late is so no longer."""
    found = mail_to(recipient, mail_id)
    if found is not None and found.cause == Cause.LATE:
        Delivery.objects.filter(pk=found.pk, state=State.SENT, cause=Cause.LATE).update(cause="", failure="")
        _publish(found)


def mail_to(recipient: str, mail_id: str) -> Delivery | None:
    """The mail with this Message-ID, if it was sent to this very recipient."""
    return _sent_to(recipient, Q(mail_id=mail_id)) if mail_id else None


def _sent_to(recipient: str, which: Q) -> Delivery | None:
    try:
        address = fold_email(recipient)
    except ValueError:
        return None
    sent = Delivery.objects.filter(which, address=address, attempts__gt=0).exclude(state=State.WITHHELD)
    return sent.select_related("ticket").order_by("-id").first()


@transaction.atomic
def _write(delivery: Delivery, told: Return, *, at: datetime, counts: bool) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk)
    said = told.said[:1000]
    if told.late:
        changed = mine.filter(state=State.SENT).update(cause=Cause.LATE, failure=said)
    else:
        end = given_up(delivery, at=at) | {"state": State.BOUNCED}
        why = {"cause": Cause.RETURNED, "failure": said, "permanent": told.hard}
        changed = mine.exclude(state=State.BOUNCED).update(**why, **end)
        if changed and counts:
            count_returned(delivery, Cause.RETURNED, said, at=at)
    if changed:
        _publish(delivery)


def _publish(delivery: Delivery) -> None:
    if delivery.ticket_id is not None:
        pubsub.publish(f"desk-ticket-{delivery.ticket_id}", "stale")
