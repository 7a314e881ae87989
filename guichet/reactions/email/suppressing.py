"""Addresses to which mail comes back: after three of them they get no more, until a lead says otherwise."""

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from guichet.domain.people.actors import SYSTEM, Actor
from guichet.domain.policy.queries import current
from guichet.domain.tickets import operations as tickets
from guichet.foundation.refusals import refuse_unless

from .models import Delivery, Suppression
from .states import Cause

MOST_RETURNED = 3

log = structlog.get_logger("guichet.mail")


def suppressed() -> QuerySet[Suppression]:
    """The addresses that get no mail, the latest first."""
    return Suppression.objects.filter(since__isnull=False).order_by("-since", "-id")


def is_suppressed(address: str) -> bool:
    return Suppression.objects.filter(address=address, since__isnull=False).exists()


@transaction.atomic
def count_returned(
    delivery: Delivery, cause: Cause, said: str, *, at: datetime, most: int = MOST_RETURNED
) -> None:
    """Remember that this mail will never reach its address. The one too many is the last to be sent there,
    and the agents of its request are told.
    """
    Suppression.objects.bulk_create(
        [Suppression(address=delivery.address, cause=cause)], ignore_conflicts=True
    )
    known = Suppression.objects.filter(address=delivery.address)
    known.update(count=F("count") + 1, cause=cause, said=said[:1000])
    if known.filter(count__gte=most, since=None).update(since=at):
        log.warning("an address gets no mail any more", delivery=delivery.pk, cause=cause.value)
        _tell(delivery, at=at)


@transaction.atomic
def lift(address: str, *, by: Actor, at: datetime) -> None:
    """Let mail go to this address again, and forget what came back. For leads and admins.

    What was withheld meanwhile stays so. Raises NotAllowed.
    """
    refuse_unless(by.is_system or by.leads)
    if Suppression.objects.filter(address=address).update(count=0, since=None):
        log.info("an address gets mail again", by=by.person_id, at=at.isoformat())


def _tell(delivery: Delivery, *, at: datetime) -> None:
    if delivery.ticket is None:
        return
    with translation.override(current().vendor.default_language):
        words = _(
            "E-mails to %(address)s came back for good. Nothing more is sent there, except codes for signing "
            "in, until a lead allows it again."
        )
        tickets.note(delivery.ticket, body=words % {"address": delivery.address}, by=SYSTEM, at=at)
