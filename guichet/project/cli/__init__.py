"""The command line. Each file of this folder is one command, and holds it under the name `command`."""

import importlib
import os
import pkgutil
import sys
from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured

EXAMPLES = """\b
Run everything here and now:   guichet serve
See if it is sound:            guichet check
Appoint an agent:              guichet staff add ana@example.com --role agent --name "Ana Sol"

Settings are environment variables; docs/operating names them all."""


class Commands(click.Group):
    """Finds a command in the file of its name, and loads only that file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(cls=Commands, help="Guichet, the support desk.", epilog=EXAMPLES)
def guichet() -> None:
    try:
        django.setup()
    except ImproperlyConfigured as mistakes:
        raise click.ClickException(str(mistakes)) from mistakes


def main(arguments: list[str] | None = None) -> Any:
    """Entry point of `bin/guichet` and of `python -m guichet`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.project.settings")
    return guichet.main(arguments if arguments is not None else sys.argv[1:], prog_name="guichet")
