"""The seam: an event is written with its change, or not at all."""

import pytest
from django.db import transaction

from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.events import PersonAdded
from guichet.domain.timeline.events import Happening
from guichet.domain.timeline.models import Event
from guichet.domain.timeline.operations import record
from tests.world import NOON, World


@pytest.mark.django_db(transaction=True)
def test_an_event_without_its_change_would_be_a_lie() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(PersonAdded(person_id=1, by=SYSTEM, at=NOON))
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_takes_its_event_along() -> None:
    class Undone(Exception):
        pass

    def change_and_fail() -> None:
        with transaction.atomic():
            record(PersonAdded(person_id=1, by=SYSTEM, at=NOON))
            raise Undone

    with pytest.raises(Undone):
        change_and_fail()
    assert not Event.objects.exists()


def test_every_kind_has_a_name_of_its_own() -> None:
    assert Happening.kinds["person_added"] is PersonAdded
    assert len(set(Happening.kinds.values())) == len(Happening.kinds)


def test_an_event_keeps_who_when_and_what(world: World) -> None:
    ticket = world.ticket()
    event = Event.objects.get(kind="ticket_opened")
    message = ticket.messages.get()
    assert (event.subject, event.subject_id, event.by_id, event.at) == (
        "ticket",
        ticket.pk,
        world.people["requester"].pk,
        NOON,
    )
    assert event.facts == {"ticket_id": ticket.pk, "message_id": message.pk, "channel": "portal"}
