"""How many mails nobody's hand causes, so that two machines that answer each other stop (RFC 3834 section 2).

A mail that somebody causes at the portal or the desk is never held back; it only counts. What is said by mail
goes, too, as long as people could have said it: some machines do not say that they are one.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from guichet.domain.tickets.states import Channel

from .models import Delivery
from .states import AUTOMATIC, Cause, State

A_DAY, AN_HOUR = timedelta(hours=24), timedelta(hours=1)
MOST_IN_AN_HOUR = 10
MOST_SAID_BY_MAIL = 20  # in an hour, in one request, to one address


def excess(delivery: Delivery) -> Cause | None:
    """Why this mail is one too many; None when it is not.

    Automatic ones: one in 24 hours to an address about a request, ten in an hour to an address. What others
    have said by mail: twenty in an hour to an address about a request. The earlier of two goes.
    """
    if _was_said_by_mail(delivery):
        said = _in_request(delivery, delivery.created_at - AN_HOUR)
        return Cause.CIRCLING if said[:MOST_SAID_BY_MAIL].count() >= MOST_SAID_BY_MAIL else None
    if not _caused_by_mail(delivery):
        return None
    of_request = _before(delivery, delivery.created_at - A_DAY).filter(ticket=delivery.ticket_id)
    if delivery.ticket_id is not None and of_request.exists():
        return Cause.REPEATED
    in_an_hour = _before(delivery, delivery.created_at - AN_HOUR)[:MOST_IN_AN_HOUR].count()
    return Cause.TOO_MANY if in_an_hour >= MOST_IN_AN_HOUR else None


def _caused_by_mail(delivery: Delivery) -> bool:
    """Whether it is automatic, and no hand has caused it: a mail has, or the clock."""
    if delivery.event is None:
        return delivery.answers_mail
    by_hand = delivery.event.by_id is not None and delivery.event.facts.get("channel") != "email"
    return delivery.kind in AUTOMATIC and not by_hand


def _was_said_by_mail(delivery: Delivery) -> bool:
    """Whether it tells what somebody else has said by mail; the confirmation of a mail is automatic."""
    message = delivery.message
    return delivery.kind not in AUTOMATIC and message is not None and message.channel == Channel.EMAIL


def _in_request(delivery: Delivery, since: datetime) -> QuerySet[Delivery]:
    """What was said by mail before this one, and went, or goes, to the same address."""
    earlier = Delivery.objects.filter(address=delivery.address, created_at__gt=since, id__lt=delivery.pk)
    said = earlier.filter(ticket=delivery.ticket_id, message__channel=Channel.EMAIL)
    said = said.exclude(kind__in=AUTOMATIC)
    return said.exclude(state__in=[State.WITHHELD, State.FAILED])


def _before(delivery: Delivery, since: datetime) -> QuerySet[Delivery]:
    """Automatic mails to the same address that went, or go, before this one."""
    earlier = Delivery.objects.filter(address=delivery.address, created_at__gt=since, id__lt=delivery.pk)
    automatic = earlier.filter(Q(kind__in=AUTOMATIC) | Q(answers_mail=True))
    return automatic.exclude(state__in=[State.WITHHELD, State.FAILED])
