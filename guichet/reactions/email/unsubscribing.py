"""No mails about requests any more, by one click at our link or at a provider's."""

from datetime import datetime

from guichet.domain.people.models import Person
from guichet.domain.people.operations import change_profile
from guichet.domain.people.queries import actor_of

from .returning import mail_to


def unsubscribe(person: Person, *, at: datetime) -> Person:
    """Turn off somebody's mails about requests, as they could in their profile."""
    return change_profile(person, by=actor_of(person), at=at, wants_mail=False)


def unsubscribed(mail_id: str, recipient: str, *, at: datetime) -> None:
    """The reader of this mail of ours has unsubscribed at the provider that sent it."""
    found = mail_to(recipient, mail_id)
    if found is not None and found.recipient is not None and found.recipient.is_active:
        unsubscribe(found.recipient, at=at)
