"""People and their rights: who may change what about whom."""

import pytest

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Person
from guichet.domain.people.queries import people_visible_to, person_with_email
from guichet.domain.people.states import StaffRole
from guichet.foundation.refusals import Invalid, NotAllowed
from tests.world import NOON, World


def test_one_address_is_one_person_however_it_is_written(world: World) -> None:
    again = people.add_person(email="  ROSE@Acme.example ", name="Somebody else", by=SYSTEM, at=NOON)
    assert again == world.people["requester"]
    assert person_with_email("Rose@ACME.example") == world.people["requester"]


@pytest.mark.parametrize(
    "address", ["", "rose", "@acme.example", "a@b@c", "a\0@acme.example", "x" * 300 + "@a.example"]
)
def test_what_is_no_address_is_refused(world: World, address: str) -> None:
    with pytest.raises(Invalid):
        people.add_person(email=address, by=SYSTEM, at=NOON)
    assert person_with_email(address) is None


def test_customers_and_agents_add_nobody(world: World) -> None:
    for name in ("requester", "administrator", "agent", "stranger"):
        with pytest.raises(NotAllowed):
            people.add_person(email="new@acme.example", by=world.actor(name), at=NOON)


def test_a_role_change_ends_the_sessions_of_before(world: World) -> None:
    agent = Person.objects.get(pk=world.people["agent"].pk)
    before = agent.get_session_auth_hash()
    agent = people.appoint(agent, role=StaffRole.LEAD, by=SYSTEM, at=NOON)
    assert agent.get_session_auth_hash() != before


def test_people_change_their_own_profile_and_nobody_elses(world: World) -> None:
    rose = people.change_profile(
        world.people["requester"], name="Rose", time_zone="Asia/Tokyo", by=world.actor("requester"), at=NOON
    )
    assert (rose.name, rose.time_zone) == ("Rose", "Asia/Tokyo")
    with pytest.raises(NotAllowed):
        people.change_profile(rose, name="Eve", by=world.actor("colleague"), at=NOON)


@pytest.mark.parametrize("field", [{"name": " "}, {"language": "tlh"}, {"time_zone": "Mars/Olympus"}])
def test_a_profile_that_will_not_do_is_refused_whole(world: World, field: dict[str, str]) -> None:
    rose = world.people["requester"]
    with pytest.raises(Invalid) as refused:
        people.change_profile(rose, by=world.actor("requester"), at=NOON, **field)  # type: ignore[arg-type]
    assert set(refused.value.mistakes) == set(field)


def test_customers_name_only_people_of_their_companies(world: World) -> None:
    seen = {person.email for person in people_visible_to(world.actor("requester"))}
    assert "colin@acme.example" in seen
    assert "goro@globex.example" not in seen
    assert people_visible_to(world.actor("stranger")).count() == 0
