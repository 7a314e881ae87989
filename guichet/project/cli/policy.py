"""The vendor's rules, in one readable file."""

from pathlib import Path

import click

from guichet.foundation import clock

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(
    epilog="\b\nExample:\n  guichet policy export > policy.toml\n  guichet policy check policy.toml\n"
    "  guichet policy apply policy.toml"
)
def command() -> None:
    """Check, apply and export the vendor's rules: name, languages, categories, bounds, hours."""


@command.command()
@FILE
def check(file: Path) -> None:
    """Tell every mistake in FILE at once, with its line and its remedy. Changes nothing."""
    from guichet.domain.policy.reading import Mistakes, read

    try:
        read(_text(file))
    except Mistakes as mistakes:
        raise _told(mistakes, file) from mistakes
    click.echo(f"{file} is sound.")


@command.command()
@FILE
def apply(file: Path) -> None:
    """Put the rules of FILE in force, within seconds. Nothing changes if it has a mistake."""
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.policy import operations
    from guichet.domain.policy.reading import Mistakes

    try:
        operations.apply(_text(file), by=SYSTEM, at=clock.now())
    except Mistakes as mistakes:
        raise _told(mistakes, file) from mistakes
    click.echo(f"The rules of {file} are in force.")


@command.command()
def export() -> None:
    """Write the rules in force to standard output; the ones Guichet comes with when there are none."""
    from guichet.domain.policy import queries
    from guichet.domain.policy.reading import default_source

    applied = queries.in_force()
    click.echo(applied.source if applied else default_source(), nl=False)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"{file} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error


def _told(mistakes: Exception, file: Path) -> click.ClickException:
    return click.ClickException(f"{file} has mistakes; nothing was changed.\n{mistakes}")
