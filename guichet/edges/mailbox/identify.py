"""Who writes, and in which request: by an address that we gave, its person as sender, and proof of that."""

from dataclasses import dataclass

from django.conf import settings

from guichet.domain.people.models import Person
from guichet.foundation.text.folding import fold_email
from guichet.reactions.email import address

from .reading import Automatic, Mail
from .reading.authentication import is_aligned
from .states import Reason


@dataclass(frozen=True, slots=True)
class Identified:
    person: Person
    ticket_id: int


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A mail for a person to look at: why, and what a machine can add."""

    reason: Reason
    detail: str = ""


def identify(mail: Mail, *, verified: bool) -> Identified | Unsorted:
    """The person and the request of a mail. `verified` says that the sender was checked before it came here.

    None of the three is enough alone: addresses are forwarded, senders are typed, and proof of a sender says
    nothing of what they may do.
    """
    if mail.refused:
        return Unsorted(Reason.UNREADABLE, mail.refused)
    if mail.automatic is not Automatic.NO:
        return Unsorted(Reason.AUTOMATIC, mail.automatic)
    given = _address_in(mail)
    if isinstance(given, Unsorted):
        return given
    sender = _folded(mail.sender)
    person = Person.objects.filter(pk=given.person_id).first()
    if person is None or person.email != sender:
        return Unsorted(Reason.OTHER_SENDER)
    if not (verified or _proven(mail, sender)):
        return Unsorted(Reason.UNPROVEN)
    return Identified(person, given.ticket_id) if person.is_active else Unsorted(Reason.NO_RIGHT)


def _address_in(mail: Mail) -> address.ReplyAddress | Unsorted:
    given = {found for found in map(address.read, mail.recipients) if found}
    if len(given) == 1:
        return given.pop()
    if given:
        return Unsorted(Reason.SEVERAL)
    meant = any(address.looks_like_one(one) for one in mail.recipients)
    return Unsorted(Reason.FORGED if meant else Reason.NO_ADDRESS)


def _folded(sender: str) -> str:
    try:
        return fold_email(sender)
    except ValueError:
        return ""


def _proven(mail: Mail, sender: str) -> bool:
    authserv_id = settings.GUICHET_AUTHSERV_ID
    return bool(authserv_id) and is_aligned(mail.authentication, authserv_id=authserv_id, sender=sender)
