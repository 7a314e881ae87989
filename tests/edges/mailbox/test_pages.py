"""Mail that waits is looked after by leads and admins; nobody else knows of it."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from guichet.domain.tickets.models import Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.paging import PAGE_SIZE
from guichet.edges.mailbox.queries import unsorted
from guichet.edges.mailbox.states import State
from tests.edges.mailbox.letters import answer
from tests.world import World, leave

WORDS = ("waiting", "aside", "all")


def browser_of(world: World, name: str) -> Client:
    browser = Client()
    browser.force_login(world.person(name))
    return browser


def unproven(world: World, ticket: Ticket) -> bytes:
    return answer(world, ticket, dmarc="fail", To="support@localhost", text="<b>Not proven</b>")


@pytest.fixture
def waiting(world: World, ticket: Ticket) -> ReceivedMessage:
    """A mail to the mailbox whose sender is not proven."""
    return deliver(unproven(world, ticket))


def test_a_lead_sees_what_waits_and_why(world: World, waiting: ReceivedMessage) -> None:
    browser = browser_of(world, "lead")
    page = browser.get(reverse("mailbox:unsorted")).content.decode()
    assert "Re: [#1] The export stays empty" in page
    assert "Nothing proves that it comes from the address that it names." in page
    shown = browser.get(reverse("mailbox:mail", args=[waiting.pk])).content.decode()
    assert "&lt;b&gt;Not proven&lt;/b&gt;" in shown


def test_its_bytes_are_saved_and_never_shown(world: World, ticket: Ticket, waiting: ReceivedMessage) -> None:
    response = browser_of(world, "lead").get(reverse("mailbox:raw", args=[waiting.pk]))
    assert response.content == unproven(world, ticket)
    assert response["Content-Disposition"] == f'attachment; filename="mail-{waiting.pk}.eml"'
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["requester", "contact", "administrator", "stranger", "agent"])
@pytest.mark.parametrize("page", ["unsorted", "mail", "raw", "dismissal", "delivery", "opening"])
def test_for_others_it_does_not_exist(world: World, waiting: ReceivedMessage, name: str, page: str) -> None:
    address = reverse(f"mailbox:{page}", args=[] if page == "unsorted" else [waiting.pk])
    browser = browser_of(world, name)
    response = browser.post(address) if page in ("dismissal", "delivery", "opening") else browser.get(address)
    assert response.status_code == 404


def test_a_mail_is_put_aside_and_kept(world: World, waiting: ReceivedMessage) -> None:
    assert list(unsorted()) == [waiting]
    browser_of(world, "lead").post(reverse("mailbox:dismissal", args=[waiting.pk]))
    assert list(unsorted()) == []
    assert ReceivedMessage.objects.get().state == State.DISMISSED


def test_what_was_put_aside_and_what_was_delivered_can_be_found(
    world: World, ticket: Ticket, waiting: ReceivedMessage
) -> None:
    browser = browser_of(world, "lead")
    browser.post(reverse("mailbox:dismissal", args=[waiting.pk]))
    delivered = deliver(answer(world, ticket))
    pages = {word: browser.get(f"/desk/mail/received/?show={word}").content.decode() for word in WORDS}
    addresses = [reverse("mailbox:mail", args=[row.pk]) for row in (waiting, delivered)]
    assert [address in pages["waiting"] for address in addresses] == [False, False]
    assert [address in pages["aside"] for address in addresses] == [True, False]
    assert [address in pages["all"] for address in addresses] == [True, True]


def test_however_many_there_are_a_page_asks_little(
    world: World, waiting: ReceivedMessage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(PAGE_SIZE * 2):
        asked = number % 2
        ReceivedMessage.objects.create(
            fingerprint=f"{number:064}",
            stored_as=f"{number}",
            size=1,
            was_verified=False,
            received_at=waiting.received_at,
            state=State.ASKED if asked else State.UNSORTED,
            person=world.person("requester") if asked else None,
            reason="" if asked else waiting.reason,
        )
    browser = browser_of(world, "lead")
    browser.get(reverse("mailbox:unsorted"))
    address, seen = reverse("mailbox:unsorted"), list[str]()
    while address:
        with django_assert_max_num_queries(8):
            page = browser.get(address).content.decode()
        seen += re.findall(r'"/desk/mail/received/(\d+)/"', page)
        older = re.search(r'href="([^"]*at=%3E[^"]*)"', page)
        address = unescape(older[1]) if older else ""
    rows = ReceivedMessage.objects.order_by("-id").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in rows]
    for word in WORDS:
        with django_assert_max_num_queries(8):
            browser.get(f"/desk/mail/received/?show={word}")


def test_leads_see_at_the_desk_how_many_wait(world: World, waiting: ReceivedMessage) -> None:
    counted = '<span class="truncate">Mail</span><span class="view__count">1</span>'
    assert counted in browser_of(world, "lead").get("/desk/open/").content.decode()
    assert counted not in browser_of(world, "agent").get("/desk/open/").content.decode()


def test_a_mail_is_delivered_once_its_reason_is_mended(world: World, ticket: Ticket) -> None:
    person = world.person("requester")
    seat = person.memberships.get()
    leave(person)
    row = deliver(answer(world, ticket))
    assert row.state == State.UNSORTED
    seat.pk = None
    seat.save()
    browser_of(world, "lead").post(reverse("mailbox:delivery", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.reason, row.ticket_id) == (State.DELIVERED, "", ticket.pk)


def test_staff_of_the_request_read_the_whole_mail_of_a_message(world: World, ticket: Ticket) -> None:
    text = "It works.\n\nOn Tue, Vendor wrote:\n> Please try again.\n"
    row = deliver(answer(world, ticket, text=text))
    address = reverse("mailbox:whole", args=[row.message_id])
    assert "&gt; Please try again." in browser_of(world, "agent").get(address).content.decode()
    assert browser_of(world, "requester").get(address).status_code == 404
    other = reverse("mailbox:whole", args=[ticket.last_message_id])
    assert browser_of(world, "agent").get(other).status_code == 302
    thread = browser_of(world, "agent").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert thread.count("The whole e-mail") == 1
    assert f'href="{address}"' in thread
