"""Mail that a mail server hands over, and mail in files."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from guichet.edges.mailbox.reading import Address, Mail

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and hands it over later


@click.group(epilog="\b\nExample: guichet mail deliver < message.eml")
def command() -> None:
    """Take in what a mail server hands over, or see what a mail says."""


@command.command(
    epilog="\b\nPostfix: guichet unix - n n - 5 pipe flags=DR user=guichet argv=guichet mail deliver"
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


@command.command(epilog="\b\nExample: guichet mail parse message.eml | jq .visible")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
def parse(files: tuple[Path, ...]) -> None:
    """Tell what each FILE says as a mail: one JSON object a line. Nothing is stored, and nobody is told.

    "visible" is the text without what it quotes and without its signature. "refused" is null, or why the
    mail is not read: it is more than a mail may be, or there is no such file. Ends with 0 in any case.
    """
    from django.conf import settings

    from guichet.edges.mailbox.reading import Mail, confined

    limits = settings.GUICHET_MAIL_LIMITS
    for file in files:
        try:
            with file.open("rb") as content:
                mail = confined.parse(content.read(limits.most_bytes + 1), limits)
        except OSError as error:
            mail = Mail(refused=f"it cannot be opened: {error.strerror or error}")
        # Only ASCII: names of files may hold what no encoding has.
        click.echo(json.dumps({"file": str(file)} | _told(mail)))


@command.command(epilog="\b\nExample: guichet mail dkim >> db.example.com")
def dkim() -> None:
    """Print the DNS records by which others check the signatures of our mails (DKIM).

    One for each domain that mails come from, as a line of a zone file. The key is that of
    GUICHET_DKIM_KEY_FILE.
    """
    from django.conf import settings

    from guichet.domain.policy import queries

    signer = settings.GUICHET_DKIM
    if signer is None:
        raise click.ClickException("Nothing is signed: set GUICHET_DKIM_SELECTOR and GUICHET_DKIM_KEY_FILE.")
    addresses = {settings.GUICHET_MAIL_FROM}
    if queries.in_force():
        addresses |= {mailbox.address for mailbox in queries.mailboxes()}
    said = signer.record()
    # A string of a TXT record has 255 bytes at most (RFC 1035 3.3); readers join them.
    strings = " ".join(f'"{said[start : start + 255]}"' for start in range(0, len(said), 255))
    for domain in sorted({address.rpartition("@")[2].lower() for address in addresses}):
        click.echo(f"{signer.selector}._domainkey.{domain}. IN TXT ( {strings} )")


def _told(mail: "Mail") -> dict[str, object]:
    return {
        "message_id": mail.mail_id,
        "from": _person(mail.author),
        "to": list(map(_person, mail.to)),
        "cc": list(map(_person, mail.cc)),
        "reply_to": list(map(_person, mail.reply_to)),
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "automatic": mail.automatic,
        "text": mail.text,
        "visible": mail.visible,
        "html": mail.html,
        "attachments": [
            {"name": one.name, "type": one.media_type, "bytes": len(one.content), "inline": one.inline}
            for one in mail.files
        ],
        "refused": mail.refused or None,
    }


def _person(one: "Address") -> dict[str, str]:
    return {"name": one.name, "address": one.address}
