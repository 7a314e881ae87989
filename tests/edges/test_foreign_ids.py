"""Ids that stand in fields and in second places of an address: another's is as good as none."""

import pytest
from django.test import Client

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Message, Participant, Ticket
from guichet.domain.timeline.models import Event
from guichet.foundation import clock
from tests.world import World

GOOD = {"category": "technical", "subject": "New", "description": "Long enough it is."}
ORACLES = [
    *("assignee__password__startswith", "requester__email", "order_by", "sort", "filter", "fields"),
    *(
        "order",
        "person",
        "view",
        "at",
        "status",
        "scope",
        "category",
        "organisation",
        "pk__in",
        "team__members__password",
    ),
]


@pytest.fixture
def theirs(world: World) -> Ticket:
    """A request of the other company."""
    return world.ticket("foreigner", subject="Skull Bay")


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Ticket, Message, Event, Participant))


def test_nobody_opens_a_request_in_the_name_of_another_company(world: World, theirs: Ticket) -> None:
    before = written()
    answer = browser(world, "requester").post(
        "/requests/new/", {**GOOD, "organisation": str(theirs.organisation_id)}
    )
    assert (answer.status_code, written()) == (403, before)


def test_an_agent_opens_none_for_a_company_its_person_is_not_in(world: World, theirs: Ticket) -> None:
    before = written()
    form = {**GOOD, "person": "rose@acme.example", "organisation": str(theirs.organisation_id)}
    answer = browser(world, "agent").post("/desk/tickets/new/", form)
    assert (answer.status_code, written()) == (422, before)


def test_a_message_is_found_in_its_own_request_alone(world: World, theirs: Ticket) -> None:
    ours = world.ticket()
    said = tickets.reply(theirs, body="Only here.", by=world.actor("agent"), at=clock.now())
    before, agent = written(), browser(world, "agent")
    for address in (f"/desk/tickets/{ours.pk}/messages/{said.pk}/", f"/desk/tickets/{ours.pk}/messages/9/"):
        for answer in (agent.get(address), agent.post(address, {"body": "Other words."})):
            assert (answer.status_code, written()) == (404, before)
            assert "Only here." not in answer.content.decode()


def test_nobody_is_taken_off_by_an_id_from_elsewhere(world: World, theirs: Ticket) -> None:
    ours = world.ticket()
    tickets.add_participant(theirs, person=world.person("stranger"), by=world.actor("agent"), at=clock.now())
    before, stranger = written(), world.person("stranger").pk
    removal = f"/requests/{ours.pk}/participants/{stranger}/removal/"
    assert browser(world, "requester").post(removal).status_code == 404
    desk = browser(world, "agent").post(f"/desk/tickets/{ours.pk}/participants/", {"remove": str(stranger)})
    assert (desk.status_code, written()) == (404, before)


@pytest.mark.parametrize(
    "door", ["/requests/{}/replies/", "/desk/tickets/{}/replies/", "/desk/tickets/{}/notes/"]
)
def test_nobody_sends_a_file_of_another(world: World, theirs: Ticket, door: str) -> None:
    ours, at = world.ticket(), clock.now()
    unsent = Attachment.objects.create(
        uploader=world.person("foreigner"),
        name="map.txt",
        stored_as="aa/bb/" + "c" * 32,
        media_type="text/plain",
        size=1,
        created_at=at,
    )
    before = written()
    who = "requester" if door.startswith("/requests") else "agent"
    answer = browser(world, who).post(door.format(ours.pk), {"body": "See.", "attachments": str(unsent.pk)})
    assert (answer.status_code, written()) == (422, before)
    unsent.refresh_from_db()
    assert unsent.is_pending
    assert "map.txt" not in answer.content.decode()


@pytest.mark.parametrize("name", ORACLES)
def test_no_name_that_was_sent_narrows_or_sorts_by_what_it_says(
    world: World, theirs: Ticket, name: str
) -> None:
    """A list that follows such a name answers questions about columns that it does not show."""
    world.ticket(subject="Ours")
    for who, address in (("administrator", "/requests/"), ("agent", "/desk/open/"), ("agent", "/desk/mine/")):
        reader = browser(world, who)
        plain = reader.get(address).content.decode()
        for value in ("-assignee__password", "pbkdf2", "x' OR 1=1 --", "requester__password"):
            page = reader.get(address, {name: value}).content.decode()
            for subject in ("Skull Bay", "Ours"):
                assert page.count(subject) == plain.count(subject)
            assert (page.find("Ours") < page.find("Skull Bay")) == (
                plain.find("Ours") < plain.find("Skull Bay")
            )
