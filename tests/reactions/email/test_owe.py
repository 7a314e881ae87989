"""Who gets which mail."""

from typing import Any

import pytest

from guichet.domain.people import operations as people
from guichet.domain.people.models import Person
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.owe import AFTERTHOUGHT
from guichet.reactions.pending import react_to_next
from guichet.reactions.worker import drain
from tests.world import World, later, leave


def owed(ticket: Ticket) -> list[tuple[str, str]]:
    """Kind and name of every mail owed so far, in the order in which they were."""
    return list(Delivery.objects.filter(ticket=ticket).order_by("id").values_list("kind", "recipient__name"))


@pytest.fixture
def ticket(world: World) -> Ticket:
    """A request of Rose, on which Colin is copied and which Aya has; all mails so far have been sent."""
    ticket = world.ticket()
    tickets.add_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=1)
    )
    tickets.take(ticket, by=world.actor("agent"), at=later(minutes=2))
    drain()
    Delivery.objects.all().delete()
    return ticket


def test_opening_confirms_to_the_requester_alone(world: World) -> None:
    ticket = world.ticket()
    drain()
    assert owed(ticket) == [("confirmation", "Rose Requester")]


def test_an_agents_reply_goes_to_requester_and_participants(world: World, ticket: Ticket) -> None:
    tickets.reply(ticket, body="We found it.", by=world.actor("agent"), at=later(minutes=3))
    drain()
    assert owed(ticket) == [("reply", "Rose Requester"), ("reply", "Colin Colleague")]


def test_a_customers_reply_goes_to_the_other_customers_and_the_assignee(world: World, ticket: Ticket) -> None:
    tickets.reply(ticket, body="Any news?", by=world.actor("requester"), at=later(minutes=3))
    drain()
    assert owed(ticket) == [("reply", "Colin Colleague"), ("notice", "Aya Agent")]


def test_a_note_goes_to_nobody(world: World, ticket: Ticket) -> None:
    tickets.note(ticket, body="Looks like the cache.", by=world.actor("agent"), at=later(minutes=3))
    drain()
    assert owed(ticket) == []


def test_resolving_and_closing_tell_the_customers(world: World, ticket: Ticket) -> None:
    tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=3))
    tickets.close(ticket, by=world.actor("requester"), at=later(minutes=4))
    drain()
    assert owed(ticket) == [
        ("resolution", "Rose Requester"),
        ("resolution", "Colin Colleague"),
        ("closing", "Colin Colleague"),
    ]


def test_the_clock_closes_in_silence(world: World, ticket: Ticket) -> None:
    tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=3))
    drain()
    Delivery.objects.all().delete()
    assert tickets.close_settled(at=later(days=8)) == 1
    drain(at=later(days=400))
    assert owed(ticket) == []


def react() -> None:
    while react_to_next(clock.now()):
        pass


@pytest.mark.parametrize("end", [tickets.resolve, tickets.close])
def test_an_end_is_told_a_little_later_and_not_at_all_if_taken_back(
    world: World, ticket: Ticket, end: Any
) -> None:
    agent, at = world.actor("agent"), clock.now()
    end(ticket, by=agent, at=at)
    react()
    rose, colin = Delivery.objects.filter(ticket=ticket).order_by("id")
    assert rose.next_try_at == colin.next_try_at == at + AFTERTHOUGHT
    tickets.reopen(ticket, by=agent, at=clock.now())
    drain(at=at + AFTERTHOUGHT)
    ended = Delivery.objects.filter(ticket=ticket).values_list("state", "cause")
    assert list(ended) == [("withheld", "overtaken")] * 2
    end(ticket, by=agent, at=at)
    tickets.reopen(ticket, by=agent, at=clock.now())
    react()
    assert Delivery.objects.filter(ticket=ticket).count() == 2


def test_whoever_is_given_a_request_hears_of_it_unless_they_took_it(world: World, ticket: Ticket) -> None:
    tickets.assign(ticket, to=world.person("lead"), team=None, by=world.actor("agent"), at=later(minutes=3))
    tickets.assign(ticket, to=world.person("lead"), team=None, by=world.actor("lead"), at=later(minutes=4))
    drain()
    assert owed(ticket) == [("assignment", "Lena Lead")]


def test_an_added_person_is_invited(world: World) -> None:
    ticket = world.ticket()
    tickets.add_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=1)
    )
    drain()
    assert owed(ticket)[-1] == ("invitation", "Colin Colleague")


def test_reopening_tells_the_assignee_once(world: World, ticket: Ticket) -> None:
    tickets.close(ticket, by=world.actor("agent"), at=later(minutes=3))
    tickets.reply(ticket, body="Not yet!", by=world.actor("requester"), at=later(minutes=4))
    tickets.close(ticket, by=world.actor("agent"), at=later(minutes=5))
    tickets.reopen(ticket, by=world.actor("requester"), at=later(minutes=6))
    drain()
    told = [kind for kind, name in owed(ticket) if name == "Aya Agent"]
    assert told == ["notice", "reopening"]


def test_people_who_want_no_mail_get_none(world: World, ticket: Ticket) -> None:
    people.change_profile(
        world.person("colleague"), by=world.actor("colleague"), at=later(minutes=3), wants_mail=False
    )
    tickets.reply(ticket, body="We found it.", by=world.actor("agent"), at=later(minutes=4))
    drain()
    assert owed(ticket) == [("reply", "Rose Requester")]


def test_rights_are_asked_again_when_the_mail_is_sent(world: World, ticket: Ticket) -> None:
    """Owed while she was in the company, claimed after she left: the mail exists, and is not sent."""
    tickets.reply(ticket, body="We found it.", by=world.actor("agent"), at=later(minutes=4))
    while react_to_next(later(days=400)):
        pass
    assert owed(ticket) == [("reply", "Rose Requester"), ("reply", "Colin Colleague")]
    leave(world.person("requester"))
    Person.objects.filter(pk=world.person("colleague").pk).update(is_active=False)
    drain()
    ended = Delivery.objects.order_by("id").values_list("state", "cause")
    assert list(ended) == [("withheld", "no_right"), ("withheld", "gone")]
