"""Whether somebody acts on what they have read. Only the verbs of this folder ask it."""

from django.utils.translation import gettext_lazy as _

from guichet.foundation.refusals import Conflict

from ..models import Ticket


def refuse_unread(ticket: Ticket, having_read: int | None) -> None:
    """Raise Conflict if a message came after `having_read`, the last one seen; None asks nothing."""
    if having_read is not None and having_read < ticket.last_message_id:
        raise Conflict(_("A new message has arrived meanwhile. Please read it first."))
