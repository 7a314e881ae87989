"""A request from the first word to the last: every step moves the state and stands in the history."""

from typing import Any

import pytest

from guichet.domain.people.actors import SYSTEM
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import history_for, thread_of
from guichet.domain.tickets.states import Shelf, State
from guichet.domain.timeline.models import Event
from guichet.foundation.refusals import Conflict
from tests.world import NOON, World, later


def kinds(ticket: Ticket) -> list[str]:
    return list(
        Event.objects.filter(subject_id=ticket.pk, subject="ticket")
        .order_by("id")
        .values_list("kind", flat=True)
    )


def test_the_whole_life_stands_in_the_history(world: World) -> None:
    requester, agent = world.actor("requester"), world.actor("agent")
    ticket = world.ticket()
    assert ticket.state == State.NEW
    ticket = tickets.take(ticket, by=agent, at=later(minutes=1))
    assert (ticket.state, ticket.assignee_id) == (State.OPEN, agent.person_id)
    tickets.note(ticket, body="Looks like the old bug.", by=agent, at=later(minutes=2))
    tickets.reply(ticket, body="Which browser?", by=agent, at=later(minutes=3))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.shelf) == (State.WAITING, Shelf.CUSTOMER)
    tickets.reply(ticket, body="Firefox, thank you.", by=requester, at=later(minutes=4))
    ticket = tickets.close(ticket, by=requester, at=later(minutes=5))
    assert (ticket.state, ticket.done_at) == (State.CLOSED, later(minutes=5))
    ticket = tickets.reopen(ticket, by=requester, at=later(days=2))
    assert (ticket.state, ticket.done_at) == (State.OPEN, None)
    assert kinds(ticket) == [
        "ticket_opened",
        "ticket_assigned",
        "ticket_noted",
        "ticket_replied",
        "ticket_replied",
        "ticket_closed",
        "ticket_reopened",
    ]


def test_a_customer_reads_no_note_and_no_assignment(world: World) -> None:
    ticket = world.ticket()
    agent = world.actor("agent")
    tickets.take(ticket, by=agent, at=later(minutes=1))
    tickets.note(ticket, body="Secret thought.", by=agent, at=later(minutes=2))
    assert [said.message.body for said in thread_of(agent, ticket)][-1] == "Secret thought."
    assert len(history_for(agent, ticket)) == 3
    requester = world.actor("requester")
    assert [said.message.kind for said in thread_of(requester, ticket)] == ["public"]
    assert [line.kind for line in history_for(requester, ticket)] == ["ticket_opened"]


@pytest.mark.requirement(52)
def test_a_closed_request_reopens_on_the_persons_word_within_the_window(world: World) -> None:
    requester = world.actor("requester")
    ticket = tickets.close(world.ticket(), by=requester, at=NOON)
    tickets.reply(ticket, body="It happens again.", by=requester, at=later(days=30))
    ticket.refresh_from_db()
    assert ticket.state == State.OPEN
    assert kinds(ticket)[-2:] == ["ticket_replied", "ticket_reopened"]


def test_past_the_window_the_conversation_goes_on_in_a_linked_follow_up(world: World) -> None:
    requester = world.actor("requester")
    ticket = tickets.close(world.ticket(), by=requester, at=NOON)
    late = later(days=31)
    with pytest.raises(Conflict):
        tickets.reply(ticket, body="It happens again.", by=requester, at=late)
    with pytest.raises(Conflict):
        tickets.reopen(ticket, by=requester, at=late)
    new = tickets.follow_up(ticket, body="It happens again.", by=requester, at=late)
    assert (new.follows_id, new.subject, new.organisation_id) == (
        ticket.pk,
        ticket.subject,
        ticket.organisation_id,
    )
    again = tickets.follow_up(ticket, body="And again.", by=requester, at=later(days=32))
    assert again == new
    assert [said.message.body for said in thread_of(requester, new)] == ["It happens again.", "And again."]


@pytest.mark.requirement(51)
def test_closing_twice_is_quiet(world: World) -> None:
    requester = world.actor("requester")
    ticket = tickets.close(world.ticket(), by=requester, at=NOON)
    tickets.close(ticket, by=requester, at=later(hours=1))
    assert kinds(ticket).count("ticket_closed") == 1


def test_a_resolved_request_closes_by_itself_when_nobody_says_a_word(world: World) -> None:
    ticket = tickets.resolve(world.ticket(), by=world.actor("agent"), at=NOON)
    assert tickets.close_settled(at=later(days=6)) == 0
    assert tickets.close_settled(at=later(days=7)) == 1
    ticket.refresh_from_db()
    assert ticket.state == State.CLOSED
    assert Event.objects.get(kind="ticket_closed").by_id is SYSTEM.person_id


def test_a_reply_after_the_close_reopens_whatever_the_order(world: World) -> None:
    requester, agent = world.actor("requester"), world.actor("agent")
    ticket = tickets.resolve(world.ticket(), by=agent, at=NOON)
    tickets.reply(ticket, body="Not for me, no.", by=requester, at=later(seconds=1))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.shelf) == (State.OPEN, Shelf.TEAM)


def test_an_agent_is_warned_of_a_message_that_came_meanwhile(world: World) -> None:
    requester, agent = world.actor("requester"), world.actor("agent")
    ticket = world.ticket()
    read = ticket.last_message_id
    tickets.reply(ticket, body="One more thing.", by=requester, at=later(minutes=1))
    with pytest.raises(Conflict):
        tickets.reply(ticket, body="Here is how.", having_read=read, by=agent, at=later(minutes=2))
    ticket.refresh_from_db()
    tickets.reply(
        ticket, body="Here is how.", having_read=ticket.last_message_id, by=agent, at=later(minutes=3)
    )


def test_on_hold_has_a_reason_and_ends_with_a_word_of_the_customer(world: World) -> None:
    agent = world.actor("agent")
    ticket = tickets.hold(world.ticket(), reason="Waiting for the carrier", by=agent, at=NOON)
    assert (ticket.state, ticket.hold_reason) == (State.ON_HOLD, "Waiting for the carrier")
    tickets.reply(ticket, body="Any news?", by=world.actor("requester"), at=later(days=1))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.hold_reason) == (State.OPEN, "")


def test_an_edit_is_a_new_version_and_the_first_stays(world: World) -> None:
    agent = world.actor("agent")
    ticket = world.ticket()
    message = tickets.note(ticket, body="Frist thought.", by=agent, at=NOON)
    tickets.edit_message(message, body="First thought.", by=agent, at=later(minutes=1))
    said = thread_of(agent, ticket)[-1]
    assert (said.message.body, said.first.body, said.versions) == ("First thought.", "Frist thought.", 2)


@pytest.mark.parametrize("end", [tickets.resolve, tickets.close])
def test_nothing_ends_with_a_message_its_agent_has_not_read(world: World, end: Any) -> None:
    agent = world.actor("agent")
    ticket = world.ticket()
    read = ticket.last_message_id
    tickets.reply(ticket, body="One more thing.", by=world.actor("requester"), at=later(minutes=1))
    with pytest.raises(Conflict):
        end(ticket, having_read=read, by=agent, at=later(minutes=2))
    ticket.refresh_from_db()
    assert ticket.shelf == Shelf.TEAM
    assert end(ticket, having_read=ticket.last_message_id, by=agent, at=later(minutes=3)).is_done


def test_a_note_keeps_no_customer_from_closing(world: World) -> None:
    requester = world.actor("requester")
    ticket = world.ticket()
    read = ticket.last_message_id
    tickets.note(ticket, body="Only among us.", by=world.actor("agent"), at=later(minutes=1))
    tickets.reply(ticket, body="By the way.", by=requester, at=later(minutes=2))
    assert tickets.close(ticket, having_read=read, by=requester, at=later(minutes=3)).is_closed
