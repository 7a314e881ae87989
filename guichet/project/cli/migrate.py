"""The shape of the database."""

import click
from django.core.management import call_command
from django.db import connection


@click.command(epilog="\b\nExample: guichet migrate")
def command() -> None:
    """Bring the database up to date with this version of Guichet.

    Safe to run again: what was applied is left alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # An index on a million rows takes longer than any page may.
            cursor.execute("SET statement_timeout = 0; SET lock_timeout = '10s'")
    call_command("migrate", interactive=False)
