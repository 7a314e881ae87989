"""Leads see every mail of ours in its state, and send at once what would be tried later."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from guichet.domain.tickets.models import Ticket
from guichet.domain.timeline.models import Event
from guichet.edges.mailbox.paging import PAGE_SIZE, page_at
from guichet.foundation import clock
from guichet.reactions.email.claim import claim
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Cause, Kind, State
from tests.edges.mailbox.test_pages import browser_of
from tests.world import World

PAGE = "/desk/mail/outgoing/"


def owe(world: World, ticket: Ticket, number: int, **fields: Any) -> Delivery:
    at = clock.now()
    state = fields.get("state", State.QUEUED)
    pending = state in (State.QUEUED, State.SENDING)
    return Delivery.objects.create(
        **{
            "key": f"test-{number}",
            "mail_id": f"<{number}@test.localhost>",
            "kind": Kind.REPLY,
            "event": Event.objects.latest("id"),
            "ticket": ticket,
            "recipient": world.person("requester"),
            "address": f"rose{number}@acme.example",
            "language": "en",
            "next_try_at": at + timedelta(hours=1) if pending else None,
            "give_up_at": at + timedelta(days=1),
            "created_at": at,
            **fields,
        }
    )


@pytest.fixture
def postponed(world: World, ticket: Ticket) -> Delivery:
    return owe(world, ticket, 1, attempts=2, cause=Cause.POSTPONED, failure="451 Come again.")


def listed(world: World, query: str = "") -> str:
    return browser_of(world, "lead").get(PAGE + query).content.decode()


def test_each_state_has_its_list(world: World, ticket: Ticket, postponed: Delivery) -> None:
    owe(world, ticket, 2, state=State.SENT, sent_at=clock.now(), attempts=1)
    owe(world, ticket, 3, state=State.WITHHELD, cause=Cause.UNWANTED)
    owe(world, ticket, 4, state=State.BOUNCED, failed_at=clock.now(), cause=Cause.RETURNED)
    owe(world, ticket, 5, state=State.FAILED, failed_at=clock.now(), cause=Cause.REFUSED)
    owe(world, ticket, 6, attempts=1, state=State.SENDING)
    expected = {"later": "1", "sent": "2", "withheld": "3", "returned": "4", "failed": "5", "waiting": "16"}
    for name, numbers in expected.items():
        page = listed(world, f"?show={name}")
        found = {number for number in "123456" if f"rose{number}@acme.example" in page}
        assert found == set(numbers), name
    every = listed(world)
    assert all(f"rose{number}@acme.example" in every for number in "123456")
    assert listed(world, "?show=nonsense").count("acme.example") == every.count("acme.example")


def test_a_postponed_one_says_why_and_when(world: World, postponed: Delivery) -> None:
    page = listed(world)
    assert "Postponed" in page
    assert "The recipient&#39;s mail server asked us to try again later." in page
    assert "451 Come again." in page
    assert "2 tries" in page


def test_a_postponed_one_is_sent_at_once(world: World, postponed: Delivery) -> None:
    address = reverse("mailbox:sending", args=[postponed.pk])
    response = browser_of(world, "lead").post(address, {"show": "later"})
    assert response.headers["Location"] == f"{PAGE}?show=later"
    postponed.refresh_from_db()
    assert postponed.next_try_at
    assert postponed.next_try_at <= clock.now()
    assert (postponed.state, postponed.attempts) == (State.QUEUED, 2)


def test_what_it_waits_for_goes_before_it(world: World, ticket: Ticket, postponed: Delivery) -> None:
    later = owe(world, ticket, 2, attempts=1)
    other = owe(world, ticket, 3, attempts=1)
    browser_of(world, "lead").post(reverse("mailbox:sending", args=[later.pk]))
    at = clock.now()
    sent = [claim(at), claim(at)]
    assert sent[0] == postponed
    assert sent[1] is None  # its reader gets them one after the other
    Delivery.objects.filter(pk=postponed.pk).update(state=State.SENT, next_try_at=None)
    assert claim(at) == later
    assert Delivery.objects.filter(pk=other.pk, next_try_at=other.next_try_at).exists()


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.SENT, State.WITHHELD])
def test_any_other_is_left_alone(world: World, ticket: Ticket, state: State) -> None:
    mail = owe(world, ticket, 1, state=state, attempts=int(state is State.SENDING))
    assert "Send now" not in listed(world)
    browser_of(world, "lead").post(reverse("mailbox:sending", args=[mail.pk]))
    assert Delivery.objects.filter(pk=mail.pk, state=state, next_try_at=mail.next_try_at).exists()


def test_the_words_of_a_code_are_not_shown(world: World) -> None:
    at = clock.now()
    Delivery.objects.create(
        key="code", mail_id="<code@localhost>", kind=Kind.LETTER, address="rose@acme.example", language="en",
        subject="123456 is your code", sensitive=True, state=State.SENT,
        sent_at=at, created_at=at, give_up_at=at,
    )  # fmt: skip
    page = listed(world)
    assert "123456" not in page
    assert "Confidential e-mail" in page


def test_pages_follow_one_another_whatever_is_added(
    world: World, ticket: Ticket, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mails = [owe(world, ticket, number) for number in range(PAGE_SIZE * 2 + 1)]
    browser = browser_of(world, "lead")
    browser.get(PAGE)
    with django_assert_max_num_queries(8):
        first = browser.get(PAGE).content.decode()
    assert first.count('class="mails__one"') == PAGE_SIZE
    rows = Delivery.objects.filter(pk__in=[mail.pk for mail in mails])
    pages = [page_at(rows, "")]
    while pages[-1].after:
        pages.append(page_at(rows, pages[-1].after))
    assert [row.pk for page in pages for row in page.rows] == [mail.pk for mail in reversed(mails)]
    assert page_at(rows, pages[2].before).rows == pages[1].rows
    assert page_at(rows, pages[1].before).rows == pages[0].rows
    assert (pages[0].before, page_at(rows, pages[1].before).before) == ("", "")
    assert page_at(rows, "nonsense").rows == pages[0].rows


@pytest.mark.parametrize("name", ["requester", "contact", "stranger", "agent"])
def test_for_others_it_does_not_exist(world: World, postponed: Delivery, name: str) -> None:
    browser = browser_of(world, name)
    assert browser.get(PAGE).status_code == 404
    assert browser.post(reverse("mailbox:sending", args=[postponed.pk])).status_code == 404
