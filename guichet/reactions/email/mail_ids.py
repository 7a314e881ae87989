"""Message-ID headers (RFC 5322 3.6.4): by them readers thread mails, and fold one that was sent twice."""

from uuid import uuid4

from django.conf import settings


def new_mail_id() -> str:
    """An id for one mail, kept with its row. Chance makes it unique, and nobody can guess it."""
    return f"<{uuid4().hex}@{settings.GUICHET_MAIL_DOMAIN}>"


def root_id(ticket_id: int) -> str:
    """The id that every mail of a request refers to. No mail has it: all are answers, in one thread."""
    return f"<request-{ticket_id}@{settings.GUICHET_MAIL_DOMAIN}>"
