from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets.operations import discard
from guichet.domain.tickets.queries import find_attachment
from guichet.edges.requests import SignedInRequest


@require_POST
def remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take back a file that was not sent yet."""
    discard(find_attachment(request.actor, str(pk)), by=request.actor)
    return HttpResponse(status=204)
