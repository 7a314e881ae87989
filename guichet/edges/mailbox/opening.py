"""A mail to a mailbox opens a request: of somebody we know, or, if the vendor wants that, of a stranger."""

import re
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM, Actor
from guichet.domain.people.models import Person
from guichet.domain.people.queries import actor_of
from guichet.domain.policy.document import Mailbox, Strangers
from guichet.domain.policy.queries import current, mailbox_named
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message

from .carrying import carry, says_nothing, typed_sender
from .identify import New, Stranger, Unsorted
from .models import ReceivedMessage
from .reading import Mail
from .recipients import mailbox_at
from .settling import settle_with
from .states import Reason, State

# Sites send them what proves a mailbox: with our address given there, it would prove that ours is somebody's.
_VERIFIERS = re.compile(
    r"(?:accounts?|auth|confirm(?:ation)?s?|invit(?:e|ation)s?|registrations?|security|sign-?up|verif(?:y|ication)"
    r"|welcome)(?:[-_.].*)?"
)


def open_new(row: ReceivedMessage, mail: Mail, who: New, *, at: datetime) -> Unsorted | State | None:
    """A request in the organisation of its author; ASKED where they have several."""
    row.mailbox = who.mailbox.key
    if says_nothing(mail) and not mail.subject:
        return Unsorted(Reason.EMPTY)
    actor = actor_of(who.person)
    if len(actor.seats) > 1:
        return State.ASKED
    organisation = actor.seats[0].organisation_id if actor.seats else None
    open_in(row, mail, who.person, organisation, by=actor, at=at)
    return None


def open_for_stranger(row: ReceivedMessage, mail: Mail, who: Stranger, *, at: datetime) -> Unsorted | None:
    """A request of a new person, where the vendor takes strangers in; it is theirs once they sign in."""
    row.mailbox = who.mailbox.key
    if current().mail.strangers is Strangers.HOLD or _has_tag(mail, who.mailbox):
        return Unsorted(Reason.UNKNOWN)
    if _VERIFIERS.fullmatch(who.address.partition("@")[0]):
        return Unsorted(Reason.AUTOMATIC, "verification")
    if says_nothing(mail) and not mail.subject:
        return Unsorted(Reason.EMPTY)
    row.person = new_person(who.address, mail, at=at)
    by = actor_of(row.person) if who.proven else SYSTEM
    open_in(row, mail, row.person, None, by=by, proven=who.proven, at=at)
    return None


def new_person(address: str, mail: Mail, *, at: datetime) -> Person:
    """The person with the address of a mail's sender, of whom it proves nothing."""
    return people.add_person(
        email=address,
        name=typed_sender(mail).name,
        language=current().vendor.default_language,
        came_by_mail=True,
        by=SYSTEM,
        at=at,
    )


def open_in(
    row: ReceivedMessage,
    mail: Mail,
    requester: Person,
    organisation_id: int | None,
    *,
    by: Actor,
    proven: bool = True,
    at: datetime,
) -> None:
    """Open the request that a mail asks for. Raises the refusals of `tickets.open_by_mail`."""
    mailbox = mailbox_named(row.mailbox)
    carried = carry(mail, by=by, proven=proven)
    with translation.override(requester.language):
        subject = mail.subject or _("(no subject)")

    def opened() -> Message:
        ticket = tickets.open_by_mail(
            requester=requester,
            organisation_id=organisation_id,
            category=mailbox.category,
            subject=subject,
            body=carried.body or subject,
            attachments=carried.attachments,
            mailbox=mailbox.key,
            mail=carried.mail,
            by=by,
            at=at,
        )
        return Message.objects.get(pk=ticket.last_message_id)

    settle_with(row, opened, at=at)


def _has_tag(mail: Mail, mailbox: Mailbox) -> bool:
    """Whether the mailbox was reached only by a +tag, which we give to nobody."""
    addresses = [address.lower() for address in mail.recipients]
    return mailbox.address not in addresses and any(mailbox_at(one) == mailbox for one in addresses)
