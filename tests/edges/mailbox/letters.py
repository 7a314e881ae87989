"""Mails as people's programs write them."""

from email.message import EmailMessage

from guichet.domain.tickets.models import Message, Ticket
from guichet.reactions.email.address import ReplyAddress
from tests.world import World

OURS = "mx.vendor.example"


def answer(
    world: World,
    ticket: Ticket,
    *,
    by: str = "requester",
    address_of: str = "",
    text: str = "It works now, thank you.",
    dmarc: str = "pass",
    **headers: str,
) -> bytes:
    """An answer of `by` to a mail that `address_of` (if not given, the same) got; proven as `dmarc` says."""
    given = ReplyAddress(ticket.pk, world.person(address_of or by).pk)
    mail = EmailMessage()
    sender = world.person(by).email
    if dmarc:
        mail["Authentication-Results"] = f"{OURS}; dmarc={dmarc} header.from={sender.partition('@')[2]}"
    mail["From"] = f"{world.person(by).name} <{sender}>"
    mail["To"] = str(given)
    mail["Subject"] = "Re: [#1] The export stays empty"
    mail["Message-ID"] = "<answer@acme.example>"
    mail["Date"] = "Tue, 10 Mar 2026 13:00:00 +0100"
    mail.set_content(text)
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    return mail.as_bytes()


def said(ticket: Ticket) -> list[tuple[str, str]]:
    """Who said what in the request, after its opening and the agent's reply."""
    messages = Message.objects.filter(ticket=ticket).order_by("id")
    return [(message.author.name, message.body) for message in messages[2:] if message.author]


def letter(
    sender: str = "Rose Requester <rose@acme.example>",
    *,
    text: str = "The import stops at line 7.",
    html: str = "",
    dmarc: str = "pass",
    **headers: str,
) -> bytes:
    """A mail to the mailbox, which answers nothing; proven as `dmarc` says."""
    mail = EmailMessage()
    if dmarc:
        domain = sender.rpartition("@")[2].strip("> ")
        mail["Authentication-Results"] = f"{OURS}; dmarc={dmarc} header.from={domain}"
    mail["From"], mail["To"], mail["Subject"] = sender, "support@localhost", "The import stops"
    mail["Message-ID"] = "<letter@acme.example>"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    return mail.as_bytes()
