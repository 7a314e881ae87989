from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets.operations import discard
from guichet.domain.tickets.queries import find_attachment
from guichet.edges.requests import SignedInRequest
from guichet.foundation.storage import files


@require_POST
def remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take back a file that was not sent yet."""
    for stored_as in discard(find_attachment(request.actor, str(pk)), by=request.actor):
        files.discard(stored_as)
    return HttpResponse(status=204)
