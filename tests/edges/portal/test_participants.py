"""Who else follows a request, and who decides it."""

import pytest

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Participant, Ticket
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields, words
from tests.world import NOON, World


def test_a_colleague_is_added_and_sees_the_request_from_then_on(world: World, enter: Enter) -> None:
    ticket, colleague = world.ticket(), enter("colleague")
    assert colleague.get(f"/requests/{ticket.pk}/").status_code == 404
    browser = enter("requester")
    sent = browser.post(f"/requests/{ticket.pk}/participants/", {"person": " Colin@ACME.example "})
    assert sent.status_code == 302
    assert colleague.get(f"/requests/{ticket.pk}/").status_code == 200
    assert "Colin Colleague" in words(browser.get(f"/requests/{ticket.pk}/"))


def test_only_who_oversees_a_company_reads_who_is_in_it(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    for name, listed in (("contact", True), ("administrator", True), ("requester", False)):
        page = enter(name).get(f"/requests/{ticket.pk}/participants/").content.decode()
        assert ("colin@acme.example" in page) is listed, name


@pytest.mark.parametrize(
    "typed",
    ["", "nobody@acme.example", "goro@globex.example", "aya", "agent@vendor.example", "\0", "x" * 5000],
)
def test_only_people_of_the_organisation_are_found(world: World, enter: Enter, typed: str) -> None:
    ticket = world.ticket()
    answer = enter("requester").post(f"/requests/{ticket.pk}/participants/", {"person": typed})
    assert answer.status_code == 422
    assert "We find nobody of your organisation" in words(answer)
    assert fields(answer)["person"].strip("\0") == typed.strip("\0")
    assert not Participant.objects.exists()


def test_a_person_of_another_organisation_of_ones_own_is_refused(world: World, enter: Enter) -> None:
    people.join_organisation(world.person("requester"), world.organisations["globex"], by=SYSTEM, at=NOON)
    ticket = world.ticket(organisation_id=world.organisations["acme"].pk)
    browser = enter("requester")
    assert "goro@globex" not in browser.get(f"/requests/{ticket.pk}/participants/").content.decode()
    answer = browser.post(f"/requests/{ticket.pk}/participants/", {"person": "goro@globex.example"})
    assert answer.status_code == 422
    assert not Participant.objects.exists()


@pytest.fixture
def copied(world: World) -> Ticket:
    """A request of the requester's on which the stranger is copied, by an agent."""
    ticket = world.ticket()
    return tickets.add_participant(ticket, person=world.person("stranger"), by=world.actor("lead"), at=NOON)


def test_who_is_copied_reads_and_answers_but_copies_nobody(
    world: World, enter: Enter, copied: Ticket
) -> None:
    browser = enter("stranger")
    assert "Add a colleague" not in words(browser.get(f"/requests/{copied.pk}/"))
    assert browser.post(f"/requests/{copied.pk}/replies/", {"body": "I see it too."}).status_code == 302
    page = browser.get(f"/requests/{copied.pk}/participants/")
    assert "colin@acme.example" not in page.content.decode()
    answer = browser.post(f"/requests/{copied.pk}/participants/", {"person": "stranger@nowhere.example"})
    assert answer.status_code in (403, 422)
    assert Participant.objects.count() == 1


def test_who_is_copied_may_leave_and_then_sees_nothing(world: World, enter: Enter, copied: Ticket) -> None:
    browser, stranger = enter("stranger"), world.person("stranger")
    left = browser.post(f"/requests/{copied.pk}/participants/{stranger.pk}/removal/")
    assert left.headers["Location"] == "/requests/"
    assert browser.get(f"/requests/{copied.pk}/").status_code == 404


def test_the_requester_takes_somebody_off(world: World, enter: Enter, copied: Ticket) -> None:
    browser, stranger = enter("requester"), world.person("stranger")
    assert browser.post(f"/requests/{copied.pk}/participants/{stranger.pk}/removal/").status_code == 302
    assert not Participant.objects.exists()


@pytest.mark.parametrize("person", [0, 1, 2**63, 10**30])
def test_who_is_not_there_cannot_be_taken_off(
    world: World, enter: Enter, copied: Ticket, person: int
) -> None:
    answer = enter("requester").post(f"/requests/{copied.pk}/participants/{person}/removal/")
    assert answer.status_code == 404
    assert Participant.objects.count() == 1


def test_a_copied_person_takes_nobody_else_off(world: World, enter: Enter, copied: Ticket) -> None:
    tickets.add_participant(copied, person=world.person("colleague"), by=world.actor("requester"), at=NOON)
    colleague = world.person("colleague").pk
    answer = enter("stranger").post(f"/requests/{copied.pk}/participants/{colleague}/removal/")
    assert answer.status_code == 403
    assert Participant.objects.count() == 2
