"""Two people, one request, one moment: whoever is first, nothing is lost, doubled or passed over unseen."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from guichet.domain.people.actors import SYSTEM
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.states import State
from guichet.domain.timeline.models import Event
from guichet.foundation.refusals import Conflict
from tests.at_once import at_once
from tests.world import NOON, World, later

ROUNDS = 20
SOON = later(minutes=1)


def kinds(ticket: Ticket) -> list[str]:
    return list(
        Event.objects.filter(subject="ticket", subject_id=ticket.pk)
        .order_by("id")
        .values_list("kind", flat=True)
    )


@pytest.mark.parametrize("end", [tickets.resolve, tickets.close])
def test_nothing_ends_with_an_answer_that_came_at_that_moment(busy_world: World, end: Any) -> None:
    agent, requester = busy_world.actor("agent"), busy_world.actor("requester")
    for _round in range(ROUNDS):
        ticket = busy_world.ticket()
        ended, answer = at_once(
            partial(end, ticket, having_read=ticket.last_message_id, by=agent, at=SOON),
            partial(tickets.reply, ticket, body="Wait!", by=requester, at=SOON),
        )
        assert isinstance(answer, Message)
        if isinstance(ended, Conflict):
            assert kinds(ticket) == ["ticket_opened", "ticket_replied"]
        else:
            assert kinds(ticket)[2:] == ["ticket_replied", "ticket_reopened"]
        ticket.refresh_from_db()
        assert ticket.is_done is False


def test_what_settles_by_itself_leaves_alone_what_is_answered_at_that_moment(busy_world: World) -> None:
    agent, requester = busy_world.actor("agent"), busy_world.actor("requester")
    settled = [tickets.resolve(busy_world.ticket(), by=agent, at=NOON) for _ticket in range(ROUNDS)]

    def answer() -> None:
        for ticket in reversed(settled):
            tickets.reply(ticket, body="Not for me, no.", by=requester, at=later(days=7))

    at_once(partial(tickets.close_settled, at=later(days=7)), answer)
    assert set(Ticket.objects.values_list("state", flat=True)) == {State.OPEN}


def test_one_of_two_has_what_both_take(busy_world: World) -> None:
    takers = [busy_world.actor("agent"), busy_world.actor("lead")]
    for _round in range(ROUNDS):
        ticket = busy_world.ticket()
        outcomes = at_once(*[partial(tickets.take, ticket, held_by=0, by=who, at=SOON) for who in takers])
        (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        ticket.refresh_from_db()
        assert ticket.assignee is not None
        assert str(refusal) == f"Meanwhile this request has gone to {ticket.assignee.name}."
        assert kinds(ticket) == ["ticket_opened", "ticket_assigned"]


def test_one_answer_sent_twice_is_one(busy_world: World) -> None:
    requester, ticket = busy_world.actor("requester"), busy_world.ticket()
    for _round in range(ROUNDS):
        send = partial(
            tickets.reply, ticket, body="It still does.", client_key=uuid4(), by=requester, at=SOON
        )
        first, second = at_once(send, send)
        assert first == second
    assert Message.objects.filter(body="It still does.").count() == ROUNDS
    assert kinds(ticket) == ["ticket_opened"] + ["ticket_replied"] * ROUNDS


def test_one_form_sent_twice_opens_one_request(busy_world: World) -> None:
    for _round in range(ROUNDS):
        send = partial(busy_world.ticket, client_key=uuid4())
        first, second = at_once(send, send)
        assert first == second
        assert kinds(first) == ["ticket_opened"]
    assert Ticket.objects.count() == Message.objects.count() == ROUNDS


def test_one_follow_up_goes_on_whoever_writes_first(busy_world: World) -> None:
    old = tickets.close(busy_world.ticket(), by=SYSTEM, at=NOON)
    writers = [busy_world.actor("requester"), busy_world.actor("contact")]
    first, second = at_once(
        *[partial(tickets.follow_up, old, body="Here again.", by=who, at=later(days=40)) for who in writers]
    )
    assert first == second
    assert Message.objects.filter(ticket=first).count() == 2
