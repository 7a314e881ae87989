"""Somebody of several organisations has written: for which one, only they know, or an agent does."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from guichet.domain.people.queries import actor_of
from guichet.foundation.html.plain import paragraphs
from guichet.reactions.email.outgoing import queue_mail
from guichet.reactions.email.owe import PERSISTENCE

from .models import ReceivedMessage
from .opening import open_in
from .queries import mail_in
from .settling import once


def ask(row: ReceivedMessage) -> None:
    """Send its author to the page where they choose. Once, by however many ways the mail came."""
    person = row.person
    assert person is not None, "who is asked is known"
    page = f"{settings.GUICHET_URL}{reverse('mailed:choice', args=[row.pk])}"
    with translation.override(person.language):
        named = row.subject or _("(no subject)")
        subject = _("For which organisation is your request?")
        text = "\n\n".join(
            (
                _("Hello %(name)s,") % {"name": person.name},
                _("We have received your e-mail “%(subject)s”.") % {"subject": named},
                _("You belong to several organisations. Please choose for which one you are asking:"),
                page,
                _("Your request is opened as soon as you have chosen."),
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
        key=f"asked:{row.content_key}",
        patience=PERSISTENCE,
    )


def choose(row: ReceivedMessage, organisation_id: int | None, *, at: datetime) -> None:
    """Open the request in this organisation, in the words of its author and with their rights of now.

    Raises NotAllowed where they do not belong to it.
    """
    person = row.person
    assert person is not None, "who was asked is known"
    with once(row, at=at):
        open_in(row, mail_in(row), person, organisation_id, by=actor_of(person), at=at)
