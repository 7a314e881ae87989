"""What was said before, quoted below a mail: the end of the conversation, as its reader may see it now."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guichet.domain.people.models import Person
from guichet.domain.people.naming import first_name
from guichet.domain.people.queries import actor_of
from guichet.domain.policy.queries import current
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import Said, thread_of
from guichet.foundation.html.pictures import without_pictures
from guichet.foundation.html.plain import paragraphs

MOST = 3
LONGEST = 1_500  # characters of each


@dataclass(frozen=True, slots=True)
class Earlier:
    """One message: who said it when, and what, as text and as safe HTML."""

    title: str
    text: str
    html: str


def earlier_than(message: Message | None, ticket: Ticket, reader: Person) -> tuple[Earlier, ...]:
    """The public messages before this one, in their newest version, the latest first; of all without one."""
    actor = actor_of(reader)
    before = [
        said
        for said in thread_of(actor, ticket)
        if not said.first.is_note and (message is None or said.id < (message.original_id or message.pk))
    ]
    return tuple(_quoted(said, for_staff=actor.is_staff) for said in reversed(before[-MOST:]))


def _quoted(said: Said, *, for_staff: bool) -> Earlier:
    when = date_format(timezone.localtime(said.first.created_at), "DATETIME_FORMAT")
    title = _("%(name)s, %(when)s") % {"name": _name(said.first, for_staff=for_staff), "when": when}
    text, html = said.message.body, said.message.html
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rstrip()} …"
        return Earlier(title, text, paragraphs(text))
    return Earlier(title, text, without_pictures(html))


def _name(message: Message, *, for_staff: bool) -> str:
    """Agents by their first name, unless a colleague reads it."""
    if message.author is None:
        return message.sender if message.is_unverified else current().vendor.name
    return first_name(message.author.name) if message.by_staff and not for_staff else message.author.name
