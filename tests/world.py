"""The cast of the tests: two companies, the vendor's staff, and a stranger.

Acme (France) has everything: a requester, a colleague, a designated contact, an administrator, somebody who
left. Globex (Japan) is the other company, whose people must never see Acme's. The stranger belongs nowhere.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM, Actor
from guichet.domain.people.models import Membership, Organisation, Person, Team
from guichet.domain.people.queries import actor_of
from guichet.domain.people.states import MemberRole, StaffRole
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
POLICY = Path(__file__).parent / "policy.toml"


@dataclass
class World:
    """Everybody, by the name the tests call them."""

    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        return self.people[name]

    def actor(self, name: str) -> Actor:
        """The person's rights as of now, read again."""
        return actor_of(Person.objects.get(pk=self.people[name].pk))

    def ticket(self, by: str = "requester", *, at: datetime = NOON, **fields: Any) -> Ticket:
        """A request opened by somebody, in the first organisation they belong to."""
        actor = self.actor(by)
        fields.setdefault("organisation_id", actor.seats[0].organisation_id if actor.seats else None)
        fields.setdefault("category", "technical")
        fields.setdefault("subject", "The export stays empty")
        fields.setdefault("description", "Since this morning the export of contacts stays empty.")
        return tickets.open_ticket(by=actor, at=at, **fields)


STAFF = {
    "agent": ("agent@vendor.example", "Aya Agent", StaffRole.AGENT),
    "other_agent": ("other-agent@vendor.example", "Otto Otherteam", StaffRole.AGENT),
    "lead": ("lead@vendor.example", "Lena Lead", StaffRole.LEAD),
    "admin": ("admin@vendor.example", "Ada Admin", StaffRole.ADMIN),
}

CUSTOMERS = {
    "requester": ("acme", "rose@acme.example", "Rose Requester", MemberRole.MEMBER, False),
    "colleague": ("acme", "colin@acme.example", "Colin Colleague", MemberRole.MEMBER, False),
    "contact": ("acme", "dora@acme.example", "Dora Designated", MemberRole.MEMBER, True),
    "administrator": ("acme", "olga@acme.example", "Olga Administrator", MemberRole.ADMINISTRATOR, False),
    "leaver": ("acme", "xavier@acme.example", "Xavier Exmember", MemberRole.MEMBER, False),
    "foreigner": ("globex", "goro@globex.example", "Goro Globex", MemberRole.ADMINISTRATOR, True),
}


def build() -> World:
    """The world, made through the domain's own operations."""
    policy.apply(POLICY.read_text(), by=SYSTEM, at=NOON)
    policy_queries.forget()
    world = World()
    for key, name, country, zone in (
        ("acme", "Acme", "FR", "Europe/Paris"),
        ("globex", "Globex", "JP", "Asia/Tokyo"),
    ):
        world.organisations[key] = people.found_organisation(
            name=name, country=country, time_zone=zone, plan="premium", by=SYSTEM, at=NOON
        )
    for key, (email, name, staff_role) in STAFF.items():
        person = people.add_person(email=email, name=name, by=SYSTEM, at=NOON)
        world.people[key] = people.appoint(person, role=staff_role, by=SYSTEM, at=NOON)
    for key, (company, email, name, role, designated) in CUSTOMERS.items():
        person = world.people[key] = people.add_person(email=email, name=name, by=SYSTEM, at=NOON)
        people.join_organisation(
            person, world.organisations[company], role=role, designated=designated, by=SYSTEM, at=NOON
        )
    world.people["stranger"] = people.add_person(
        email="stranger@nowhere.example", name="Sam Stranger", by=SYSTEM, at=NOON
    )
    for key, member in (("support", "agent"), ("billing", "other_agent")):
        world.teams[key] = people.found_team(name=key.title(), by=SYSTEM)
        people.join_team(world.people[member], world.teams[key], by=SYSTEM)
    return world


def leave(person: Person) -> None:
    """Somebody leaves their company: what they see ends with it."""
    Membership.objects.filter(person=person).delete()


def later(**passed: int) -> datetime:
    return NOON + timedelta(**passed)
