"""Where customers arrive."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.domain.tickets import operations as tickets
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import words
from tests.world import NOON, World, later


def test_it_greets_and_shows_what_is_open_and_whose_turn_it_is(world: World, enter: Enter) -> None:
    answered = world.ticket(subject="The export stays empty")
    tickets.reply(answered, body="Which export?", by=world.actor("agent"), at=later(hours=1))
    world.ticket(subject="An invoice is missing")
    over = world.ticket(subject="Long done")
    tickets.close(over, by=world.actor("requester"), at=later(hours=1))
    page = words(enter("requester").get("/"))
    assert "Hello Rose" in page
    assert "The export stays empty" in page
    assert "Your turn" in page
    assert "An invoice is missing" in page
    assert "Long done" not in page


def test_it_tells_how_to_reach_the_vendor(world: World, enter: Enter) -> None:
    page = words(enter("requester").get("/"))
    assert "help@vendor.example" in page
    assert "Monday to Friday, 9:00 to 18:00" in page


def test_it_speaks_the_language_of_the_policy_that_the_person_reads(world: World, enter: Enter) -> None:
    person = world.person("requester")
    person.language = "fr"
    person.save()
    assert "Du lundi au vendredi" in words(enter("requester").get("/"))


def test_it_shows_nobody_elses_requests_not_even_to_who_oversees_them(world: World, enter: Enter) -> None:
    world.ticket("colleague", subject="Of the colleague")
    assert "Of the colleague" in words(enter("colleague").get("/"))
    for name in ("requester", "administrator", "stranger", "foreigner"):
        assert "Of the colleague" not in words(enter(name).get("/"))


def test_an_empty_home_teaches_what_comes_here(world: World, enter: Enter) -> None:
    page = words(enter("stranger").get("/"))
    assert "Nothing is open" in page
    assert "New request" in page


def test_five_are_shown_and_a_way_to_the_others(world: World, enter: Enter) -> None:
    for number in range(6):
        world.ticket(subject=f"Problem {number}", at=later(minutes=number))
    page = words(enter("requester").get("/"))
    assert [n for n in range(6) if f"Problem {n}" in page] == [1, 2, 3, 4, 5]
    assert "More open requests" in page


def test_what_was_begun_can_be_finished(world: World, enter: Enter) -> None:
    browser = enter("requester")
    assert "Finish your draft" not in words(browser.get("/"))
    tickets.keep_draft("new", fields={"category": "billing"}, by=world.actor("requester"), at=NOON)
    assert "Finish your draft" not in words(browser.get("/"))
    tickets.keep_draft("new", fields={"subject": "Export"}, by=world.actor("requester"), at=NOON)
    page = words(browser.get("/"))
    assert "Finish your draft" in page
    assert "We kept “Export” for you." in page
    assert "Export" not in words(enter("colleague").get("/"))


def test_staff_are_led_to_their_desk(world: World, enter: Enter) -> None:
    assert enter("agent").get("/").headers["Location"] == "/desk/"


@pytest.mark.parametrize("name", ["requester", "administrator"])
def test_its_cost_does_not_grow(world: World, enter: Enter, name: str) -> None:
    browser = enter(name)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            world.ticket(name)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
