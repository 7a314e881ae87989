"""Nobody writes in another's name, nor where they have no right."""

from itertools import product

import pytest
from pytest_django import Settings

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Person
from guichet.domain.people.states import StaffRole
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Participant, Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Reason, State
from guichet.foundation import clock
from guichet.reactions.email.mail_ids import new_mail_id
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.edges.mailbox.letters import OURS, answer, said
from tests.world import World, leave

UNPROVEN = [
    "rose@acme.example, evil@evil.example",
    "rose@acme.example <evil@evil.example>",
    "<rose@acme.example> evil@evil.example",
    "evil@evil.example (rose@acme.example)",
    '"rose@acme.example" <evil@evil.example>',
    "rose@acme.example)evil@evil.example",
    "",
]


def kept_as_a_note(row: ReceivedMessage, ticket: Ticket) -> bool:
    """Whether it is seen by staff alone, as nobody's; and the request is as it was."""
    assert row.message is not None
    note = row.message
    now = Ticket.objects.get(pk=ticket.pk)
    assert (now.state, now.shelf, now.last_public_by_staff) == (ticket.state, ticket.shelf, True)
    assert (note.author_id, note.by_staff, note.channel, note.is_unverified) == (None, False, "email", True)
    return row.state == State.DELIVERED and note.is_note and said(ticket) == []


@pytest.mark.parametrize("dmarc", ["fail", "none", "temperror", ""])
def test_a_sender_must_be_proven(world: World, ticket: Ticket, dmarc: str) -> None:
    assert kept_as_a_note(deliver(answer(world, ticket, dmarc=dmarc)), ticket)
    deliver(answer(world, ticket, text="It is me."))
    assert said(ticket) == [("Rose Requester", "It is me.")]


def test_without_a_server_to_trust_nobody_is_proven(world: World, ticket: Ticket, settings: Settings) -> None:
    settings.GUICHET_AUTHSERV_ID = ""
    assert kept_as_a_note(deliver(answer(world, ticket)), ticket)
    other = deliver(answer(world, ticket, text="From a server that checks."), verified=True)
    assert other.state == State.DELIVERED
    assert len(said(ticket)) == 1


@pytest.mark.parametrize("by", ["colleague", "contact", "foreigner", "stranger", "agent", "lead"])
def test_an_address_works_for_its_person_alone(world: World, ticket: Ticket, by: str) -> None:
    row = deliver(answer(world, ticket, by=by, address_of="requester"))
    assert kept_as_a_note(row, ticket)
    assert row.message is not None
    assert row.message.sender == f"{world.person(by).name} <{world.person(by).email}>"


@pytest.mark.parametrize("sender", UNPROVEN)
def test_a_sender_that_can_be_read_in_two_ways_is_nobody(world: World, ticket: Ticket, sender: str) -> None:
    raw = answer(world, ticket).replace(b"Rose Requester <rose@acme.example>", sender.encode())
    assert kept_as_a_note(deliver(raw), ticket)


def test_two_senders_are_nobody(world: World, ticket: Ticket) -> None:
    raw = b"From: evil@evil.example\n" + answer(world, ticket)
    assert kept_as_a_note(deliver(raw), ticket)


def test_forged_addresses_wait_for_a_person(world: World, ticket: Ticket) -> None:
    forged = f"reply+{ticket.pk}.{world.person('requester').pk}.{'a' * 26}@localhost"
    assert deliver(answer(world, ticket, To=forged)).reason == Reason.FORGED
    assert deliver(answer(world, ticket, To="nobody@localhost")).reason == Reason.NO_ADDRESS
    assert Message.objects.filter(ticket=ticket).count() == 2


def test_an_id_of_ours_finds_the_request_when_the_address_is_lost(world: World, ticket: Ticket) -> None:
    ours = new_mail_id(ticket.pk, world.person("requester").pk)
    for number, headers in enumerate(
        ({"In_Reply_To": ours}, {"References": f"<root@x.example> {ours.upper()}"})
    ):
        text = f"Answer {number}."
        row = deliver(answer(world, ticket, To="support@localhost", text=text, **headers))
        assert (row.state, row.ticket_id) == (State.DELIVERED, ticket.pk)
        assert said(ticket)[-1] == ("Rose Requester", text)


def test_an_id_of_ours_works_for_its_person_alone(world: World, ticket: Ticket) -> None:
    ours = new_mail_id(ticket.pk, world.person("requester").pk)
    raw = answer(world, ticket, by="colleague", To="support@localhost", In_Reply_To=ours)
    assert kept_as_a_note(deliver(raw), ticket)
    raw = answer(world, ticket, dmarc="fail", To="support@localhost", In_Reply_To=ours)
    assert kept_as_a_note(deliver(raw), ticket)


def test_a_forged_id_waits_for_a_person(world: World, ticket: Ticket) -> None:
    forged = f"<g.{ticket.pk}.{world.person('requester').pk}.{'a' * 16}.{'a' * 26}@localhost>"
    row = deliver(answer(world, ticket, To="support@localhost", In_Reply_To=forged))
    assert (row.state, row.reason) == (State.UNSORTED, Reason.FORGED)
    assert Message.objects.filter(ticket=ticket).count() == 2


CONTROL = {
    "X-Guichet-Ticket": "{number}",
    "X-Guichet-Person": "1",
    "X-Guichet-Verified": "true",
    "X-Guichet-Internal": "no",
    "X-Guichet-Role": "admin",
    "RT-Ticket": "support #{number}",
    "RT-Originator": "agent@vendor.example",
    "RT-Send-Cc": "evil@evil.example",
    "X-RT-Command": "Owner: evil",
    "X-RT-Mode": "comment",
    "X-OTRS-TicketNumber": "{number}",
    "X-Zendesk-Requester": "evil@evil.example",
    "X-Ticket-Id": "{number}",
    "Sender": "agent@vendor.example",
    "Resent-From": "agent@vendor.example",
    "X-Original-From": "agent@vendor.example",
    "X-Authenticated-Sender": "agent@vendor.example",
    "Received-SPF": "pass",
    "ARC-Authentication-Results": "i=1; mx.vendor.example; dmarc=pass",
    "Thread-Index": "{number}",
    "References": "<request-{number}@localhost>",
    "In-Reply-To": "<request-{number}@localhost>",
}


@pytest.mark.parametrize("header", CONTROL)
def test_headers_that_would_rule_have_no_effect(world: World, ticket: Ticket, header: str) -> None:
    value = CONTROL[header].format(number=ticket.pk)
    spoof = deliver(answer(world, ticket, dmarc="fail", **{header.replace("-", "_"): value}))
    assert kept_as_a_note(spoof, ticket)
    lost = answer(world, ticket, text="Lost.", To="support@localhost", **{header.replace("-", "_"): value})
    opened = deliver(lost)
    assert opened.ticket is not None
    assert opened.ticket != ticket
    assert opened.ticket.requester == world.person("requester")
    assert not Participant.objects.exists()


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


def test_an_agent_answers_by_mail_with_the_rights_of_now(world: World, ticket: Ticket) -> None:
    row = deliver(answer(world, ticket, by="agent", text="*Please* restart it."))
    assert row.message is not None
    assert (row.message.by_staff, row.message.kind) == (True, "public")
    assert row.message.html == "<p>*Please* restart it.</p>"
    tickets.assign(ticket, to=None, team=world.teams["billing"], by=world.actor("lead"), at=clock.now())
    assert deliver(answer(world, ticket, by="agent", text="Once more.")).reason == Reason.NO_RIGHT
    people.appoint(world.person("agent"), role=StaffRole.LEAD, by=SYSTEM, at=clock.now())
    assert deliver(answer(world, ticket, by="agent", text="As a lead.")).state == State.DELIVERED


def test_whoever_is_no_agent_any_more_is_told(world: World, ticket: Ticket) -> None:
    Person.objects.filter(pk=world.person("agent").pk).update(staff_role=None)
    assert deliver(answer(world, ticket, by="agent")).reason == Reason.NO_RIGHT
    (told,) = Delivery.objects.filter(kind="letter")
    assert told.address == "agent@vendor.example"
    assert Message.objects.filter(ticket=ticket).count() == 2


@pytest.mark.parametrize("by", ["requester", "other_agent", "lead"])
def test_nobody_else_answers_as_the_agent(world: World, ticket: Ticket, by: str) -> None:
    assert kept_as_a_note(deliver(answer(world, ticket, by=by, address_of="agent")), ticket)
    assert kept_as_a_note(deliver(answer(world, ticket, by="agent", dmarc="fail")), ticket)


SENDERS = {
    "requester": "rose@acme.example",
    "other": "colin@acme.example",
    "unknown": "evil@evil.example",
    "agent": "agent@vendor.example",
}


SPOOFS = list(product(["pass", "fail", "none", ""], SENDERS, ["", "evil@evil.example"], ["right", "guessed"]))


@pytest.mark.parametrize("spoof", SPOOFS, ids="-".join)
def test_spoofs(world: World, ticket: Ticket, spoof: tuple[str, str, str, str]) -> None:
    """64 of them: nobody is added, nothing is shown, and nobody speaks in another's name."""
    dmarc, sender, copied, token = spoof
    address = SENDERS[sender]
    checked = f"{OURS}; dmarc={dmarc} header.from={address.partition('@')[2]}"
    guessed = f"reply+{ticket.pk}.{world.person('requester').pk}.{'b' * 26}@localhost"
    headers = {"From": address, "Cc": copied}
    headers |= {"Authentication_Results": checked} if dmarc else {}
    headers |= {} if token == "right" else {"To": guessed}
    row = deliver(answer(world, ticket, dmarc=dmarc, **headers))
    if token == "guessed":
        assert (row.state, row.reason, row.message) == (State.UNSORTED, Reason.FORGED, None)
        assert Message.objects.filter(ticket=ticket).count() == 2
    elif (sender, dmarc) == ("requester", "pass"):
        assert said(ticket) == [("Rose Requester", "It works now, thank you.")]
    else:
        assert kept_as_a_note(row, ticket)
    drain()
    told = Delivery.objects.filter(message=row.message_id) if row.message_id else Delivery.objects.none()
    assert not told.exists()
    assert not Delivery.objects.filter(kind="letter").exists()
    assert not Delivery.objects.filter(address="evil@evil.example").exists()
    assert not Participant.objects.exists()
    assert not Person.objects.filter(email="evil@evil.example").exists()
