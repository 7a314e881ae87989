"""The address at which one person answers in one request. It proves that we gave it, not who writes to it."""

import re
from dataclasses import dataclass

from django.conf import settings

from guichet.foundation import signing

_PURPOSE = "reply-address"
_BITS = 128  # 26 characters: a local part has at most 64 (RFC 5321 4.5.3.1.1)
_LOCAL = re.compile(
    r"reply\+([1-9][0-9]{0,14})\.([1-9][0-9]{0,14})\.([a-z2-7]{26})", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class ReplyAddress:
    """Whose answers go where."""

    ticket_id: int
    person_id: int

    def __str__(self) -> str:
        mac = signing.mac(_PURPOSE, str(self.ticket_id), str(self.person_id), length_bits=_BITS)
        return f"reply+{self.ticket_id}.{self.person_id}.{mac}@{settings.GUICHET_MAIL_DOMAIN}"


def looks_like_one(address: str) -> bool:
    """Whether somebody means such an address, genuine or not."""
    local, _, domain = address.rpartition("@")
    return domain.lower() == settings.GUICHET_MAIL_DOMAIN.lower() and local.lower().startswith("reply+")


def read(address: str) -> ReplyAddress | None:
    """What `address` says, if we made it; None for anything else, such as a guess. Case has no meaning."""
    local, _, domain = address.rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not found or domain.lower() != settings.GUICHET_MAIL_DOMAIN.lower():
        return None
    ticket, person, mac = found.groups()
    if not signing.matches(_PURPOSE, mac.lower(), ticket, person, length_bits=_BITS):
        return None
    return ReplyAddress(int(ticket), int(person))
