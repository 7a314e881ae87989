"""What can be done with a request: by a form, by a script, and where the business says no."""

import pytest
from django.test import Client

from guichet.domain.people.models import Person
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import participants_of, tags_of
from guichet.domain.tickets.states import State
from tests.edges.desk.conftest import Enter
from tests.world import World

SCRIPT = {"HX-Request": "true"}


def act(browser: Client, ticket: Ticket, resource: str, **fields: object) -> Ticket:
    """Do it without a script; the page must come again. The request as it is then."""
    answer = browser.post(f"/desk/tickets/{ticket.pk}/{resource}/?view=open", fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/tickets/{ticket.pk}/?view=open")
    return Ticket.objects.get(pk=ticket.pk)


def test_a_request_is_taken_given_and_given_back(world: World, agent: Client) -> None:
    ticket = world.ticket()
    assert act(agent, ticket, "taking").assignee == world.person("agent")
    assert (
        act(agent, ticket, "assignment", to=f"team-{world.teams['support'].pk}").team
        == world.teams["support"]
    )
    given = act(agent, ticket, "assignment", to=f"person-{world.person('lead').pk}")
    assert (given.assignee, given.team) == (world.person("lead"), world.teams["support"])
    back = act(agent, ticket, "assignment", to="nobody")
    assert (back.assignee, back.team) == (None, None)


def test_of_two_who_take_it_the_second_is_told_who_has_it(world: World, agent: Client, enter: Enter) -> None:
    ticket, address = world.ticket(), "/desk/tickets/{}/taking/"
    unheld, lead = {"held_by": "0"}, enter("lead")
    assert b'name="held_by" value="0"' in lead.get(f"/desk/tickets/{ticket.pk}/").content
    agent.post(address.format(ticket.pk), unheld)
    for headers in ({}, SCRIPT):
        answer = lead.post(address.format(ticket.pk), unheld, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == (422 if headers else 409)
        assert "Meanwhile this request has gone to Aya Agent." in page
        assert f'name="held_by" value="{world.person("agent").pk}"' in page
    seen = {"held_by": world.person("agent").pk}
    assert act(lead, ticket, "taking", **seen).assignee == world.person("lead")


@pytest.mark.parametrize("word", ["\0", "a\0b", "\u202e", "%", "_", "#", "x" * 5000, "' OR 1=1"])
def test_words_that_are_no_tag_are_looked_for_in_vain(world: World, agent: Client, word: str) -> None:
    ticket = world.ticket()
    act(agent, ticket, "tags", tag="export")
    act(agent, ticket, "tags", remove=word)
    assert tags_of(ticket) == ["export"]
    assert agent.get("/desk/tags/", {"tag": word}).status_code == 200


@pytest.mark.parametrize(
    "to", ["", "person-", "person-0", "team-99", "person-9999999999999999999999", "x", "\0"]
)
def test_it_can_be_given_to_staff_and_teams_only(world: World, agent: Client, to: str) -> None:
    ticket = world.ticket()
    answer = agent.post(f"/desk/tickets/{ticket.pk}/assignment/", {"to": to})
    assert answer.status_code == 422
    customer = agent.post(
        f"/desk/tickets/{ticket.pk}/assignment/", {"to": f"person-{world.person('requester').pk}"}
    )
    assert customer.status_code == 422
    assert b"Please choose a person or a team in the list." in customer.content


def test_what_is_given_to_another_team_leaves_the_desk(world: World, agent: Client) -> None:
    for headers in ({}, SCRIPT):
        ticket = world.ticket()
        to = {"to": f"team-{world.teams['billing'].pk}"}
        answer = agent.post(f"/desk/tickets/{ticket.pk}/assignment/?view=open", to, headers=headers)
        where = answer.headers.get("HX-Redirect") or answer.headers["Location"]
        assert where == "/desk/open/"
        assert f"Request #{ticket.pk} is now with another team." in agent.get(where).content.decode()


def test_who_can_have_it_is_offered_as_a_page_and_as_a_piece(world: World, agent: Client) -> None:
    address = f"/desk/tickets/{world.ticket().pk}/assignment/"
    for headers in ({}, SCRIPT):
        page = agent.get(address, headers=headers).content.decode()
        assert all(words in page for words in ("Aya Agent", "Lena Lead", "Support", "Billing"))
        assert "Rose Requester" not in page.split("assignment", 2)[-1]


def test_tags_come_and_go_and_are_completed(world: World, agent: Client) -> None:
    ticket = world.ticket()
    act(agent, ticket, "tags", tag="#Export")
    act(agent, ticket, "tags", tag="api")
    assert tags_of(ticket) == ["api", "export"]
    assert b'value="export"' in agent.get("/desk/tags/?tag=ex").content
    assert b'value="export"' not in agent.get("/desk/tags/?tag=ap").content
    act(agent, ticket, "tags", remove="api")
    assert tags_of(ticket) == ["export"]


def test_states_follow_what_is_done(world: World, agent: Client) -> None:
    ticket = world.ticket()
    held = act(agent, ticket, "hold", reason="Waiting for a part")
    assert (held.state, held.hold_reason) == (State.ON_HOLD, "Waiting for a part")
    assert act(agent, ticket, "resolution").state == State.RESOLVED
    assert act(agent, ticket, "reopening").state == State.OPEN
    assert act(agent, ticket, "closure").state == State.CLOSED
    assert act(agent, ticket, "category", category="billing").category_id == "billing"


def test_an_end_is_told_with_the_way_back(world: World, agent: Client) -> None:
    ticket = world.ticket()
    for resource, word in (("resolution", "resolved"), ("closure", "closed")):
        told = f"Request #{ticket.pk} is {word}."
        act(agent, ticket, resource)
        assert told in agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()
        act(agent, ticket, "reopening")
        piece = agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", headers=SCRIPT).content.decode()
        flash = piece.split('id="flashes"')[1]
        assert told in flash
        assert f'hx-post="/desk/tickets/{ticket.pk}/reopening/' in flash
        assert 'data-key="u"' in flash
        back = agent.post(f"/desk/tickets/{ticket.pk}/reopening/", headers=SCRIPT).content.decode()
        assert f"Request #{ticket.pk} is open again." in back
        assert 'data-key="u"' not in back
        ticket.refresh_from_db()
        assert ticket.state == State.OPEN


def test_what_is_taken_back_beside_another_request_brings_no_pieces_of_its_own(
    world: World, agent: Client
) -> None:
    ticket, other = world.ticket(), world.ticket()
    act(agent, ticket, "resolution")
    headers = {**SCRIPT, "HX-Current-URL": f"http://localhost/desk/tickets/{other.pk}/?view=open"}
    piece = agent.post(f"/desk/tickets/{ticket.pk}/reopening/", headers=headers).content.decode()
    assert f"Request #{ticket.pk} is open again." in piece
    assert f"ticket-{ticket.pk}-head" not in piece


@pytest.mark.parametrize(
    ("resource", "fields", "sentence"),
    [
        ("hold", {"reason": ""}, "Please give a reason"),
        ("tags", {"tag": "x" * 41}, "A tag has 1 to 40 characters."),
        ("category", {"category": "nonsense"}, "Please choose one of the categories"),
        ("participants", {"person": "Nobody Atall"}, "Nobody is called so."),
        ("participants", {"person": ""}, "Please write a name"),
        ("participants", {"person": "new@acme.example"}, "A lead can add this person."),
    ],
)
def test_a_no_comes_with_its_reason_and_what_was_typed(
    world: World, agent: Client, resource: str, fields: dict[str, str], sentence: str
) -> None:
    ticket = world.ticket()
    for headers in ({}, SCRIPT):
        answer = agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", fields, headers=headers)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    page = agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", fields).content.decode()
    assert "The export stays empty" in page
    assert all(f'value="{typed}"' in page for typed in fields.values() if typed != "nonsense")


def test_a_conflict_is_told_too(world: World, agent: Client) -> None:
    ticket = world.ticket()
    act(agent, ticket, "closure")
    answer = agent.post(f"/desk/tickets/{ticket.pk}/hold/", {"reason": "Late"})
    assert answer.status_code == 409
    assert b"Reopen it before putting it on hold." in answer.content


def test_a_script_gets_the_pieces_that_changed_and_the_list_hears_of_it(world: World, agent: Client) -> None:
    ticket = world.ticket()
    answer = agent.post(f"/desk/tickets/{ticket.pk}/taking/", headers=SCRIPT)
    assert answer.headers["HX-Trigger"] == "live:desk"
    for part in ("head", "thread", "side"):
        assert f'id="ticket-{ticket.pk}-{part}" hx-swap-oob="true"' in answer.content.decode()


def test_people_are_added_by_name_or_address_and_removed(world: World, agent: Client, enter: Enter) -> None:
    ticket = world.ticket()
    act(agent, ticket, "participants", person="colin colleague")
    act(
        agent,
        ticket,
        "participants",
        person=" Stranger@Nowhere.example ",
    )
    assert [person.name for person in participants_of(ticket)] == ["Colin Colleague", "Sam Stranger"]
    act(agent, ticket, "participants", remove=world.person("colleague").pk)
    act(enter("lead"), ticket, "participants", person="newcomer@acme.example")
    assert {person.email for person in participants_of(ticket)} == {
        "stranger@nowhere.example",
        "newcomer@acme.example",
    }
    answer = agent.post(f"/desk/tickets/{ticket.pk}/participants/", {"remove": world.person("lead").pk})
    assert answer.status_code == 404


def test_two_people_of_one_name_are_told_apart_by_address(world: World, agent: Client) -> None:
    Person.objects.filter(pk=world.person("contact").pk).update(name="Colin Colleague")
    answer = agent.post(f"/desk/tickets/{world.ticket().pk}/participants/", {"person": "Colin Colleague"})
    assert (answer.status_code, b"Several people are called so." in answer.content) == (422, True)


def test_customers_are_completed_from_two_letters_on(world: World, agent: Client) -> None:
    assert b"rose@acme.example" in agent.get("/desk/people/?person=ro").content
    assert b"rose@acme.example" not in agent.get("/desk/people/?person=r").content
    assert b"agent@vendor.example" not in agent.get("/desk/people/?person=ag").content
