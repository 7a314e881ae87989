from uuid import UUID

import structlog
from django.http import FileResponse
from django.views.decorators.http import require_safe

from guichet.domain.tickets.queries import find_attachment
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach
from guichet.foundation.storage.files import open_stored
from guichet.foundation.storage.names import disposition

log = structlog.get_logger("guichet.files")


@require_safe
def download(request: SignedInRequest, pk: UUID) -> FileResponse:
    """The file as it was sent, always to be saved, never shown: its bytes are a stranger's."""
    attachment = find_attachment(request.actor, str(pk))
    log.info("file_fetched", attachment=str(pk), person=request.actor.person_id)
    response = FileResponse(open_stored(attachment.stored_as), content_type=attachment.media_type)
    response["Content-Length"] = str(attachment.size)
    response["Content-Disposition"] = disposition("attachment", attachment.name)
    return _locked_up(response)


@require_safe
def preview(request: SignedInRequest, pk: UUID) -> FileResponse:
    """An image drawn anew by us from the one that was sent: the only thing shown in a page."""
    attachment = find_attachment(request.actor, str(pk))
    if not attachment.preview_as:
        raise OutOfReach
    response = FileResponse(open_stored(attachment.preview_as), content_type="image/webp")
    response["Content-Disposition"] = disposition("inline", f"{attachment.name}.webp")
    return _locked_up(response)


def _locked_up(response: FileResponse) -> FileResponse:
    """Nothing in it runs, nothing guesses its type, and no shared cache keeps what a right has opened."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
