"""Message-ID headers (RFC 5322 3.6.4): by them readers thread mails, and fold one that was sent twice.

That of a mail about a request says for whom it was made, and is signed: an answer names it, and so finds its
place where our reply address was lost. Like the address it proves that we gave it, not who writes.
"""

import re
from base64 import b32encode
from dataclasses import dataclass
from secrets import token_bytes
from uuid import uuid4

from django.conf import settings

from guichet.foundation import signing

_PURPOSE = "mail-id"
_BITS = 128
_LOCAL = re.compile(
    r"g\.([1-9][0-9]{0,14})\.([1-9][0-9]{0,14})\.([a-z2-7]{16})\.([a-z2-7]{26})", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class MailId:
    """To whom we sent the mail of this id, and about which request."""

    ticket_id: int
    person_id: int


def new_mail_id(ticket_id: int | None = None, person_id: int | None = None) -> str:
    """An id for one mail, made once and kept with its row. Nobody can guess it.

    Without a request, such as that of a sign-in code, it says nothing.
    """
    if ticket_id is None or person_id is None:
        return f"<{uuid4().hex}@{settings.GUICHET_MAIL_DOMAIN}>"
    nonce = b32encode(token_bytes(10)).decode().lower()
    mac = signing.mac(_PURPOSE, str(ticket_id), str(person_id), nonce, length_bits=_BITS)
    return f"<g.{ticket_id}.{person_id}.{nonce}.{mac}@{settings.GUICHET_MAIL_DOMAIN}>"


def looks_like_one(mail_id: str) -> bool:
    """Whether it claims to be the id of a mail about a request, genuine or not."""
    local, domain = _parts(mail_id)
    return domain == settings.GUICHET_MAIL_DOMAIN.lower() and local.lower().startswith("g.")


def read(mail_id: str) -> MailId | None:
    """What `mail_id` says, with its angle brackets or without, if we made it; None for anything else."""
    local, domain = _parts(mail_id)
    found = _LOCAL.fullmatch(local)
    if not found or domain != settings.GUICHET_MAIL_DOMAIN.lower():
        return None
    ticket, person, nonce, mac = found.groups()
    if not signing.matches(_PURPOSE, mac.lower(), ticket, person, nonce.lower(), length_bits=_BITS):
        return None
    return MailId(int(ticket), int(person))


def root_id(ticket_id: int) -> str:
    """The id that every mail of a request refers to. No mail has it: all are answers, in one thread."""
    return f"<request-{ticket_id}@{settings.GUICHET_MAIL_DOMAIN}>"


def _parts(mail_id: str) -> tuple[str, str]:
    local, _, domain = mail_id.strip().removeprefix("<").removesuffix(">").rpartition("@")
    return local, domain.lower()
