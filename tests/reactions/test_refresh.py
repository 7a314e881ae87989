"""Pages hear that they are stale, and whose."""

import asyncio
from collections.abc import Callable

from pytest_django import DjangoCaptureOnCommitCallbacks

from guichet.domain.tickets import operations as tickets
from guichet.domain.timeline.models import Event
from guichet.foundation import clock, pubsub
from guichet.reactions.pending import react_to_next
from tests.world import World, later


def heard(topics: list[str], act: Callable[[], object]) -> list[str]:
    """The topics, of these, that are called stale while somebody acts."""

    async def listen() -> list[str]:
        with pubsub.subscribe(topics) as subscription:
            await asyncio.to_thread(act)
            await asyncio.sleep(0)
            subscription.close()
            return [str(frame["topic"]) async for frame in subscription if frame["what"] == "stale"]

    return asyncio.run(listen())


def test_those_who_see_a_request_hear_of_it_once_it_is_committed(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ticket = world.ticket()
    colleague = world.person("colleague")
    tickets.add_participant(ticket, person=colleague, by=world.actor("requester"), at=later(minutes=1))
    Event.objects.update(reacted_at=clock.now(), next_try_at=None)
    tickets.remove_participant(ticket, person=colleague, by=world.actor("requester"), at=later(minutes=2))

    with django_capture_on_commit_callbacks() as announcements:
        assert react_to_next(clock.now())

    everybody = [f"person-{person.pk}" for person in world.people.values()]
    topics = [f"ticket-{ticket.pk}", "ticket-1000000", "desk", *everybody]
    names = ("requester", "colleague", "contact", "administrator")
    told = heard(topics, lambda: [announce() for announce in announcements])
    assert sorted(told) == sorted(
        [f"ticket-{ticket.pk}", "desk", *(f"person-{world.person(name).pk}" for name in names)]
    )
