"""The vendor's rules, in one readable file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guichet.foundation import clock

if TYPE_CHECKING:
    from guichet.domain.policy.reading import Mistakes

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(
    epilog="\b\nExample:\n  guichet policy export policy.toml\n  guichet policy check policy.toml\n"
    "  guichet policy apply policy.toml"
)
def command() -> None:
    """Check, apply and export the vendor's rules: name, languages, categories, bounds, hours."""


@command.command(epilog="\b\nExample: guichet policy check policy.toml && echo sound")
@FILE
def check(file: Path) -> None:
    """Tell every mistake in FILE at once, with its line and its remedy. Changes nothing.

    Ends with status 1 when there is one.
    """
    from guichet.domain.policy.reading import Mistakes, read

    try:
        document = read(_text(file))
    except Mistakes as mistakes:
        raise click.ClickException(_told(mistakes, file)) from mistakes
    categories = ", ".join(category.key for category in document.categories)
    click.echo(
        f"{file} is sound: {document.vendor.name}, in {', '.join(document.vendor.languages)}; {categories}."
    )


@command.command(epilog="\b\nExample: guichet policy apply policy.toml")
@FILE
def apply(file: Path) -> None:
    """Put the rules of FILE in force, within seconds and without a restart; not if it has a mistake."""
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.policy import operations, queries
    from guichet.domain.policy.reading import Mistakes

    source = _text(file)
    before = queries.in_force()
    try:
        operations.apply(source, by=SYSTEM, at=clock.now())
    except Mistakes as mistakes:
        raise click.ClickException(f"{_told(mistakes, file)}\n\nNothing was changed.") from mistakes
    if before and before.source == source:
        click.echo(f"The rules of {file} were in force already.")
    else:
        click.echo(f"The rules of {file} are in force.")


@command.command(
    epilog="\b\nExamples:\n  guichet policy export policy.toml\n  guichet policy export > policy.toml"
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")
def export(file: Path | None, *, overwrite: bool) -> None:
    """Write the rules in force, comments included, to FILE or to standard output.

    When there are none yet, the ones that Guichet comes with: a file to start from.
    """
    from guichet.domain.policy import queries
    from guichet.domain.policy.reading import default_source

    applied = queries.in_force()
    source = applied.source if applied else default_source()
    if file is None:
        click.echo(source, nl=False)
        return
    try:
        with file.open("w" if overwrite else "x", encoding="utf-8") as written:
            written.write(source)
    except FileExistsError as error:
        raise click.ClickException(
            f"{file} exists already. Choose another name, or add --overwrite."
        ) from error
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"The rules {'in force' if applied else 'that Guichet comes with'} are in {file}.")


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise click.ClickException(f"{file} is not UTF-8 text (line {line}). Save it as UTF-8.") from error


def _told(mistakes: "Mistakes", file: Path) -> str:
    count = len(mistakes.mistakes)
    told = [f"{file} has {count} {'mistake' if count == 1 else 'mistakes'}:"]
    for mistake in mistakes.mistakes:
        where = f", {mistake.where}" if mistake.where else ""
        told.append(f"\nline {mistake.line}{where}\n  {mistake.sentence}\n  {mistake.remedy}")
    return "\n".join(told)
