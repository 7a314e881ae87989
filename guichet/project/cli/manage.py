"""For developers: `guichet manage makemigrations`."""

import click
from django.core.management import execute_from_command_line


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    epilog="\b\nExample: guichet manage makemigrations tickets --name 'tickets_know_their_language'",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a command of Django itself."""
    execute_from_command_line(["guichet manage", *arguments])
