"""Who comes in: staff, and of them those who may work on the request."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.edges.desk.urls import urlpatterns
from tests.edges.desk.conftest import Enter
from tests.world import CUSTOMERS, NOON, World

FACTS = {
    "<slug:view>": "open",
    "<int:number>": "{ticket}",
    "<int:message_id>": "{message}",
    "<int:delivery_id>": "1",
    "<int:event_id>": "1",
}


def addresses(ticket: Ticket) -> dict[str, str]:
    """Every address of the desk, by name, about this request."""
    found = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        for fact, word in FACTS.items():
            route = route.replace(fact, word)
        found[str(pattern.name)] = "/desk/" + route.format(ticket=ticket.pk, message=ticket.last_message_id)
    return found


def answers(browser: Client, ticket: Ticket) -> dict[str, int]:
    """The status of every address, read or, where that cannot be, posted to."""
    statuses = {}
    for name, address in addresses(ticket).items():
        response = browser.get(address)
        statuses[name] = (
            browser.post(address).status_code if response.status_code == 405 else response.status_code
        )
    return statuses


@pytest.mark.parametrize("name", [*CUSTOMERS, "stranger"])
def test_for_customers_the_desk_does_not_exist(world: World, enter: Enter, name: str) -> None:
    ticket = world.ticket("foreigner" if name == "foreigner" else "requester")
    assert set(answers(enter(name), ticket).values()) == {404}


def test_somebody_unknown_is_asked_to_sign_in_first(world: World) -> None:
    ticket = world.ticket()
    for address in addresses(ticket).values():
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/account/login/")


ABOUT_A_TICKET = [
    pattern.name
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern) and "number" in str(pattern.pattern)
]


def words_at(browser: Client, address: str) -> str:
    """What stands at an address, but for the address itself and the token of its forms."""
    page = browser.get(address).content.decode().replace(address, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_another_teams_request_looks_like_one_that_is_not_there(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    lead = world.actor("lead")
    tickets.assign(ticket, to=None, team=world.teams["billing"], by=lead, at=NOON)
    there = answers(enter("other_agent"), ticket)
    assert {there[str(name)] for name in ABOUT_A_TICKET} <= {200, 302, 409, 422}
    hidden = answers(enter("agent"), ticket)
    assert {hidden[str(name)] for name in ABOUT_A_TICKET} == {404}
    browser = enter("agent")
    assert words_at(browser, f"/desk/tickets/{ticket.pk}/") == words_at(browser, "/desk/tickets/7777/")
    assert b"The export stays empty" not in browser.get("/desk/open/").content
    assert b"The export stays empty" in enter("other_agent").get("/desk/open/").content


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_number_that_no_request_can_have_is_simply_not_there(agent: Client, number: int) -> None:
    assert agent.get(f"/desk/tickets/{number}/").status_code == 404


def test_every_answer_says_that_it_depends_on_who_asks_for_a_piece(world: World, agent: Client) -> None:
    answer = agent.get("/desk/open/")
    assert "HX-Request" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
