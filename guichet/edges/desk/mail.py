from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guichet.domain.tickets.queries import desk_counts
from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads, send_again
from guichet.foundation import clock
from guichet.reactions.email.suppressing import lift, suppressed
from guichet.reactions.queries import failed_deliveries, poisoned_events
from guichet.reactions.retrying import retry_event

from .places import Place
from .shelves import views_of
from .words import STEP_NAMES

_MOST = 100


@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """What did not reach its reader, and what stopped half-way. For leads and admins: it quotes mails."""
    for_leads(request)
    context = {
        **views_of(Place.of(request), desk_counts(request.actor)),
        "failed": failed_deliveries()[:_MOST],
        "suppressed": suppressed()[:_MOST],
        "poisoned": poisoned_events()[:_MOST],
        "step_names": STEP_NAMES,
    }
    return render(request, "desk/mail.html", context)


@require_POST
def retry_send(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Try a failed mail once more."""
    send_again(request, delivery_id)
    return redirect("desk:mail")


@require_POST
def lift_suppression(request: SignedInRequest) -> HttpResponse:
    """Let mail go again to the address that the form names."""
    for_leads(request)
    lift(request.POST.get("address", ""), by=request.actor, at=clock.now())
    messages.success(request, _("E-mails go to this address again."))
    return redirect("desk:mail")


@require_POST
def rerun_event(request: SignedInRequest, event_id: int) -> HttpResponse:
    """Run once more what should have followed from something that happened."""
    for_leads(request)
    retry_event(event_id, by=request.actor, at=clock.now())
    messages.success(request, _("This will be run again at once."))
    return redirect("desk:mail")
