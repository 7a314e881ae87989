"""Everything in one process."""

import click
from django.conf import settings
from django.core.management import call_command

HOW_TO_SIGN_IN = """
  {url}
  Sign in at {url}/account/login/ with one of these addresses;
  the code arrives at {url}/_outbox/
{people}
"""


@click.command(epilog="\b\nExamples:\n  guichet serve\n  guichet serve --host 0.0.0.0 --port 8080 --migrate")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--migrate", is_flag=True, help="Bring the database up to date first.")
@click.option("--demo", is_flag=True, help="Load the demonstration first, if nothing was ever loaded.")
@click.pass_context
def command(ctx: click.Context, *, host: str, port: int, migrate: bool, demo: bool) -> None:
    """Run everything in one process: pages, live news, worker and scheduler.

    Enough for most installations. When it is outgrown, run `guichet web` and `guichet worker` apart.
    """
    from guichet.project.server import serve

    if migrate:
        call_command("migrate", interactive=False, verbosity=0)
    if demo:
        _load_demo_once(ctx)
    if settings.GUICHET_DEMO:
        click.echo(HOW_TO_SIGN_IN.format(url=settings.GUICHET_URL, people=_cast()))
    serve(host, port)


def _load_demo_once(ctx: click.Context) -> None:
    from guichet.domain.policy import queries

    if queries.in_force() is None:
        group = ctx.find_root().command
        assert isinstance(group, click.Group)
        loading = group.get_command(ctx, "demo")
        assert loading is not None
        ctx.invoke(loading)


def _cast() -> str:
    """One address for each kind of person that the database holds."""
    from guichet.domain.people.models import Membership, Person
    from guichet.domain.people.states import StaffRole

    customers = Membership.objects.filter(person__staff_role=None).order_by("id")
    addresses = {
        "customer": customers.filter(designated=False).values_list("person__email", flat=True).first(),
        "designated contact": customers.filter(designated=True)
        .values_list("person__email", flat=True)
        .first(),
    }
    for role in StaffRole:
        people = Person.objects.filter(staff_role=role).order_by("id")
        addresses[role.value] = people.values_list("email", flat=True).first()
    return "\n".join(f"    {kind:<20}{address}" for kind, address in addresses.items() if address)
