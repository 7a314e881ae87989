"""How a file gets in: streamed to storage under its limit, looked at, noted for its uploader."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid, Refusal, Sentence
from guichet.foundation.storage import files, images, kinds
from guichet.foundation.storage.files import Stored

_IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


Draw = Callable[[IO[bytes]], bytes | None]


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass
class Intake:
    """What came with a form: the ids of files that are in, and a sentence where one could not be taken."""

    ids: list[UUID] = field(default_factory=list)
    mistakes: dict[str, Sentence] = field(default_factory=dict)


def take_in(request: SignedInRequest) -> Intake:
    """The files of a form: those sent before (field `attachments`) and those that came with it (`files`)."""
    intake = Intake(ids=sent_before(request.POST.get("attachments", "")))
    posted = request.FILES.getlist("files")
    most = current().attachments.max_files
    for upload in posted[: max(0, most - len(intake.ids))]:
        try:
            intake.ids.append(_keep_posted(request, upload).pk)
        except Refusal as refusal:
            intake.mistakes["attachments"] = _sentence_of(refusal)
    if len(intake.ids) > most or (posted and len(posted) > most):
        intake.mistakes["attachments"] = _("At most %(most)d files can be sent at once.") % {"most": most}
    return intake


def sent_before(value: str) -> list[UUID]:
    """The ids in a hidden field; what is none is left out."""
    ids = []
    for word in value.split()[:100]:
        try:
            ids.append(UUID(word))
        except ValueError:
            continue
    return list(dict.fromkeys(ids))


def keep(request: SignedInRequest, chunks: Iterable[bytes], *, name: str) -> Attachment:
    """Store a file and note it. Raises Invalid with a sentence: too large, empty, too many unsent."""
    return keep_for(request.actor, chunks, name=name)


def keep_for(actor: Actor, chunks: Iterable[bytes], *, name: str, draw: Draw = images.preview) -> Attachment:
    """The same for whoever sent the file by another way than a page. `draw` makes the preview of an image."""
    stored = _store(chunks)
    try:
        media_type, preview_as = _looked_at(stored, name, draw)
        return tickets.attach(
            stored,
            name=name,
            media_type=media_type,
            preview_as=preview_as,
            by=actor,
            at=clock.now(),
        )
    except Refusal:
        files.discard(stored.name)
        raise


def chunks_of(body: Readable, size: int = 2**16) -> Iterator[bytes]:
    """A body, piece by piece."""
    while piece := body.read(size):
        yield piece


def _keep_posted(request: SignedInRequest, upload: "UploadedFile[bytes]") -> Attachment:
    return keep(request, upload.chunks(), name=upload.name or "")


def _store(chunks: Iterable[bytes]) -> Stored:
    rules = current().attachments
    try:
        return files.store(chunks, limit=rules.max_bytes)
    except files.TooLarge:
        sentence = _("This file is larger than %(most)d MB, the most we can take.") % {"most": rules.max_mb}
    except files.Empty:
        sentence = _("This file is empty.")
    raise Invalid({"attachments": sentence})


def _looked_at(stored: Stored, name: str, draw: Draw) -> tuple[str, str]:
    """Its media type as its bytes tell, and, for an image, the stored name of a harmless preview."""
    with files.open_stored(stored.name) as file:
        media_type = kinds.sniff(file.read(kinds.HEAD), name)
        if media_type not in _IMAGES:
            return media_type, ""
        file.seek(0)
        preview = draw(file)
    if preview is None:
        return media_type, ""
    return media_type, files.store([preview], limit=len(preview)).name


def _sentence_of(refusal: Refusal) -> Sentence:
    if isinstance(refusal, Invalid):
        return refusal.mistakes.get("attachments", refusal.sentence)
    return refusal.sentence
