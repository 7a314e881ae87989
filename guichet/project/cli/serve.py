"""Everything in one process."""

import sys

import click
from django.conf import settings
from django.core.management import call_command

from guichet.foundation import clock
from guichet.project.cli.web import PORT, insist_on_readiness
from guichet.project.cli.worker import SWITCH, at_work


@click.command(epilog="\b\nExamples:\n  guichet serve\n  guichet serve --host 0.0.0.0 --port 8080 --migrate")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--migrate", is_flag=True, help="Bring the database up to date first.")
@click.option("--demo", is_flag=True, help="Load the demonstration first, if nothing was ever loaded.")
def command(*, host: str, port: int, migrate: bool, demo: bool) -> None:
    """Run everything in one process: pages, live news, worker and scheduler.

    Enough for most installations. When it is outgrown, run `guichet web` and `guichet worker` apart.
    """
    from guichet.project.health import unapplied_migrations
    from guichet.project.server import serve

    # Django takes half a second to find that there is nothing to do.
    if migrate and unapplied_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    if demo:
        _load_demo_once()
    insist_on_readiness()
    sys.setswitchinterval(SWITCH)
    serve(host, port, beside=at_work())


def _load_demo_once() -> None:
    from guichet.domain.policy import queries
    from guichet.project.demo import load, welcome

    if queries.in_force() is None:
        click.echo("→ Loading the demonstration", err=True)
        load(at=clock.now())
    click.echo(f"\n{welcome(settings.GUICHET_URL)}")
