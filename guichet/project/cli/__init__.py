"""The command line. Each file of this folder is one command, and holds it under the name `command`."""

import errno
import importlib
import os
import pkgutil
import sys
from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from guichet.foundation.refusals import Invalid, Refusal

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

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. What can go wrong without anybody's fault becomes a sentence: a refusal of the
        domain, a database that is not ready, a disk that is full.
        """
        _set_up(asked_for_help="--help" in ctx.args)
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(_sentences(refusal)) from refusal
        except DatabaseError as error:
            raise click.ClickException(_of_the_database(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read what we say has gone: click ends in silence
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}.") from error


@click.group(cls=Commands, help="Guichet, the support desk.", epilog=EXAMPLES)
def guichet() -> None:
    """The command line as a whole."""


class Misconfigured(click.ClickException):
    """Settings that cannot be read. The status tells a mail server that called us to keep its mail and
    try again (EX_TEMPFAIL of sysexits.h): a misspelling must not make mails bounce.
    """

    exit_code = 75


def _set_up(*, asked_for_help: bool) -> None:
    # What customers wrote and attached is for this user's eyes, whatever the machine's habit.
    os.umask(0o077)
    try:
        django.setup()
    except ImproperlyConfigured as mistakes:
        if not asked_for_help:
            raise Misconfigured(str(mistakes)) from mistakes


def _of_the_database(error: DatabaseError) -> str:
    said = " ".join(str(error).split())
    try:
        connection.ensure_connection()
    except DatabaseError:
        return f"The database does not answer ({said}). See that it runs, and what DATABASE_URL says."
    return (
        f"The database is not ready for this ({said})."
        " Run `guichet migrate`, then see what `guichet check` says."
    )


def _sentences(refusal: Refusal) -> str:
    if isinstance(refusal, Invalid):
        return "\n".join(f"{field}: {sentence}" for field, sentence in refusal.mistakes.items())
    return str(refusal)


def main(arguments: list[str] | None = None) -> Any:
    """Entry point of `bin/guichet` and of `python -m guichet`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.project.settings")
    return guichet.main(arguments if arguments is not None else sys.argv[1:], prog_name="guichet")
