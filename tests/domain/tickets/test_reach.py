"""Who sees which request: the rule in SQL and the rule in Python are one rule."""

import itertools

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets import policies
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import (
    desk_counts,
    desk_page,
    find,
    is_copied,
    requests_page,
    search_requests,
    visible_to,
)
from guichet.foundation.refusals import OutOfReach
from tests.world import CUSTOMERS, NOON, STAFF, World, later, leave


@pytest.fixture
def shelves(world: World) -> dict[str, Ticket]:
    """One request of each person, one in each team, one shared with the stranger."""
    made = {name: world.ticket(name) for name in CUSTOMERS if name != "leaver"}
    made["leaver"] = world.ticket("leaver")
    leave(world.people["leaver"])
    made["stranger"] = world.ticket("stranger")
    lead = world.actor("lead")
    made["in support"] = tickets.assign(
        world.ticket(), to=None, team=world.teams["support"], by=lead, at=NOON
    )
    made["in billing"] = tickets.assign(
        world.ticket(), to=None, team=world.teams["billing"], by=lead, at=NOON
    )
    made["agent's own in billing"] = tickets.assign(
        world.ticket(), to=world.people["agent"], team=world.teams["billing"], by=lead, at=NOON
    )
    made["copied"] = tickets.add_participant(
        world.ticket(), person=world.people["stranger"], by=lead, at=NOON
    )
    return made


def test_the_rule_in_sql_and_the_rule_in_python_agree_for_everybody(
    world: World, shelves: dict[str, Ticket]
) -> None:
    for name, (label, ticket) in itertools.product(world.people, shelves.items()):
        actor = world.actor(name)
        ticket.refresh_from_db()
        said = policies.may_see(actor, ticket, copied=is_copied(actor, ticket))
        assert visible_to(actor).filter(pk=ticket.pk).exists() is said, (name, label)


def seen(world: World, name: str, shelves: dict[str, Ticket]) -> set[str]:
    reached = set(visible_to(world.actor(name)).values_list("pk", flat=True))
    return {label for label, ticket in shelves.items() if ticket.pk in reached}


@pytest.mark.requirement(6)
@pytest.mark.requirement(49)
def test_contacts_and_administrators_see_their_whole_company_and_nothing_else(
    world: World, shelves: dict[str, Ticket]
) -> None:
    acme = set(shelves) - {"foreigner", "stranger"}
    assert seen(world, "contact", shelves) == acme
    assert seen(world, "administrator", shelves) == acme
    assert seen(world, "foreigner", shelves) == {"foreigner"}


def test_others_see_what_they_wrote_or_are_copied_on(world: World, shelves: dict[str, Ticket]) -> None:
    own = {"requester", "in support", "in billing", "agent's own in billing", "copied"}
    assert seen(world, "requester", shelves) == own
    assert seen(world, "colleague", shelves) == {"colleague"}
    assert seen(world, "stranger", shelves) == {"stranger", "copied"}


def test_who_left_a_company_sees_nothing_of_it_any_more(world: World, shelves: dict[str, Ticket]) -> None:
    assert seen(world, "leaver", shelves) == set()


def test_agents_see_their_teams_and_what_is_nobodys_leads_see_all(
    world: World, shelves: dict[str, Ticket]
) -> None:
    assert seen(world, "agent", shelves) == set(shelves) - {"in billing"}
    assert seen(world, "other_agent", shelves) == set(shelves) - {"in support"}
    for name in ("lead", "admin"):
        assert seen(world, name, shelves) == set(shelves)


def test_absent_and_foreign_look_alike(world: World, shelves: dict[str, Ticket]) -> None:
    foreigner = world.actor("foreigner")
    for number in (shelves["requester"].pk, 10**9, 0, -1, 2**63, 10**30):
        with pytest.raises(OutOfReach) as refused:
            find(foreigner, number)
        assert str(refused.value) == "It does not exist, or it is not open to you."


@pytest.mark.requirement(49)
def test_an_administrator_can_narrow_to_their_own(world: World, shelves: dict[str, Ticket]) -> None:
    administrator = world.actor("administrator")
    mine = [row.id for row in requests_page(administrator, scope="mine").rows]
    assert mine == [shelves["administrator"].pk]
    everything = {row.id for row in requests_page(administrator).rows}
    assert everything == set(visible_to(administrator).values_list("pk", flat=True))


def test_every_list_and_count_of_the_desk_stays_in_reach(world: World, shelves: dict[str, Ticket]) -> None:
    for name in STAFF:
        actor = world.actor(name)
        reached = set(visible_to(actor).values_list("pk", flat=True))
        rows = {row.id for row in desk_page(actor, "open").rows}
        assert rows == reached
        assert desk_counts(actor)["open"] == len(reached)


def test_everybody_finds_what_they_see_and_nothing_else(world: World, shelves: dict[str, Ticket]) -> None:
    for ticket in shelves.values():
        tickets.index_ticket(ticket.pk)
    for name in world.people:
        found = {row.id for row in search_requests(world.actor(name), "export")}
        assert found == set(visible_to(world.actor(name)).values_list("pk", flat=True)), name


def test_paging_shows_each_request_once_in_either_direction(world: World) -> None:
    from guichet.foundation.paging import Cursor

    made = [world.ticket(at=later(minutes=i // 2)).pk for i in range(7)]
    agent, seen_forward, cursor = world.actor("agent"), list[int](), None
    pages = []
    while True:
        page = desk_page(agent, "open", cursor, size=3)
        pages.append([row.id for row in page.rows])
        seen_forward += pages[-1]
        if not page.after:
            break
        cursor = Cursor.read(page.after)
    assert seen_forward == made[::-1]
    back = desk_page(agent, "open", Cursor.read(page.before), size=3)
    assert [row.id for row in back.rows] == pages[-2]
    first = desk_page(agent, "open", Cursor.read(back.before), size=3)
    assert ([row.id for row in first.rows], first.before) == (pages[0], "")
    oldest = desk_page(agent, "open", order="oldest", size=10)
    assert [row.id for row in oldest.rows] == made
