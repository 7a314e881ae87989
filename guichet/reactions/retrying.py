"""A second chance for what went wrong for good, once somebody has mended the reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.timeline.models import Event
from guichet.foundation import pubsub
from guichet.foundation.refusals import Conflict, OutOfReach, refuse_unless

from .email.models import Delivery
from .email.owe import PERSISTENCE
from .email.states import State


def may_tend(actor: Actor) -> bool:
    """Who looks after what went wrong: leads and admins, who may see every request."""
    return actor.is_system or actor.leads


@transaction.atomic
def retry_event(event_id: int, *, by: Actor, at: datetime) -> None:
    """Run the reactions of a poisoned event again. One that is not poisoned is left alone."""
    refuse_unless(may_tend(by))
    if not Event.objects.filter(pk=event_id).exists():
        raise OutOfReach
    poisoned = Event.objects.filter(pk=event_id, reacted_at=None, next_try_at=None)
    poisoned.update(next_try_at=at, attempts=0)
    transaction.on_commit(pubsub.wake)


@transaction.atomic
def retry_delivery(delivery_id: int, *, by: Actor, at: datetime) -> None:
    """Send a mail at once that was given up, came back or is tried again later. Any other is left alone.

    What its reader is owed earlier in the same request goes before it, at once as well.

    Raises Conflict when its words are forgotten, as those of sign-in codes are.
    """
    refuse_unless(may_tend(by))
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise OutOfReach
    if delivery.state == State.QUEUED and delivery.attempts:
        delivery.next_try_at = at
        delivery.save(update_fields=["next_try_at"])
        _make_way(delivery, at)
        return
    if delivery.state not in (State.FAILED, State.BOUNCED):
        return
    if delivery.sensitive:
        raise Conflict(_("The words of this e-mail are no longer kept, so it cannot be sent again."))
    delivery.state, delivery.failed_at = State.QUEUED, None
    delivery.attempts, delivery.permanent = 0, False
    delivery.next_try_at, delivery.give_up_at = at, at + PERSISTENCE
    delivery.save()
    _make_way(delivery, at)


def _make_way(delivery: Delivery, at: datetime) -> None:
    """Try what it waits for (see `claim.due`), and look at once."""
    if delivery.ticket_id:
        earlier = Delivery.objects.filter(
            ticket=delivery.ticket_id, recipient=delivery.recipient_id, id__lt=delivery.pk
        )
        earlier.filter(state=State.QUEUED, attempts__gt=0).update(next_try_at=at)
    transaction.on_commit(pubsub.wake)
