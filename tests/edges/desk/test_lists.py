"""The views and their lists."""

import re

import pytest
from django.test import Client

from guichet.domain.tickets import operations as tickets
from tests.edges.desk.conftest import Enter
from tests.world import World, later


def subjects(page: bytes) -> list[str]:
    return re.findall(r"dense__subject[^>]*>([^<]*)<", page.decode())


def counts(page: bytes) -> dict[str, str]:
    links = re.findall(r'class="view" href="/desk/(\w+)/"(.*?)</a>', page.decode(), re.DOTALL)
    return {name: "".join(re.findall(r'view__count">([^<]*)<', link)) for name, link in links}


def test_the_desk_begins_with_what_nobody_has(agent: Client) -> None:
    assert agent.get("/desk/").headers["Location"] == "/desk/unassigned/"
    assert agent.get("/desk/nonsense/").status_code == 404


def test_each_view_shows_its_own_and_counts_them_all(world: World, agent: Client) -> None:
    me, at = world.actor("agent"), later(minutes=1)
    world.ticket(subject="Free")
    tickets.take(world.ticket(subject="Mine"), by=me, at=at)
    tickets.assign(world.ticket(subject="Ours"), to=None, team=world.teams["support"], by=me, at=at)
    tickets.reply(world.ticket(subject="Answered"), body="Hello.", by=me, at=at)
    tickets.close(world.ticket(subject="Ended"), by=me, at=at)
    seen = {
        view: set(subjects(agent.get(f"/desk/{view}/").content))
        for view in ("unassigned", "mine", "team", "open", "waiting", "closed")
    }
    assert seen == {
        "unassigned": {"Free", "Ours"},
        "mine": {"Mine"},
        "team": {"Ours"},
        "open": {"Free", "Mine", "Ours"},
        "waiting": {"Answered"},
        "closed": {"Ended"},
    }
    assert counts(agent.get("/desk/open/").content) == {
        "unassigned": "2",
        "mine": "1",
        "team": "1",
        "open": "3",
        "waiting": "1",
        "closed": "",
    }


def test_a_long_list_is_turned_page_by_page_both_ways(
    world: World, agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(52):
        world.ticket(subject=f"No {number}", at=later(minutes=number))
    first = agent.get("/desk/open/").content.decode()
    assert subjects(first.encode()) == [f"No {number}" for number in range(51, 1, -1)]
    older = re.findall(r'rel="next" href="([^"]+)"', first)[0].replace("&amp;", "&")
    second = agent.get(older).content.decode()
    assert subjects(second.encode()) == ["No 1", "No 0"]
    newer = re.findall(r'rel="prev" href="([^"]+)"', second)[0].replace("&amp;", "&")
    assert subjects(agent.get(newer).content) == subjects(first.encode())
    assert subjects(agent.get("/desk/open/?order=oldest").content)[0] == "No 0"


def test_the_place_in_the_list_goes_along_to_the_request_and_back(world: World, agent: Client) -> None:
    number = world.ticket().number
    page = agent.get("/desk/open/?order=oldest").content.decode()
    assert f'href="/desk/tickets/{number}/?view=open&amp;order=oldest"' in page
    ticket = agent.get(f"/desk/tickets/{number}/?view=open&order=oldest").content.decode()
    assert 'hx-get="/desk/open/?order=oldest"' in ticket
    assert 'href="/desk/open/?order=oldest"' in ticket


@pytest.mark.parametrize("query", ["?at=nonsense", "?at=%3E1-99999999999999999999", "?order=sideways&at=%00"])
def test_a_broken_place_is_the_first_page(world: World, agent: Client, query: str) -> None:
    world.ticket(subject="Still here")
    assert subjects(agent.get(f"/desk/open/{query}").content) == ["Still here"]


def test_a_script_gets_the_list_and_the_counts_alone(world: World, agent: Client) -> None:
    world.ticket(subject="Just this")
    piece = agent.get("/desk/open/", headers={"HX-Request": "true"}).content
    assert subjects(piece) == ["Just this"]
    assert counts(piece)["open"] == "1"
    assert b"<html" not in piece
    back = agent.get("/desk/open/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in back.content


def test_what_the_customer_has_answered_stands_out(world: World, agent: Client) -> None:
    ticket = world.ticket()
    tickets.reply(ticket, body="Which version?", by=world.actor("agent"), at=later(minutes=1))
    assert b"(the customer has answered)" not in agent.get("/desk/waiting/").content
    tickets.reply(ticket, body="The newest.", by=world.actor("requester"), at=later(minutes=2))
    assert b"(the customer has answered)" in agent.get("/desk/open/").content


@pytest.mark.parametrize("view", ["unassigned", "mine", "team", "open", "waiting", "closed"])
def test_an_empty_view_says_what_comes_there(enter: Enter, view: str) -> None:
    assert b'class="empty__text"' in enter("agent").get(f"/desk/{view}/").content
