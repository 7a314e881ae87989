"""The vendor's own people."""

import click
from django.db import transaction

from guichet.foundation import clock


@click.group(epilog='\b\nExample: guichet staff add ana@example.com --role agent --name "Ana Sol"')
def command() -> None:
    """Appoint the vendor's own people, and list them."""


@command.command(epilog='\b\nExample: guichet staff add ana@example.com --role admin --name "Ana Sol"')
@click.argument("email")
@click.option("--role", type=click.Choice(["agent", "lead", "admin"]), default="agent", show_default=True)
@click.option(
    "--name", default="", help="The name that customers read; the address's beginning if not given."
)
@click.option("--language", help="en, fr, de, es or ja; the vendor's own if not given.")
@click.option("--time-zone", default="UTC", show_default=True, help="Such as Europe/Paris.")
def add(email: str, *, role: str, name: str, language: str | None, time_zone: str) -> None:
    """Make the person at EMAIL an agent, a lead or an admin; they sign in with a code sent there.

    Somebody who is already known keeps their name, their profile and their history.
    """
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.people.operations import add_person, appoint
    from guichet.domain.people.states import StaffRole
    from guichet.project.roster import check, vendors_language

    language = language or vendors_language()
    check(language, time_zone)
    at = clock.now()
    with transaction.atomic():
        person = add_person(email=email, name=name, language=language, time_zone=time_zone, by=SYSTEM, at=at)
        appoint(person, role=StaffRole(role), by=SYSTEM, at=at)
    click.echo(f"{person.name} <{person.email}> is now {role}.")


@command.command("list", epilog="\b\nExample: guichet staff list")
def list_staff() -> None:
    """Everybody who works at the desk: address, role, name, language, time zone and teams."""
    from guichet.domain.people import queries

    people = queries.staff().prefetch_related("teams")
    if not people:
        click.echo(
            'Nobody yet. Appoint somebody: guichet staff add ana@example.com --role admin --name "Ana Sol"'
        )
    for person in people:
        teams = ", ".join(sorted(team.name for team in person.teams.all())) or "no team"
        click.echo(
            f"{person.email:<32}  {person.staff_role:<6}  {person.name}"
            f" ({person.language}, {person.time_zone}; {teams})"
        )
