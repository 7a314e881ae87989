"""Whether somebody acts on what they have read. Only the verbs of this folder ask it."""

from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.foundation.refusals import Conflict

from ..models import Message, Ticket
from ..states import MessageKind


def refuse_unread(ticket: Ticket, having_read: int | None, *, by: Actor) -> None:
    """Raise Conflict if a message came after `having_read`, the last one seen; None asks nothing.

    Of customers only what they can see counts: a refusal must not tell them of a note.
    """
    if having_read is None or having_read >= ticket.last_message_id:
        return
    if by.is_staff or _said_since(ticket, having_read, by=by):
        raise Conflict(_("A new message has arrived meanwhile. Please read it first."))


def _said_since(ticket: Ticket, having_read: int, *, by: Actor) -> bool:
    """Whether somebody else said something in public after `having_read`."""
    said = Message.objects.filter(ticket=ticket, kind=MessageKind.PUBLIC, original=None, pk__gt=having_read)
    return said.exclude(author=by.person_id).exists()
