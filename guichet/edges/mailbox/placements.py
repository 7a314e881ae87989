from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets.queries import find
from guichet.edges.posted import number_in
from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach

from . import handling
from .queries import find_received
from .states import State
from .unsorted_mail import mail_page, told


@require_POST
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a mail that waits into the request named, as a note."""
    for_leads(request)
    row = find_received(pk)
    if row.state != State.UNSORTED:
        return told(request, row)
    number = number_in(request.POST.get("number", "").strip().removeprefix("#"))
    try:
        ticket = find(request.actor, number or 0)
    except OutOfReach:
        return mail_page(request, row, mistakes={"number": _("We know no request with this number.")})
    handling.keep_in(row, ticket.pk, at=clock.now())
    return told(request, row)
