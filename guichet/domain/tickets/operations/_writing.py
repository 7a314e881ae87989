"""The one way a message comes to be. Only the verbs of this folder use it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import BigIntegerField, UUIDField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guichet.domain.people.actors import Actor
from guichet.foundation.database.rows import insert
from guichet.foundation.database.written import Slot, Written
from guichet.foundation.html import markdown, plain
from guichet.foundation.html.pictures import with_pictures
from guichet.foundation.html.sanitise import clean
from guichet.foundation.refusals import Invalid, Sentence
from guichet.foundation.text import graphemes
from guichet.foundation.text.cleaning import clean_line, clean_text

from ..mailed import Mailed
from ..models import Attachment, Message, Ticket
from ..states import Channel, MessageKind
from .attaching import discard_unsent
from .drafting import drop_draft

LONGEST_REPLY = 20_000  # grapheme clusters
_SAID = Written(
    lambda: Message.objects.filter(
        ticket=Slot("ticket", BigIntegerField()), client_key=Slot("key", UUIDField())
    )
)


def checked_reply(body: str, *, channel: Channel) -> str:
    """The body, cleaned. Raises Invalid if it is empty, or too long for a form; mails come as they are."""
    body = clean_text(body)
    if not body:
        raise Invalid({"body": _("Please write something first.")})
    length = graphemes.length(body)
    if length > LONGEST_REPLY and channel is not Channel.EMAIL:
        raise Invalid({"body": too_long(length, LONGEST_REPLY)})
    return body


def too_short(least: int) -> Sentence:
    return ngettext_lazy(
        "Please write at least %(count)d character, so that we understand.",
        "Please write at least %(count)d characters, so that we understand.",
        least,
    ) % {"count": least}


def too_long(length: int, most: int) -> Sentence:
    return ngettext_lazy(
        "This is %(over)d character too long: the most is %(most)d.",
        "This is %(over)d characters too long: the most is %(most)d.",
        length - most,
    ) % {"over": length - most, "most": most}


def said_already(ticket: Ticket, client_key: UUID | None) -> Message | None:
    """What an earlier try with the same key left: a double click is not a second message."""
    if client_key is None:
        return None
    return next(iter(_SAID.rows(ticket=ticket.pk, key=client_key)), None)


def forget_repeat(attachments: Sequence[UUID], *, draft: str, by: Actor) -> None:
    """What came with a form that had been sent already goes: the files it brought anew, and the draft that
    going back to it has saved again.
    """
    if attachments:
        discard_unsent(attachments, by=by)
    drop_draft(draft, by=by)


def write(
    ticket: Ticket,
    *,
    kind: MessageKind,
    body: str,
    channel: Channel,
    attachments: Sequence[UUID] = (),
    client_key: UUID | None = None,
    mail: Mailed | None = None,
    draft: str,
    by: Actor,
    at: datetime,
) -> Message:
    """Add a message with its files, and drop the draft it was. The ticket row is the caller's to save."""
    unproven = mail.sender if mail else None
    message = Message(
        ticket=ticket,
        author_id=None if unproven else by.person_id,
        by_staff=by.is_staff and not unproven,
        kind=kind,
        channel=channel,
        body=body,
        html=rendered(body, by=by) if mail is None else _mailed(body, mail),
        created_at=at,
        client_key=client_key,
        trimmed=mail is not None and mail.trimmed,
        sender_name=clean_line(unproven.name, 120) if unproven else "",
        sender_address=clean_line(unproven.address, 320) if unproven else "",
    )
    insert(message)
    if attachments:
        _claim(attachments, message, by=by)
    if channel is not Channel.EMAIL:  # a mail was no form: what its author typed in one still stands
        drop_draft(draft, by=by)
    return message


def rendered(body: str, *, by: Actor) -> str:
    """Staff write Markdown; what customers write is shown as they typed it."""
    return markdown.render(body) if by.is_staff else plain.paragraphs(body)


def _mailed(body: str, mail: Mailed) -> str:
    """As it was written in the mail. Nobody writes Markdown there."""
    return with_pictures(clean(mail.html), mail.pictures) or plain.paragraphs(body)


def _claim(attachments: Sequence[UUID], message: Message, *, by: Actor) -> None:
    wanted = set(attachments)
    claimed = Attachment.objects.filter(pk__in=wanted, message=None, uploader=by.person_id).update(
        ticket=message.ticket, message=message
    )
    if claimed != len(wanted):
        raise Invalid({"attachments": _("A file is no longer there. Please attach it again.")})
