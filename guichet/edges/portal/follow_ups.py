from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import find
from guichet.edges.posted import client_key
from guichet.edges.requests import SignedInRequest
from guichet.edges.uploads import take_in
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict, Invalid

from .enclosures import enclosures, together_with
from .threads import Written, is_past, thread_page


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: SignedInRequest, number: int) -> HttpResponse:
    """Go on with a request that was closed too long ago to reopen, in a new one that is linked to it."""
    ticket = find(request.actor, number)
    if request.method != "POST":
        if not is_past(ticket, clock.now()):
            return redirect("portal:request", number=ticket.pk)
        return follow_up_page(request, ticket, written=Written.of_draft(request.actor, ticket))
    written = Written(body=request.POST.get("body", ""), intake=take_in(request))
    try:
        with together_with(written.intake):
            new = tickets.follow_up(
                ticket,
                body=written.body,
                attachments=written.intake.ids,
                client_key=client_key(request),
                by=request.actor,
                at=clock.now(),
            )
    except Invalid as refusal:
        return follow_up_page(request, ticket, written=written.with_mistakes(refusal.mistakes), status=422)
    except Conflict as refusal:
        # It was reopened meanwhile: their words can be said in it.
        written = written.with_mistakes({"body": refusal.sentence})
        return thread_page(request, ticket, written=written, status=409)
    messages.success(request, _("Your message is with our team."))
    return redirect("portal:request", number=new.pk)


def follow_up_page(
    request: SignedInRequest, ticket: Ticket, *, written: Written, status: int = 200
) -> HttpResponse:
    context = {
        "section": "requests",
        "ticket": ticket,
        "written": written,
        "enclosures": enclosures(request.actor, written.intake, written.mistakes),
        "key": client_key(request) or uuid4(),
    }
    return render(request, "portal/follow_up.html", context, status=status)
