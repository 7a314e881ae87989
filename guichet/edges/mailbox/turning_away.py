"""Telling somebody that their mail did not get where they meant it to go."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from guichet.foundation.html.plain import paragraphs
from guichet.reactions.email.outgoing import queue_mail
from guichet.reactions.email.owe import PERSISTENCE

from .identify import Answer


def tell(who: Answer, *, at: datetime) -> None:
    """Say to a proven sender that they may no longer write in the request; at most once a day for each.

    Nobody else is ever told anything: a sender who is not proven may be somebody who never wrote.
    """
    with translation.override(who.person.language):
        number = {"number": who.ticket_id}
        subject = _("Your e-mail was not added to request #%(number)s") % number
        text = "\n\n".join(
            (
                _("Hello %(name)s,") % {"name": who.person.name},
                _("You can no longer write in request #%(number)s, so your e-mail was not added to it.")
                % number,
                _("We have kept it, and somebody of our team will look at it."),
            )
        )
    queue_mail(
        who.person.email,
        subject,
        text,
        html=paragraphs(text),
        language=who.person.language,
        sensitive=False,
        answers_mail=True,
        patience=PERSISTENCE,
        key=f"turned-away:{who.ticket_id}:{who.person.pk}:{at:%Y-%m-%d}",
    )
