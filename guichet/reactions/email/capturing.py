"""The mail server of a demonstration: keeps every mail to be looked at."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from guichet.foundation import clock

from .models import CapturedMail


class CapturingBackend(BaseEmailBackend):
    """Django's interface of a mail server. A mail that comes twice is kept once, by its Message-ID."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            message = mail.message()
            CapturedMail.objects.update_or_create(
                mail_id=message["Message-ID"],
                defaults={
                    "recipient": ", ".join(mail.recipients())[:254],
                    "subject": mail.subject[:250],
                    "raw": message.as_bytes(),
                    "captured_at": clock.now(),
                },
            )
        return len(email_messages)
