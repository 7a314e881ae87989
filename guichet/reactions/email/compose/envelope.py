"""The mail itself: both bodies under one set of headers."""

from email.utils import formataddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from guichet.domain.policy.document import say
from guichet.domain.policy.queries import current, mailbox_named
from guichet.foundation.text.cleaning import clean_line

from .. import links
from ..address import ReplyAddress
from ..mail_ids import root_id
from ..models import Delivery
from ..signed import sign
from ..states import FOR_STAFF, Kind
from .letter import as_html, as_text
from .words import letter_of, story_of

# Written by a person; every other mail is written by the system (RFC 3834 section 5).
_BY_A_PERSON = frozenset({Kind.REPLY})
_LONGEST_LINE = 990  # RFC 5322 2.1.1: 998 without its end


class _Mail(EmailMultiAlternatives):
    """Its headers are not folded: some programs lose an id that stands on a line of its own."""

    def message(self, *args: Any, **options: Any) -> Any:
        made = super().message(*args, **options)
        made.policy = made.policy.clone(max_line_length=_LONGEST_LINE)
        if settings.GUICHET_DKIM:
            sign(made, settings.GUICHET_DKIM)
        return made


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of a delivery, in its reader's language and time zone, always with the same Message-ID."""
    vendor = current().vendor
    zone = delivery.recipient.time_zone if delivery.recipient else "UTC"
    with translation.override(delivery.language), timezone.override(ZoneInfo(zone)):
        subject, text, html = _bodies(delivery, vendor.accent)
    mail = _Mail(
        subject=subject,
        body=text,
        from_email=_sender(delivery, vendor.name),
        to=[delivery.address],
        headers={"Message-ID": delivery.mail_id, **_headers(delivery)},
    )
    # What a provider gives back to us with its news of this mail; nobody else reads it.
    mail.metadata = {"mail_id": delivery.mail_id}  # type: ignore[attr-defined]
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


def _sender(delivery: Delivery, vendor: str) -> str:
    """The mailbox of the request, by its name in the reader's language; ours for what is of no request."""
    if delivery.ticket is None:
        return formataddr((clean_line(vendor), settings.GUICHET_MAIL_FROM))
    mailbox = mailbox_named(delivery.ticket.mailbox)
    return formataddr((clean_line(say(mailbox.name, delivery.language) or vendor), mailbox.address))


def _bodies(delivery: Delivery, accent: str) -> tuple[str, str, str]:
    if delivery.kind == Kind.LETTER:
        return delivery.subject, delivery.text, delivery.html
    story = story_of(delivery)
    letter = letter_of(story)
    subject = clean_line(f"[#{story.ticket.number}] {story.ticket.subject}")
    return subject, as_text(letter), as_html(letter, language=delivery.language, accent=accent)


def _headers(delivery: Delivery) -> dict[str, str]:
    kind = Kind(delivery.kind)
    headers = {"X-Auto-Response-Suppress": "OOF, AutoReply" if kind in _BY_A_PERSON else "All"}
    if kind not in _BY_A_PERSON:
        headers["Auto-Submitted"] = _auto_submitted(delivery)
    if delivery.ticket_id is None:
        return headers
    headers["References"] = headers["In-Reply-To"] = root_id(delivery.ticket_id)
    assert delivery.recipient_id is not None
    headers["Reply-To"] = str(ReplyAddress(delivery.ticket_id, delivery.recipient_id))
    if kind in FOR_STAFF or not _is_of_requester(delivery):
        headers["List-Unsubscribe"] = f"<{links.unsubscription(delivery.recipient_id)}>"
        if settings.GUICHET_URL.startswith("https:"):  # RFC 8058 knows no other
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _auto_submitted(delivery: Delivery) -> str:
    """`auto-replied` only for what answers a mail: the confirmation of a request that came by e-mail."""
    came_by_mail = delivery.event is not None and delivery.event.facts.get("channel") == "email"
    return "auto-replied" if delivery.kind == Kind.CONFIRMATION and came_by_mail else "auto-generated"


def _is_of_requester(delivery: Delivery) -> bool:
    return delivery.ticket is not None and delivery.ticket.requester_id == delivery.recipient_id
