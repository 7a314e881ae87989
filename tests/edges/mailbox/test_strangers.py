"""Whoever writes first is held or taken in, as the vendor decides, and told nothing before being proven."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Person
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Reason, State
from guichet.foundation import clock
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.edges.mailbox.letters import OURS, letter
from tests.world import POLICY, World

ANA = "Ana Newcomer <ana@home.example>"
SECRET = "Click https://evil.example/prize"


@pytest.fixture(autouse=True)
def trusted(settings: Settings) -> None:
    settings.GUICHET_AUTHSERV_ID = OURS


@pytest.fixture
def open_door(world: World) -> None:
    policy.apply(POLICY.read_text() + '[mail]\nstrangers = "open"\n', by=SYSTEM, at=clock.now())
    policy_queries.forget()


def browser_of(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_a_stranger_is_held(world: World) -> None:
    row = deliver(letter(ANA))
    assert (row.state, row.reason) == (State.UNSORTED, Reason.UNKNOWN)
    assert not Person.objects.filter(email="ana@home.example").exists()
    assert not Ticket.objects.exists()


@pytest.mark.usefixtures("open_door")
def test_a_stranger_is_taken_in_and_told_nothing_of_it(world: World) -> None:
    row = deliver(letter(ANA, text=SECRET, dmarc="none", Subject=SECRET))
    ana = Person.objects.get(email="ana@home.example")
    assert (row.state, row.person, ana.is_proven, ana.name) == (State.DELIVERED, ana, False, "Ana Newcomer")
    assert row.ticket is not None
    assert (row.ticket.requester, row.ticket.organisation, row.ticket.subject) == (ana, None, SECRET)
    message = Message.objects.get()
    assert (message.author, message.is_unverified, message.sender) == (None, True, ANA)
    drain()
    (told,) = Delivery.objects.all()
    assert (told.kind, told.address) == ("letter", "ana@home.example")
    assert "evil" not in told.subject + told.text + told.html
    shown = browser_of(world.person("lead")).get(f"/desk/tickets/{row.ticket_id}/").content.decode()
    assert "Unverified sender" in shown
    assert "Nothing has shown yet that this address is theirs." in shown
    browser_of(ana)  # signs in
    ana.refresh_from_db()
    assert ana.is_proven


@pytest.mark.usefixtures("open_door")
def test_an_address_hears_of_it_once_a_day(world: World) -> None:
    for number in range(5):
        deliver(letter(ANA, text=f"Spam {number}.", dmarc="fail", Message_ID=f"<{number}@home.example>"))
    drain()
    assert Ticket.objects.count() == 5
    assert Delivery.objects.count() == 1


@pytest.mark.usefixtures("open_door")
def test_a_proven_stranger_speaks_for_themselves(world: World) -> None:
    row = deliver(letter(ANA))
    ana = Person.objects.get(email="ana@home.example")
    assert Message.objects.get().author == ana
    assert not ana.is_proven
    again = deliver(letter(ANA, text="And this.", Message_ID="<2@home.example>"))
    assert [row.state, again.state] == [State.DELIVERED] * 2
    assert Person.objects.filter(email="ana@home.example").count() == 1


@pytest.mark.usefixtures("open_door")
@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("no-reply@social.example", {}),
        ("noreply+42@social.example", {}),
        ("verify@social.example", {}),
        ("account-confirmation@social.example", {"Precedence": "bulk"}),
        ("accounts@social.example", {}),
        ("invitations-noreply@social.example", {}),
        ("mailer-daemon@social.example", {}),
        ("news@social.example", {"List_Id": "<news.social.example>"}),
        ("robot@social.example", {"Auto_Submitted": "auto-generated"}),
        ("kim@social.example", {"Return_Path": "<>"}),
        ("kim@social.example", {"To": "support+1001@localhost"}),
    ],
)
def test_nobody_proves_a_mailbox_with_ours(world: World, sender: str, headers: dict[str, str]) -> None:
    row = deliver(letter(sender, **headers))
    assert row.state == State.UNSORTED
    drain()
    assert not Ticket.objects.exists()
    assert not Delivery.objects.exists()
    assert not Person.objects.filter(email=sender).exists()


@pytest.mark.requirement(86)
def test_an_account_that_is_named_is_offered(world: World) -> None:
    row = deliver(letter(ANA, text="I cannot sign in. My account is ROSE@acme.example, please help."))
    lead = browser_of(world.person("lead"))
    shown = lead.get(reverse("mailbox:mail", args=[row.pk])).content.decode()
    assert "Probably Acme, because the address rose@acme.example stands in it." in shown
    assert "Open the request for Rose Requester" in shown
    sent = {"person": "rose@acme.example", "organisation": world.organisations["acme"].pk}
    lead.post(reverse("mailbox:opening", args=[row.pk]), sent)
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.organisation) == (world.person("requester"), world.organisations["acme"])
    message = Message.objects.get()
    assert (message.author, message.by_staff, message.sender) == (None, False, ANA)
    desk = lead.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Alternative contact" in desk
    assert "ana@home.example" in desk
    portal = browser_of(world.person("requester")).get(f"/requests/{ticket.pk}/").content.decode()
    assert "Ana Newcomer" in portal
    drain()
    assert set(Delivery.objects.values_list("address", flat=True)) == {"rose@acme.example"}


@pytest.mark.requirement(86)
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("See https://www.acme.example/shop", "people of theirs have addresses at acme.example"),
        ("Write to hello@acme.example", "people of theirs have addresses at acme.example"),
        ("Project https://app.vendor.example/p/42/", "names app.vendor.example/p/42, too."),
    ],
)
def test_a_site_that_is_named_tells_whose_it_is(world: World, text: str, sentence: str) -> None:
    tickets.open_ticket(
        category="technical", subject="Earlier", description="Something was wrong.",
        organisation_id=world.organisations["acme"].pk, answers={"page": "https://app.vendor.example/p/42"},
        by=world.actor("contact"), at=clock.now(),
    )  # fmt: skip
    row = deliver(letter(ANA, text=text))
    shown = browser_of(world.person("lead")).get(reverse("mailbox:mail", args=[row.pk])).content.decode()
    assert "Probably Acme, because" in shown
    assert sentence in shown
    assert "Open the request for Dora Designated" in shown


def test_what_everybody_has_tells_nothing(world: World) -> None:
    row = deliver(letter(ANA, text="I am ana@gmail.com, see https://www.gmail.com and https://nowhere.test/"))
    shown = browser_of(world.person("lead")).get(reverse("mailbox:mail", args=[row.pk])).content.decode()
    assert "Probably" not in shown


def opened_for(world: World, row: ReceivedMessage, person: str) -> int:
    address = reverse("mailbox:opening", args=[row.pk])
    return browser_of(world.person("lead")).post(address, {"person": person}).status_code


def test_an_agent_opens_it_for_whom_they_know(world: World) -> None:
    row = deliver(letter(ANA))
    assert opened_for(world, row, "nobody@home.example") == 422
    assert opened_for(world, row, "agent@vendor.example") == 422
    assert not Ticket.objects.exists()
    assert opened_for(world, row, "ana@home.example") == 302
    assert opened_for(world, row, "ana@home.example") == 302
    ticket = Ticket.objects.get()
    assert (ticket.requester.email, ticket.requester.is_proven) == ("ana@home.example", False)
