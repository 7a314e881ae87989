"""Mail that a mail server hands over."""

import sys

import click

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and hands it over later


@click.group(epilog="\b\nExample: guichet mail deliver < message.eml")
def command() -> None:
    """Take in what a mail server hands over."""


@command.command(
    epilog="\b\nPostfix: guichet unix - n n - 5 pipe flags=R user=guichet argv=guichet mail deliver"
)
@click.option(
    "--verified",
    is_flag=True,
    help="The mail server refuses mail whose sender fails DMARC, so that every sender is proven.",
)
def deliver(*, verified: bool) -> None:
    """Read one mail on standard input and put it where it belongs.

    An answer to a mail of Guichet becomes a reply; anything else waits at the desk for a person. Ends with
    0 once the mail is stored for good, with 75 when it should be handed over again. Without --verified the
    sender is proven by the Authentication-Results of the server named in GUICHET_AUTHSERV_ID.
    """
    from guichet.edges.mailbox.deliver import deliver as take_in
    from guichet.foundation.storage.files import Empty

    raw = sys.stdin.buffer.read()
    try:
        row = take_in(raw, verified=verified)
    except Empty:
        raise click.ClickException("There was no mail on standard input.") from None
    except Exception as error:  # noqa: BLE001  any other status makes the mail server send it back
        click.echo(f"This mail was not taken in: {error}. Hand it over again.", err=True)
        sys.exit(TRY_AGAIN)
    click.echo(f"{row.get_state_display()}. {row.get_reason_display()}".strip())
