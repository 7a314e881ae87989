"""The list: narrowed, sorted, paged, searched."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import words
from tests.world import World, later


def listed(response: Any) -> list[str]:
    """The subjects of the page, in their order."""
    return re.findall(r'class="row__subject"[^>]*>([^<]*)<', response.content.decode())


@pytest.fixture
def acme(world: World) -> dict[str, Ticket]:
    """Two of the requester's (one closed), one of the colleague's, one of the other company's."""
    made = {
        "mine": world.ticket("requester", subject="Mine", at=later(hours=1)),
        "closed": world.ticket("requester", subject="Closed", at=later(hours=2)),
        "colleague's": world.ticket("colleague", subject="Colleague's", at=later(hours=3)),
        "foreign": world.ticket("foreigner", subject="Foreign", at=later(hours=4)),
    }
    tickets.close(made["closed"], by=world.actor("requester"), at=later(hours=5))
    return made


@pytest.mark.requirement(48)
def test_all_open_and_closed(world: World, enter: Enter, acme: dict[str, Ticket]) -> None:
    browser = enter("requester")
    assert listed(browser.get("/requests/")) == ["Closed", "Mine"]
    assert listed(browser.get("/requests/?status=open")) == ["Mine"]
    assert listed(browser.get("/requests/?status=closed")) == ["Closed"]


@pytest.mark.requirement(49)
@pytest.mark.requirement(6)
@pytest.mark.parametrize("name", ["administrator", "contact"])
def test_who_oversees_sees_everybodys_or_their_own(
    world: World, enter: Enter, acme: dict[str, Ticket], name: str
) -> None:
    own = world.ticket(name, subject="Own", at=later(hours=6))
    browser = enter(name)
    everybodys = browser.get("/requests/")
    assert listed(everybodys) == [own.subject, "Closed", "Colleague&#39;s", "Mine"]
    assert "Rose Requester" in words(everybodys)
    assert listed(browser.get("/requests/?scope=mine")) == ["Own"]


@pytest.mark.requirement(49)
def test_who_oversees_narrows_to_one_person(world: World, enter: Enter, acme: dict[str, Ticket]) -> None:
    browser = enter("administrator")
    colleague, foreigner = world.person("colleague").pk, world.person("foreigner").pk
    assert listed(browser.get(f"/requests/?person={colleague}")) == ["Colleague&#39;s"]
    assert listed(browser.get(f"/requests/?person={foreigner}")) == []
    page = words(browser.get("/requests/"))
    assert "Colin Colleague" in page
    assert "Goro Globex" not in page


def test_an_ordinary_member_is_offered_no_scope_and_cannot_take_one(
    world: World, enter: Enter, acme: dict[str, Ticket]
) -> None:
    browser, colleague = enter("requester"), world.person("colleague").pk
    page = browser.get(f"/requests/?scope=all&person={colleague}")
    assert listed(page) == ["Closed", "Mine"]
    assert "Everybody" not in words(page)


def test_newest_or_oldest_activity_first(world: World, enter: Enter, acme: dict[str, Ticket]) -> None:
    browser = enter("requester")
    assert listed(browser.get("/requests/?order=oldest")) == ["Mine", "Closed"]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_follow_each_other_without_a_gap(world: World, enter: Enter, order: str) -> None:
    for number in range(60):
        world.ticket(subject=f"Problem {number:02}", at=later(minutes=number // 2))
    browser, seen, address = enter("requester"), list[str](), f"/requests/?order={order}&status=open"
    for _page in range(3):
        page = browser.get(address)
        seen += listed(page)
        link = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        address = link[1].replace("&amp;", "&") if link else ""
    assert address == ""
    expected = [f"Problem {number:02}" for number in range(60)]
    assert seen == (expected if order == "oldest" else expected[::-1])
    back = re.search(r'rel="prev" href="([^"]+)"', page.content.decode())
    assert back
    assert listed(browser.get(back[1].replace("&amp;", "&"))) == seen[25:50]


@pytest.mark.requirement(36)
@pytest.mark.requirement(48)
def test_old_requests_are_found_by_what_was_said_in_them(world: World, enter: Enter) -> None:
    ticket = world.ticket(subject="The export stays empty")
    world.ticket(subject="An invoice is missing")
    tickets.reply(ticket, body="Clear the turbofan cache.", by=world.actor("agent"), at=later(hours=1))
    tickets.note(ticket, body="The customer is a zeppelin.", by=world.actor("agent"), at=later(hours=1))
    for each in Ticket.objects.all():
        tickets.index_ticket(each.pk)
    browser = enter("requester")
    assert listed(browser.get("/requests/?q=turbofan")) == ["The export stays empty"]
    assert listed(browser.get(f"/requests/?q=%23{ticket.pk}")) == ["The export stays empty"]
    assert listed(browser.get("/requests/?q=zeppelin")) == []
    assert "Nothing found" in words(browser.get("/requests/?q=zeppelin"))
    for name in ("colleague", "foreigner", "stranger"):
        assert listed(enter(name).get("/requests/?q=turbofan")) == []
        assert listed(enter(name).get(f"/requests/?q={ticket.pk}")) == []


def test_each_empty_place_says_why_it_is_empty(world: World, enter: Enter) -> None:
    browser = enter("requester")
    assert "You have not asked us anything yet" in words(browser.get("/requests/"))
    world.ticket()
    assert "There is none among those that you chose to see." in words(
        browser.get("/requests/?status=closed")
    )


def test_the_organisation_is_named_to_who_has_several(world: World, enter: Enter) -> None:
    world.ticket()
    browser = enter("requester")
    assert "Acme" not in words(browser.get("/requests/"))
    people.join_organisation(world.person("requester"), world.organisations["globex"], by=SYSTEM, at=later())
    assert "Acme" in words(browser.get("/requests/"))


@pytest.mark.parametrize("name", ["requester", "administrator"])
@pytest.mark.parametrize("query", ["", "?q=export", "?status=open&order=oldest"])
def test_its_cost_does_not_grow(world: World, enter: Enter, name: str, query: str) -> None:
    browser, counts = enter(name), []
    for rows in (1, 3):
        while Ticket.objects.count() < rows:
            tickets.index_ticket(world.ticket(name).pk)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"/requests/{query}")
        assert len(listed(page)) == rows
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
