"""Pages hear that they are stale, and whose."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from guichet.domain.tickets import operations as tickets
from guichet.foundation import clock, pubsub
from guichet.reactions.pending import react_to_next
from tests.world import World, later


def test_those_who_see_a_request_hear_of_it_once_it_is_committed(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ticket = world.ticket()
    tickets.add_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=1)
    )
    while react_to_next(clock.now()):
        pass
    tickets.remove_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=2)
    )
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(pubsub, "publish", lambda topic, what: told.append((topic, what)))
    with django_capture_on_commit_callbacks(execute=True):
        assert react_to_next(clock.now())
        assert told == []
    names = ("requester", "colleague", "contact", "administrator")
    people = sorted(world.person(name).pk for name in names)
    assert told == [
        (f"ticket-{ticket.pk}", "stale"),
        ("desk", "stale"),
        *((f"person-{pk}", "stale") for pk in people),
    ]
