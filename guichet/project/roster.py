"""People as an owner names them from outside: in options of a command, or in the rows of a file."""

import csv
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from guichet.domain.people import operations as people
from guichet.domain.people import queries
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Organisation, Person
from guichet.domain.people.states import MemberRole
from guichet.domain.policy import queries as policy
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid

COLUMNS = ("email", "name", "organisation", "country", "plan", "language", "time_zone", "role", "designated")
_MOST_TOLD = 50


class Mistakes(Exception):
    """What is wrong with a file, a sentence for each line; nobody in it was added."""


def add_everybody(lines: Iterable[str]) -> int:
    """Add everybody in a CSV file whose first line names COLUMNS. Returns how many.

    Raises Mistakes; csv.Error or UnicodeDecodeError where it is no such file.
    """
    rows = csv.DictReader(lines)
    named = set(rows.fieldnames or ())
    if "email" not in named or named - set(COLUMNS):
        raise Mistakes(f"The first line must name the columns, among: {', '.join(COLUMNS)}.")
    count, mistakes = 0, list[str]()
    with transaction.atomic():
        for row in rows:
            try:
                add_customer({name: (row.get(name) or "").strip() for name in COLUMNS})
                count += 1
            except Invalid as refusal:
                mistakes += [f"line {rows.line_num}: {said}" for said in refusal.mistakes.values()]
        if mistakes:
            raise Mistakes("\n".join([*mistakes[:_MOST_TOLD], "Nobody was added."]))
    return count


@transaction.atomic
def add_customer(row: Mapping[str, str]) -> Person:
    """Add one person, and their seat in the company they name, which is made if it is new. Raises Invalid."""
    language, zone = row["language"] or vendors_language(), row["time_zone"] or "UTC"
    check(language, zone)
    role, designated = row["role"] or "member", row["designated"] or "no"
    if role not in MemberRole.values or designated not in ("yes", "no"):
        raise Invalid({"role": "role is member or administrator; designated is yes or no."})
    if not row["organisation"]:
        for name, none in (("country", ""), ("plan", ""), ("role", "member"), ("designated", "no")):
            if row[name] not in ("", none):
                raise Invalid({"organisation": f"{name} is said of somebody's organisation: name it, too."})
    at = clock.now()
    person = people.add_person(
        email=row["email"], name=row["name"], language=language, time_zone=zone, by=SYSTEM, at=at
    )
    if row["organisation"]:
        people.join_organisation(
            person,
            _organisation(row, language, zone),
            role=MemberRole(role),
            designated=designated == "yes",
            by=SYSTEM,
            at=at,
        )
    return person


def vendors_language() -> str:
    return policy.current().vendor.default_language if policy.in_force() else settings.LANGUAGE_CODE


def check(language: str, time_zone: str) -> None:
    """Raises Invalid, with what was meant where that can be guessed."""
    if language not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise Invalid({"language": f"“{language}” is not a language of Guichet. Choose among {known}."})
    if time_zone not in available_timezones():
        near = get_close_matches(time_zone, available_timezones(), 1, 0.5)
        meant = f"Did you mean {near[0]}?" if near else "Write it as Europe/Paris."
        raise Invalid({"time_zone": f"“{time_zone}” is not a time zone. {meant}"})


def _organisation(row: Mapping[str, str], language: str, zone: str) -> Organisation:
    known = queries.organisation_named(row["organisation"])
    if known:
        return known
    if len(row["country"]) != 2 or not row["country"].isalpha():
        raise Invalid({"country": f"{row['organisation']} is new: give its country, such as FR."})
    return people.found_organisation(
        name=row["organisation"],
        country=row["country"],
        plan=row["plan"],
        language=language,
        time_zone=zone,
        by=SYSTEM,
        at=clock.now(),
    )
