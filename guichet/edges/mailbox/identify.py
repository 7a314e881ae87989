"""Who writes, and where it belongs.

By an address that we gave, then by the id of a mail that we sent, then by the mailbox it came to; never by
its subject. None of them is enough alone: the sender must be the person to whom we gave it, and proven.
"""

from dataclasses import dataclass

from django.conf import settings

from guichet.domain.people.models import Person
from guichet.domain.policy.document import Mailbox
from guichet.domain.policy.queries import mailbox_named
from guichet.foundation.text.folding import fold_email
from guichet.reactions.email import address, mail_ids
from guichet.reactions.email.address import ReplyAddress
from guichet.reactions.email.mail_ids import MailId

from .reading import Automatic, Mail
from .reading.authentication import is_aligned
from .recipients import is_ours, mailbox_at
from .states import Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """Of a proven person, to a mail of theirs."""

    person: Person
    ticket_id: int


@dataclass(frozen=True, slots=True)
class Unverified:
    """What was made for somebody, in a mail that is not proven to be theirs: for staff to see, no more."""

    ticket_id: int


@dataclass(frozen=True, slots=True)
class New:
    """Of a proven person, to a mailbox."""

    person: Person
    mailbox: Mailbox


@dataclass(frozen=True, slots=True)
class Stranger:
    """From an address of which we know nothing, or nothing but a mail before."""

    address: str
    mailbox: Mailbox
    proven: bool


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A mail for a person to look at: why, and what a machine can add."""

    reason: Reason
    detail: str = ""


Identity = Answer | Unverified | New | Stranger | Unsorted


def identify(mail: Mail, *, verified: bool, mailbox: str = "") -> Identity:
    """What a mail is. `verified` says that its sender was checked before it came here; `mailbox` is the key
    of the one it was fetched from.
    """
    if mail.refused:
        return Unsorted(Reason.UNREADABLE, mail.refused)
    if mail.automatic is not Automatic.NO:
        return Unsorted(Reason.AUTOMATIC, mail.automatic)
    sender = folded(mail.sender)
    person = Person.objects.filter(email=sender).first() if sender else None
    proven = is_proven(mail, verified=verified)
    given = _given(mail, person)
    if isinstance(given, Unsorted):
        return given
    if given is not None:
        if person is None or person.pk != given.person_id or not proven:
            return Unverified(given.ticket_id)
        return Answer(person, given.ticket_id) if person.is_active else Unsorted(Reason.NO_RIGHT)
    return _new(mail, sender, person, proven=proven, fetched_from=mailbox)


def folded(sender: str) -> str:
    """The one key of an address; empty for what is none."""
    try:
        return fold_email(sender)
    except ValueError:
        return ""


def is_proven(mail: Mail, *, verified: bool) -> bool:
    """Whether the mail comes from the address that it names as its sender."""
    if verified:
        return True
    known = settings.GUICHET_AUTHSERV_ID
    return bool(known) and is_aligned(mail.authentication, authserv_id=known, sender=folded(mail.sender))


def _given(mail: Mail, person: Person | None) -> ReplyAddress | MailId | Unsorted | None:
    """What we gave somebody and this mail shows: an address before an id, one's own before others'."""
    addresses = [found for found in map(address.read, mail.recipients) if found]
    if len({found.ticket_id for found in addresses}) > 1:
        return Unsorted(Reason.SEVERAL)
    if not addresses and any(map(address.looks_like_one, mail.recipients)):
        return Unsorted(Reason.FORGED)
    referred = [mail.in_reply_to, *reversed(mail.references)]  # the nearest first
    ids = [found for found in map(mail_ids.read, referred) if found]
    given: list[ReplyAddress | MailId] = [*addresses, *ids]
    if not given:
        return Unsorted(Reason.FORGED) if any(map(mail_ids.looks_like_one, referred)) else None
    one = given[0]
    own = (each for each in given if person and each.person_id == person.pk)
    return next((each for each in own if each.ticket_id == one.ticket_id), one)


def _new(
    mail: Mail, sender: str, person: Person | None, *, proven: bool, fetched_from: str
) -> New | Stranger | Unsorted:
    mailbox = mailbox_named(fetched_from) if fetched_from else mailbox_of(mail)
    if mailbox is None:
        return Unsorted(Reason.NO_ADDRESS)
    reason = _doubt(sender, person, proven=proven)
    if reason is not None:
        return Unsorted(reason)
    if person is None or not (person.is_proven or proven):
        return Stranger(sender, mailbox, proven)
    return New(person, mailbox)


def _doubt(sender: str, person: Person | None, *, proven: bool) -> Reason | None:
    """Why nobody may be served by this mail before a person has looked at it."""
    doubts = {
        Reason.NO_SENDER: not sender,
        Reason.OURS: is_ours(sender),
        Reason.NO_RIGHT: person is not None and not person.is_active,
        Reason.UNPROVEN: person is not None and not proven and (person.is_staff or person.is_proven),
        Reason.STAFF: person is not None and person.is_staff,
    }
    return next((reason for reason, holds in doubts.items() if holds), None)


def mailbox_of(mail: Mail) -> Mailbox | None:
    """The mailbox to which it was sent, if to one of ours."""
    return next(filter(None, map(mailbox_at, mail.recipients)), None)
