"""Every address of the portal, for everybody of the cast: allowed, led elsewhere, refused, or not there."""

import re

import pytest
from django.test import Client

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.edges.portal.urls import urlpatterns
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import words
from tests.world import NOON, World, leave

SECRET = "The zeppelin stays empty"
IN_REACH = ("requester", "contact", "administrator", "copied")
OUT_OF_REACH = ("colleague", "foreigner", "stranger", "leaver")

OPEN_TO_ALL = {"", "requests/", "requests/new/", "drafts/new/", "drafts/new/removal/"}
READ = {"", "confirmation/", "history/", "participants/"}
WRITE = {"replies/", "closure/", "reopening/", "participants/"}
BOUND = {"follow-ups/", "participants/<int:person_id>/removal/"}  # shown with what they need, elsewhere
ROOT = "requests/<int:number>/"


def test_every_address_has_its_row() -> None:
    routes = {re.sub("<slug:key>", "new", str(pattern.pattern)) for pattern in urlpatterns}
    assert routes == OPEN_TO_ALL | {ROOT + place for place in READ | WRITE | BOUND}


@pytest.fixture
def ticket(world: World) -> Ticket:
    """The requester's, on which a second stranger is copied; the leaver had one like it and left."""
    ticket = world.ticket(subject=SECRET, description="Nobody else should read of the zeppelin.")
    world.people["copied"] = world.people.pop("other_agent")
    world.people["copied"].staff_role = None
    world.people["copied"].save()
    tickets.add_participant(ticket, person=world.person("copied"), by=world.actor("lead"), at=NOON)
    leave(world.person("leaver"))
    return ticket


@pytest.mark.parametrize("name", IN_REACH)
def test_in_reach(world: World, enter: Enter, ticket: Ticket, name: str) -> None:
    browser = enter(name)
    for place in READ:
        assert browser.get(f"/requests/{ticket.pk}/{place}").status_code == 200, place
    assert SECRET in words(browser.get(f"/requests/{ticket.pk}/"))
    assert SECRET in words(browser.get("/requests/"))


@pytest.mark.parametrize("name", OUT_OF_REACH)
def test_out_of_reach_is_as_if_it_were_not_there(
    world: World, enter: Enter, ticket: Ticket, name: str
) -> None:
    browser, before = enter(name), Ticket.objects.values().get(pk=ticket.pk)
    person = world.person("copied").pk
    places = READ | WRITE | {"follow-ups/", f"participants/{person}/removal/"}
    for place in places:
        for send in (browser.get, browser.post):
            there = send(f"/requests/{ticket.pk}/{place}", {"body": "Hello"})
            absent = send(f"/requests/999999/{place}", {"body": "Hello"})
            assert there.status_code == absent.status_code
            assert there.status_code in (404, 405), place
            assert _bare(there.content) == _bare(absent.content)
            assert "zeppelin" not in there.content.decode()
    assert SECRET not in words(browser.get("/requests/?q=zeppelin"))
    assert SECRET not in words(browser.get("/requests/"))
    assert Ticket.objects.values().get(pk=ticket.pk) == before
    assert (ticket.messages.count(), ticket.participants.count()) == (1, 1)


def _bare(page: bytes) -> str:
    """A page without its token and its own address, the only things that differ from call to call."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)
    return re.sub(rb"/requests/\d+/", b"/requests/N/", page).decode()


def test_nobody_comes_in_without_signing_in(world: World, ticket: Ticket) -> None:
    browser = Client()
    person = world.person("copied").pk
    ours = {f"requests/{ticket.pk}/{place}" for place in READ | WRITE | {"follow-ups/"}}
    for path in OPEN_TO_ALL | ours | {f"requests/{ticket.pk}/participants/{person}/removal/"}:
        shown, sent = browser.get(f"/{path}"), browser.post(f"/{path}", {"body": "Hello"})
        assert shown.status_code == 302
        assert shown.headers["Location"].startswith("/account/login/")
        assert sent.status_code == 403
    assert (ticket.messages.count(), ticket.participants.count()) == (1, 1)


@pytest.mark.parametrize("place", sorted(WRITE))
def test_nothing_is_done_without_the_token_of_the_page(world: World, ticket: Ticket, place: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.person("requester"))
    before = Ticket.objects.values().get(pk=ticket.pk)
    answer = browser.post(f"/requests/{ticket.pk}/{place}", {"body": "Hello", "person": "colin@acme.example"})
    assert answer.status_code == 403
    assert Ticket.objects.values().get(pk=ticket.pk) == before
    assert (ticket.messages.count(), ticket.participants.count()) == (1, 1)


@pytest.mark.parametrize("place", sorted(WRITE - READ))
def test_reading_changes_nothing(world: World, enter: Enter, ticket: Ticket, place: str) -> None:
    assert enter("requester").get(f"/requests/{ticket.pk}/{place}").status_code == 405
