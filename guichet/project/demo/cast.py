"""Everybody in the demonstration, by the short names that the stories use."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM, Actor
from guichet.domain.people.models import Organisation, Person, Team
from guichet.domain.people.queries import actor_of
from guichet.domain.people.states import MemberRole, StaffRole

PASSWORD = "guichet-demo"  # noqa: S105 - printed for everybody: it opens nothing but the demonstration

_FILE = Path(__file__).parent / "cast.toml"


@dataclass(slots=True)
class Cast:
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


def gather(*, at: datetime) -> Cast:
    """Found the companies and teams, and bring everybody in."""
    script = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    cast = Cast()
    for key, organisation in script["organisations"].items():
        cast.organisations[key] = _found(organisation, at)
        for name, told in organisation["people"].items():
            cast.people[name] = _join(cast.organisations[key], told, at)
    for name, told in script["staff"].items():
        person = _add(told, at, language=told["language"], time_zone=told["time_zone"])
        cast.people[name] = people.appoint(person, role=StaffRole(told["role"]), by=SYSTEM, at=at)
    for told in script["teams"]:
        team = cast.teams[told["key"]] = people.found_team(name=told["key"], shared=told["shared"], by=SYSTEM)
        for member in told["members"]:
            people.join_team(cast.people[member], team, by=SYSTEM)
    _give_passwords(cast)
    cast.actors = {name: actor_of(person) for name, person in cast.people.items()}
    return cast


def _found(told: dict[str, Any], at: datetime) -> Organisation:
    return people.found_organisation(
        name=told["name"],
        country=told["country"],
        time_zone=told["time_zone"],
        language=told["language"],
        plan=told["plan"],
        by=SYSTEM,
        at=at,
    )


def _join(organisation: Organisation, told: dict[str, Any], at: datetime) -> Person:
    person = _add(told, at, language=organisation.language, time_zone=organisation.time_zone)
    people.join_organisation(
        person,
        organisation,
        role=MemberRole(told.get("role", "member")),
        designated=told.get("designated", False),
        by=SYSTEM,
        at=at,
    )
    return person


def _add(told: dict[str, Any], at: datetime, *, language: str, time_zone: str) -> Person:
    return people.add_person(
        email=told["email"], name=told["name"], language=language, time_zone=time_zone, by=SYSTEM, at=at
    )


def _give_passwords(cast: Cast) -> None:
    # One hash for all: hashing is slow on purpose, and this password is no secret.
    hashed = make_password(PASSWORD)
    for person in cast.people.values():
        person.password = hashed
        person.save(update_fields=["password"])
