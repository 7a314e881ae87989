from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.tickets.queries import find_attachment
from guichet.edges.chips import chip_of
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach


@require_safe
def chip(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A file that was not sent yet, as the picker shows it: for the picker of a form whose draft names it."""
    attachment = find_attachment(request.actor, str(pk))
    if not attachment.is_pending:
        raise OutOfReach
    response = render(request, "files/chip.html", {"chip": chip_of(attachment)})
    response["Cache-Control"] = "private, no-store"
    return response
