"""What of a mail is carried into a message: its visible words, in both forms, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.urls import reverse

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.tickets.mailed import Mailed, Sender
from guichet.domain.tickets.models import Attachment
from guichet.edges.uploads import Draw, keep_for
from guichet.foundation.refusals import Invalid
from guichet.foundation.storage import images

from .reading import File, Mail

# For all pictures of a mail together. Those that do not get their preview for it are downloads.
_PICTURES = images.Allowance(seconds=1.2, memory=256 * 2**20)

log = structlog.get_logger("guichet.mail")


@dataclass(frozen=True, slots=True)
class Carried:
    """For the verbs of a request. The files are kept already, by whoever acts."""

    body: str
    attachments: Sequence[UUID]
    mail: Mailed


def says_nothing(mail: Mail) -> bool:
    return not mail.visible.strip() and not mail.files


def typed_sender(mail: Mail) -> Sender:
    """Who a mail shows as its sender."""
    return Sender(name=mail.author.name or mail.sender_name, address=mail.author.address or mail.sender)


def carry(mail: Mail, *, by: Actor, proven: bool) -> Carried:
    """Keep the files of a mail and say what it says; unless `proven`, with its sender as it was typed."""
    kept = _kept(mail.files, by)
    pictures = {
        file.content_id.lower(): reverse("files:preview", args=[attachment.pk])
        for file, attachment in kept
        if file.content_id and attachment.preview_as
    }
    return Carried(
        body=mail.visible.strip() or "\n".join(file.name for file in mail.files) or mail.subject,
        attachments=[attachment.pk for _file, attachment in kept],
        mail=Mailed(
            html=mail.html_visible,
            pictures=pictures,
            trimmed=mail.visible.strip() != mail.text.strip(),
            sender=None if proven else typed_sender(mail),
        ),
    )


def _kept(attached: tuple[File, ...], actor: Actor) -> list[tuple[File, Attachment]]:
    """The files that the vendor's rules take. The others stay in the mail, which is kept whole."""
    rules = current().attachments
    taken = attached[: rules.max_files]
    shown = [file.content if len(file.content) <= rules.max_bytes else b"" for file in taken]
    kept = []
    for file, preview in zip(taken, images.previews(shown, allowance=_PICTURES), strict=True):
        try:
            attachment = keep_for(actor, [file.content], name=file.name, draw=_given(preview))
        except Invalid as refusal:
            log.info("a file stays in its mail", name=file.name, why=str(refusal.mistakes))
        else:
            kept.append((file, attachment))
    return kept


def _given(preview: bytes | None) -> Draw:
    return lambda _file: preview
