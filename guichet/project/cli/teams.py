"""The vendor's teams."""

import click


@click.group(epilog="\b\nExample: guichet teams add Billing ana@example.com bo@example.com")
def command() -> None:
    """Make teams of agents, and list them."""


@command.command(epilog="\b\nExample: guichet teams add Support ana@example.com --shared")
@click.argument("name")
@click.argument("members", nargs=-1)
@click.option(
    "--shared", is_flag=True, help="Every agent may work on the team's requests, not its members alone."
)
def add(name: str, members: tuple[str, ...], *, shared: bool) -> None:
    """Make the team NAME if it is new, and put the agents at these addresses in it."""
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.people.operations import found_team, join_team
    from guichet.domain.people.queries import person_with_email

    people = {address: person_with_email(address) for address in members}
    strangers = [address for address, person in people.items() if person is None or not person.is_staff]
    if strangers:
        raise click.ClickException(f"Not of the staff: {', '.join(strangers)}. See guichet staff add --help.")
    team = found_team(name=name, shared=shared, by=SYSTEM)
    for person in people.values():
        if person is not None:
            join_team(person, team, by=SYSTEM)
    names = ", ".join(sorted(person.name for person in team.members.all()))
    click.echo(f"{team.name}: {names or 'nobody'}")


@command.command("list", epilog="\b\nExample: guichet teams list")
def list_teams() -> None:
    """Every team, who is in it, and whether its requests are shared with all agents."""
    from guichet.domain.people import queries

    for team in queries.teams().prefetch_related("members"):
        names = ", ".join(sorted(person.name for person in team.members.all())) or "nobody"
        click.echo(f"{team.name} ({'shared' if team.shared else 'its own'}): {names}")
