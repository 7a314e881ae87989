"""Nobody writes in another's name, nor where they have no right."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Person
from guichet.domain.people.states import StaffRole
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Participant, Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Reason, State
from guichet.foundation import clock
from guichet.reactions.email.models import Delivery
from tests.edges.mailbox.letters import answer, said
from tests.world import World, leave


@pytest.mark.parametrize(
    ("dmarc", "reason"),
    [("pass", ""), ("fail", Reason.UNPROVEN), ("none", Reason.UNPROVEN), ("", Reason.UNPROVEN)],
)
def test_a_sender_must_be_proven(world: World, ticket: Ticket, dmarc: str, reason: str) -> None:
    row = deliver(answer(world, ticket, dmarc=dmarc))
    assert row.reason == reason
    assert len(said(ticket)) == (0 if reason else 1)


def test_without_a_server_to_trust_nobody_is_proven(world: World, ticket: Ticket, settings: Settings) -> None:
    settings.GUICHET_AUTHSERV_ID = ""
    assert deliver(answer(world, ticket)).reason == Reason.UNPROVEN
    other = deliver(answer(world, ticket, text="From a server that checks."), verified=True)
    assert other.state == State.DELIVERED


@pytest.mark.parametrize("by", ["colleague", "contact", "foreigner", "stranger", "agent", "lead"])
def test_an_address_works_for_its_person_alone(world: World, ticket: Ticket, by: str) -> None:
    row = deliver(answer(world, ticket, by=by, address_of="requester"))
    assert (row.state, row.reason) == (State.UNSORTED, Reason.OTHER_SENDER)
    assert said(ticket) == []


def test_an_unknown_sender_is_nobody(world: World, ticket: Ticket) -> None:
    row = deliver(answer(world, ticket, From="Rose Requester <rose@evil.example>"))
    assert row.reason == Reason.OTHER_SENDER


@pytest.mark.parametrize(
    "sender",
    [
        "rose@acme.example, evil@evil.example",
        "rose@acme.example <evil@evil.example>",
        "<rose@acme.example> evil@evil.example",
        "evil@evil.example (rose@acme.example)",
        '"rose@acme.example" <evil@evil.example>',
        "rose@acme.example)evil@evil.example",
        "",
    ],
)
def test_a_sender_that_can_be_read_in_two_ways_is_nobody(world: World, ticket: Ticket, sender: str) -> None:
    raw = answer(world, ticket).replace(b"Rose Requester <rose@acme.example>", sender.encode())
    assert deliver(raw).reason == Reason.OTHER_SENDER
    assert said(ticket) == []


def test_two_senders_are_nobody(world: World, ticket: Ticket) -> None:
    raw = b"From: evil@evil.example\n" + answer(world, ticket)
    assert deliver(raw).reason == Reason.OTHER_SENDER


def test_forged_addresses_wait_for_a_person(world: World, ticket: Ticket) -> None:
    forged = f"reply+{ticket.pk}.{world.person('requester').pk}.{'a' * 26}@localhost"
    assert deliver(answer(world, ticket, To=forged)).reason == Reason.FORGED
    assert deliver(answer(world, ticket, To="support@localhost")).reason == Reason.NO_ADDRESS
    assert said(ticket) == []


def test_a_number_in_the_subject_and_references_route_nothing(world: World, ticket: Ticket) -> None:
    row = deliver(
        answer(
            world,
            ticket,
            To="support@localhost",
            References=f"<request-{ticket.pk}@localhost>",
            In_Reply_To=f"<request-{ticket.pk}@localhost>",
            X_Guichet_Ticket=str(ticket.pk),
        )
    )
    assert row.state == State.UNSORTED
    assert said(ticket) == []


def test_a_copied_address_adds_nobody(world: World, ticket: Ticket) -> None:
    row = deliver(answer(world, ticket, Cc="stranger@nowhere.example, evil@evil.example"))
    assert row.state == State.DELIVERED
    assert not Participant.objects.filter(ticket=ticket).exists()


def test_rights_are_those_of_now_and_the_sender_is_told_once(world: World, ticket: Ticket) -> None:
    leave(world.person("requester"))
    first = deliver(answer(world, ticket))
    second = deliver(answer(world, ticket, text="Hello?"))
    assert [row.reason for row in (first, second)] == [Reason.NO_RIGHT, Reason.NO_RIGHT]
    assert said(ticket) == []
    (told,) = Delivery.objects.filter(kind="letter")
    assert told.address == "rose@acme.example"
    assert "The export" not in told.subject + told.text


def test_a_person_who_is_gone_writes_nothing(world: World, ticket: Ticket) -> None:
    Person.objects.filter(pk=world.person("requester").pk).update(is_active=False)
    assert deliver(answer(world, ticket)).reason == Reason.NO_RIGHT
    assert not Delivery.objects.filter(kind="letter").exists()


def test_an_agent_who_lost_the_team_writes_nothing(world: World, ticket: Ticket) -> None:
    tickets.assign(ticket, to=None, team=world.teams["billing"], by=world.actor("lead"), at=clock.now())
    assert deliver(answer(world, ticket, by="agent")).reason == Reason.NO_RIGHT
    people.appoint(world.person("agent"), role=StaffRole.LEAD, by=SYSTEM, at=clock.now())
    assert deliver(answer(world, ticket, by="agent", text="As a lead.")).state == State.DELIVERED


def test_sixty_four_spoofs_add_nobody_and_say_nothing(world: World, ticket: Ticket) -> None:
    guessed = f"reply+{ticket.pk}.{world.person('requester').pk}.{uuid4().hex[:26]}@localhost"
    senders = ["rose@acme.example", "colin@acme.example", "evil@evil.example", "agent@vendor.example"]
    spoofs = 0
    for dmarc in ("fail", "none", "temperror", "pass"):
        for sender in senders:
            for copied in ("", "evil@evil.example"):
                for to in (guessed, "support@localhost"):
                    raw = answer(
                        world, ticket, dmarc=dmarc, From=sender, To=to, Cc=copied, Subject=uuid4().hex
                    )
                    assert deliver(raw).state == State.UNSORTED
                    spoofs += 1
    assert spoofs == 64
    assert said(ticket) == []
    assert not Participant.objects.filter(ticket=ticket).exists()
    assert ReceivedMessage.objects.count() == 64
    assert not Delivery.objects.filter(kind="letter").exists()
