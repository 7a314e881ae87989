"""To whom a mail was sent, if to us."""

from guichet.domain.policy.document import Mailbox
from guichet.domain.policy.queries import mailboxes
from guichet.reactions.email import address as reply_address


def is_ours(address: str) -> bool:
    """Whether mail for this address ends here: a mailbox, or an address at which somebody answers.

    One that was never given to anybody counts, too: what is sent to it is kept for a person.
    """
    return mailbox_at(address) is not None or reply_address.looks_like_one(address)


def mailbox_at(address: str) -> Mailbox | None:
    """The mailbox that customers reach at this address, also with a +tag behind its name (RFC 5233)."""
    local, _, domain = address.lower().rpartition("@")
    meant = f"{local.partition('+')[0]}@{domain}"
    return next((mailbox for mailbox in mailboxes() if mailbox.address == meant), None)
