"""What a stranger is told whose mail opened a request: nothing of it, as somebody else may have sent it."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from guichet.domain.policy.queries import current
from guichet.domain.tickets.models import Ticket
from guichet.foundation.html.plain import paragraphs

from .links import sign_in_page
from .outgoing import queue_mail

QUIET = timedelta(hours=24)  # in which an address gets one such mail, however many are sent in its name


def receipt(ticket: Ticket, *, patience: timedelta) -> None:
    """Say to the address of its requester that a mail came, in words that are always the same."""
    person = ticket.requester
    if not person.is_active or not person.wants_mail or _came_lately(ticket):
        return
    with translation.override(person.language):
        vendor = current().vendor.name
        subject = _("%(vendor)s has received an e-mail from this address") % {"vendor": vendor}
        text = "\n\n".join(
            (
                _("Hello,"),
                _(
                    "We have received an e-mail that names this address as its sender. Somebody of our team "
                    "reads it and answers here."
                ),
                _("To follow it, sign in with this address: we send you a code that shows that it is yours."),
                sign_in_page(),
                _("If you did not write to us, there is nothing for you to do."),
                vendor,
            )
        )
    queue_mail(
        person.email,
        subject,
        text,
        html=paragraphs(text),
        language=person.language,
        sensitive=False,
        answers_mail=True,
        key=f"receipt:{ticket.pk}",
        patience=patience,
    )


def _came_lately(ticket: Ticket) -> bool:
    since = ticket.opened_at - QUIET
    earlier = Ticket.objects.filter(requester=ticket.requester_id, opened_at__gt=since, pk__lt=ticket.pk)
    return earlier.exists()
