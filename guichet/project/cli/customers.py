"""The vendor's customers: companies and their people."""

import csv
from pathlib import Path

import click


@click.group(epilog='\b\nExample: guichet customers add rose@acme.example --organisation "Acme" --country FR')
def command() -> None:
    """Let companies and their people ask for help: one by one, or from a file."""


@command.command(
    epilog="\b\nExample: guichet customers add rose@acme.example --organisation Acme --country FR"
)
@click.argument("email")
@click.option("--name", default="", help="The address's beginning if not given.")
@click.option("--organisation", default="", help="Their company; made if there is none of this name.")
@click.option("--country", default="", help="The company's, as two letters (ISO 3166-1): FR, JP, US.")
@click.option("--plan", default="", help="What the company has bought, in your words.")
@click.option("--language", default="", help="en, fr, de, es or ja; the vendor's own if not given.")
@click.option("--time-zone", default="UTC", show_default=True, help="Such as Europe/Paris.")
@click.option(
    "--administrator", is_flag=True, help="They administer their company: they see all its requests."
)
@click.option("--designated", is_flag=True, help="A designated contact: they see all of its requests.")
def add(*, administrator: bool, designated: bool, **row: str) -> None:
    """Let the person at EMAIL ask for help; they sign in with a code sent there."""
    from guichet.project.roster import add_customer

    row |= {
        "role": "administrator" if administrator else "member",
        "designated": "yes" if designated else "no",
    }
    person = add_customer(row)
    click.echo(f"{person.name} <{person.email}> can now ask for help.")


@command.command("import", epilog="\b\nExample: guichet customers import customers.csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Add everybody in a CSV file, or nobody where a line has a mistake. Run it as often as you like.

    \b
    Its first line names the columns, of which only email is needed:
      email,name,organisation,country,plan,language,time_zone,role,designated
    role is member or administrator; designated is yes or no.
    """
    from guichet.project.roster import Mistakes, add_everybody

    with file.open(encoding="utf-8-sig", newline="") as lines:
        try:
            count = add_everybody(lines)
        except Mistakes as mistakes:
            raise click.ClickException(str(mistakes)) from mistakes
        except (csv.Error, ValueError) as error:
            raise click.ClickException(f"{file.name} is not a CSV file in UTF-8: {error}.") from error
    click.echo(f"{count} {'person' if count == 1 else 'people'} can ask for help.")
