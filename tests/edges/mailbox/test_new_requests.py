"""A mail to a mailbox opens a request of whoever is proven to have written it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Person
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets.models import Message, Participant, Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.queries import unsorted
from guichet.edges.mailbox.states import Reason, State
from guichet.foundation import clock
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.edges.mailbox.letters import OURS, letter
from tests.world import POLICY, World, leave


@pytest.fixture(autouse=True)
def trusted(settings: Settings) -> None:
    settings.GUICHET_AUTHSERV_ID = OURS


@pytest.fixture
def several(world: World) -> Person:
    """Rose, who also belongs to Globex."""
    rose = world.person("requester")
    people.join_organisation(rose, world.organisations["globex"], by=SYSTEM, at=clock.now())
    return rose


def browser_of(world: World, name: str) -> Client:
    browser = Client()
    browser.force_login(world.person(name))
    return browser


def opened_by(row: ReceivedMessage) -> Ticket:
    assert (row.state, row.reason) == (State.DELIVERED, "")
    assert row.ticket is not None
    return row.ticket


def test_it_opens_a_request_in_the_organisation_of_its_author(world: World) -> None:
    ticket = opened_by(deliver(letter(Cc="evil@evil.example, colin@acme.example")))
    assert (ticket.requester, ticket.organisation) == (world.person("requester"), world.organisations["acme"])
    assert (ticket.subject, ticket.category_id) == ("The import stops", "technical")
    assert (ticket.channel, ticket.mailbox, ticket.state) == ("email", "support", "new")
    message = Message.objects.get(ticket=ticket)
    assert (message.author, message.body, message.kind) == (
        world.person("requester"),
        "The import stops at line 7.",
        "public",
    )
    assert not Participant.objects.exists()
    drain()
    assert list(Delivery.objects.values_list("kind", "address")) == [("confirmation", "rose@acme.example")]


def test_it_takes_mails_as_they_are(world: World) -> None:
    """Neither the bounds of a form nor its questions can make a mail wait."""
    short = opened_by(deliver(letter(text="Help", Subject="")))
    assert (short.subject, Message.objects.get(ticket=short).body) == ("(no subject)", "Help")
    bare = opened_by(deliver(letter(text="", Subject="Nothing works", Message_ID="<b@x.example>")))
    assert (bare.subject, Message.objects.get(ticket=bare).body) == ("Nothing works", "Nothing works")
    long = opened_by(deliver(letter(text="word " * 9_000, Subject="x" * 900, Message_ID="<c@x.example>")))
    assert len(Message.objects.get(ticket=long).body) > 40_000
    assert deliver(letter(text="", Subject="", Message_ID="<d@x.example>")).reason == Reason.EMPTY


def test_the_mailbox_says_what_it_is_about(world: World) -> None:
    mailboxes = (
        '[[mailboxes]]\nkey = "money"\naddress = "money@vendor.example"\ncategory = "billing"\n'
        '[[mailboxes]]\nkey = "help"\naddress = "help@vendor.example"\n'
    )
    policy.apply(POLICY.read_text() + mailboxes, by=SYSTEM, at=clock.now())
    policy_queries.forget()
    ticket = opened_by(deliver(letter(To="Money <money+invoices@vendor.example>")))
    assert (ticket.category_id, ticket.mailbox) == ("billing", "money")
    other = opened_by(deliver(letter(To="help@vendor.example", Message_ID="<b@x.example>")))
    assert (other.category_id, other.mailbox) == ("technical", "help")


@pytest.mark.parametrize(
    ("sender", "dmarc", "reason"),
    [
        ("rose@acme.example", "fail", Reason.UNPROVEN),
        ("rose@acme.example", "", Reason.UNPROVEN),
        ("agent@vendor.example", "pass", Reason.STAFF),
        ("agent@vendor.example", "none", Reason.UNPROVEN),
        ("support@localhost", "pass", Reason.OURS),
        ("rose@acme.example, x@x.example", "pass", Reason.NO_SENDER),
        ("new@nowhere.example", "pass", Reason.UNKNOWN),
    ],
)
def test_what_else_comes_waits_for_a_person(world: World, sender: str, dmarc: str, reason: Reason) -> None:
    row = deliver(letter(sender, dmarc=dmarc))
    assert (row.state, row.reason) == (State.UNSORTED, reason)
    drain()
    assert not Ticket.objects.exists()
    assert not Delivery.objects.exists()


def test_who_belongs_nowhere_asks_for_themselves(world: World) -> None:
    ticket = opened_by(deliver(letter("stranger@nowhere.example")))
    assert (ticket.requester, ticket.organisation) == (world.person("stranger"), None)
    leave(world.person("requester"))
    assert opened_by(deliver(letter())).organisation is None


def test_who_is_gone_opens_nothing(world: World) -> None:
    Person.objects.filter(pk=world.person("requester").pk).update(is_active=False)
    assert deliver(letter()).reason == Reason.NO_RIGHT


def test_who_belongs_to_several_is_asked_once(world: World, several: Person) -> None:
    row = deliver(letter())
    again = deliver(b"Received: by another server\r\n" + letter())
    assert (row.state, again.state) == (State.ASKED, State.DUPLICATE)
    assert list(unsorted()) == [row]
    assert not Ticket.objects.exists()
    (asked,) = Delivery.objects.all()
    page = reverse("mailed:choice", args=[row.pk])
    assert asked.address == "rose@acme.example"
    assert f"http://localhost:8000{page}" in asked.text


def test_they_choose_and_it_opens_there(world: World, several: Person) -> None:
    row = deliver(letter())
    page, rose = reverse("mailed:choice", args=[row.pk]), browser_of(world, "requester")
    shown = rose.get(page).content.decode()
    assert all(part in shown for part in ("The import stops at line 7.", "Acme", "Globex"))
    assert rose.post(page).status_code == 422
    globex = world.organisations["globex"]
    assert rose.post(page, {"organisation": globex.pk}).status_code == 302
    row.refresh_from_db()
    ticket = opened_by(row)
    assert (ticket.organisation, ticket.requester) == (globex, several)
    assert Message.objects.get(ticket=ticket).author == several
    assert rose.post(page, {"organisation": world.organisations["acme"].pk}).status_code == 302
    assert Ticket.objects.count() == 1


def test_they_choose_among_their_own(world: World, several: Person) -> None:
    row = deliver(letter())
    page = reverse("mailed:choice", args=[row.pk])
    other = people.found_organisation(
        name="Initech", country="US", time_zone="UTC", plan="", by=SYSTEM, at=clock.now()
    )
    assert browser_of(world, "requester").post(page, {"organisation": other.pk}).status_code in (403, 422)
    assert browser_of(world, "requester").post(page, {"organisation": "none"}).status_code == 404
    for name in ("colleague", "administrator", "foreigner", "agent", "lead"):
        browser = browser_of(world, name)
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"organisation": world.organisations["acme"].pk}).status_code == 404
    assert not Ticket.objects.exists()


def test_an_agent_chooses_for_them(world: World, several: Person) -> None:
    row = deliver(letter())
    lead = browser_of(world, "lead")
    shown = lead.get(reverse("mailbox:mail", args=[row.pk])).content.decode()
    assert "Rose Requester has been asked for which organisation it is." in shown
    acme = world.organisations["acme"]
    lead.post(reverse("mailbox:opening", args=[row.pk]), {"organisation": acme.pk})
    row.refresh_from_db()
    assert opened_by(row).organisation == acme
    assert Message.objects.get(ticket=row.ticket).author == several
