"""A vendor to try things on."""

import click
from django.conf import settings

from guichet.foundation import clock


@click.command(epilog="\b\nExample: GUICHET_DEMO=true guichet demo")
def command() -> None:
    """Load the demonstration: a vendor, six customers and three months of requests in five languages.

    Only where GUICHET_DEMO is true. Run again, it changes nothing and tells how to sign in.
    """
    from guichet.project.demo import load, welcome

    if not settings.GUICHET_DEMO:
        raise click.ClickException(
            "The demonstration needs an installation of its own: everybody knows its password."
            " Set GUICHET_DEMO=true there."
        )
    if load(at=clock.now()):
        click.echo("The demonstration is loaded.\n")
    click.echo(welcome(settings.GUICHET_URL))
