"""The vendor's own people."""

import click

from guichet.foundation import clock
from guichet.foundation.refusals import Refusal


@click.group(epilog='\b\nExample: guichet staff add ana@example.com --role agent --name "Ana Sol"')
def command() -> None:
    """Appoint the vendor's own people."""


@command.command(epilog='\b\nExample: guichet staff add ana@example.com --role admin --name "Ana Sol"')
@click.argument("email")
@click.option("--role", type=click.Choice(["agent", "lead", "admin"]), default="agent", show_default=True)
@click.option("--name", required=True, help="The name that customers read.")
def add(email: str, *, role: str, name: str) -> None:
    """Make the person at EMAIL an agent, a lead or an admin; they sign in with a code sent there.

    Somebody who is already known keeps their name and history.
    """
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.people.operations import add_person, appoint
    from guichet.domain.people.states import StaffRole

    at = clock.now()
    try:
        person = add_person(email=email, name=name, by=SYSTEM, at=at)
        appoint(person, role=StaffRole(role), by=SYSTEM, at=at)
    except Refusal as refusal:
        raise click.ClickException(_sentences(refusal)) from refusal
    click.echo(f"{person.email} is now {role}.")


def _sentences(refusal: Refusal) -> str:
    mistakes = getattr(refusal, "mistakes", {})
    return "\n".join(f"{field}: {sentence}" for field, sentence in mistakes.items()) or str(refusal)
