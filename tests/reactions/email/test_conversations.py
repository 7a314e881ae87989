"""From whom a mail about a request comes, and what was said before."""

from email.message import Message

import pytest

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.reactions.email import address
from guichet.reactions.email.compose.earlier import LONGEST
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.reactions.email.test_compose import body
from tests.world import POLICY, World, later

MAILBOXES = """
[[mailboxes]]
key = "support"
address = "support@vendor.example"

[[mailboxes]]
key = "bills"
address = "bills@vendor.example"
category = "billing"
name = { en = "Vendor, Bills", fr = "Vendor, factures" }
signature = { en = "Your bills team, Harbour Street 1", fr = "Votre équipe factures" }
"""
ROSE = "rose@acme.example"


@pytest.fixture
def bills(world: World) -> Ticket:
    policy.apply(POLICY.read_text() + MAILBOXES, by=SYSTEM, at=later(minutes=1))
    policy_queries.forget()
    ticket = world.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(mailbox="bills")
    return Ticket.objects.get(pk=ticket.pk)


def last(sink: Sink, to: str = ROSE) -> Message:
    drain()
    return sink.to(to)[-1]


def test_a_mail_comes_from_the_mailbox_of_its_request(world: World, sink: Sink, bills: Ticket) -> None:
    mail = last(sink)
    assert mail["From"] == '"Vendor, Bills" <bills@vendor.example>'
    assert address.read(mail["Reply-To"]) == address.ReplyAddress(bills.pk, world.person("requester").pk)
    assert "-- \nYour bills team, Harbour Street 1\n" in body(mail, "plain").replace("\r\n", "\n")
    assert "Your bills team, Harbour Street 1</p>" in body(mail, "html")


def test_a_mailbox_speaks_its_readers_language(world: World, sink: Sink, bills: Ticket) -> None:
    rose = world.person("requester")
    people.change_profile(rose, by=world.actor("requester"), at=later(minutes=1), language="fr")
    mail = last(sink)
    assert mail["From"] == '"Vendor, factures" <bills@vendor.example>'
    assert "Votre équipe factures" in body(mail, "plain")


def test_a_request_of_no_mailbox_comes_from_the_first(world: World, sink: Sink, bills: Ticket) -> None:
    Ticket.objects.update(mailbox="")
    mail = last(sink)
    assert mail["From"] == "Vendor <support@vendor.example>"
    assert "-- \nVendor\n" in body(mail, "plain").replace("\r\n", "\n")


def test_the_last_three_messages_are_quoted_the_latest_first(world: World, sink: Sink) -> None:
    ticket = world.ticket(description="The very first words of it.")
    for number in range(4):
        words, minutes = f"Answer **{number}**.", number + 1
        tickets.reply(ticket, body=words, by=world.actor("agent"), at=later(minutes=minutes))
    tickets.note(ticket, body="Between us only.", by=world.actor("agent"), at=later(minutes=9))
    mail = last(sink)
    text = body(mail, "plain").replace("\r\n", "\n")
    quoted = text.partition("Said before\n\n")[2].partition("\n\n-- \n")[0]
    lines = [line for line in quoted.splitlines() if line.startswith(">")]
    assert lines == ["> Answer **2**.", "> Answer **1**.", "> Answer **0**."]
    assert quoted.startswith("Aya, March 10, 2026, ")
    html = body(mail, "html")
    assert "Answer <strong>2</strong>." in html
    assert "Between us" not in text + html
    assert "very first words" not in text + html


def test_what_was_said_before_is_cut_and_is_what_it_is_now(world: World, sink: Sink) -> None:
    ticket = world.ticket(description="Much. " * 500)
    said = tickets.reply(ticket, body="My password is 1234.", by=world.actor("agent"), at=later(minutes=1))
    tickets.edit_message(said, body="Forget it.", by=world.actor("agent"), at=later(minutes=2))
    drain()
    tickets.reply(ticket, body="Any news?", by=world.actor("agent"), at=later(minutes=3))
    mail = last(sink)
    for kind in ("plain", "html"):
        assert "Forget it." in body(mail, kind)
        assert "1234" not in body(mail, kind)
        assert "Much. Much. …" in body(mail, kind)
    assert len(body(mail, "plain")) < LONGEST + 1000


def test_a_first_mail_quotes_nothing_before(world: World, sink: Sink) -> None:
    world.ticket()
    assert "Said before" not in body(last(sink), "plain")
