from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import find
from guichet.edges.posted import client_key, number_in
from guichet.edges.requests import SignedInRequest
from guichet.edges.uploads import take_in
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict, Invalid

from .enclosures import together_with
from .follow_ups import follow_up_page
from .threads import Written, thread_page


@require_POST
def reply(request: SignedInRequest, number: int) -> HttpResponse:
    """Answer in a request; with `then=close` the same step closes it.

    An answer is never held back by a message that came meanwhile, but the request then stays open.
    """
    ticket, at = find(request.actor, number), clock.now()
    closing, missed = request.POST.get("then") == "close", False
    written = Written(body=request.POST.get("body", ""), intake=take_in(request))
    try:
        with together_with(written.intake, several=closing):
            said = tickets.reply(
                ticket,
                body=written.body,
                attachments=written.intake.ids,
                client_key=client_key(request),
                by=request.actor,
                at=at,
            )
            # An answer that was there already has had its effect: what came after it stands.
            if closing and said.created_at == at:
                missed = not _close(request, ticket, at=at)
    except Invalid as refusal:
        return thread_page(request, ticket, written=written.with_mistakes(refusal.mistakes), status=422)
    except Conflict as refusal:
        # The window closed while they wrote: their words go on in a follow-up.
        written = written.with_mistakes({"body": refusal.sentence})
        return follow_up_page(request, ticket, written=written, status=409)
    if missed:
        messages.warning(
            request,
            _("Your answer is sent. A message came meanwhile, so the request stays open: please read it."),
        )
    elif closing:
        messages.success(request, _("Your answer is sent and the request is closed. Thank you!"))
    else:
        messages.success(request, _("Your answer is sent."))
    address = reverse("portal:request", kwargs={"number": ticket.pk})
    return redirect(f"{address}#message-{said.pk}")


def _close(request: SignedInRequest, ticket: Ticket, *, at: datetime) -> bool:
    """Whether it could be closed: nothing that somebody else said is closed over unread."""
    having_read = number_in(request.POST.get("having_read", ""))
    try:
        tickets.close(ticket, having_read=having_read, by=request.actor, at=at)
    except Conflict:
        return False
    return True
