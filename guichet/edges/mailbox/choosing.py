from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach

from .asking import choose
from .models import ReceivedMessage
from .queries import mail_in
from .states import State

_BEGINNING = 600  # characters: enough to know one's own mail again


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the author of a mail says for which of their organisations it is; for nobody else it exists."""
    row = ReceivedMessage.objects.filter(pk=pk, person=request.actor.known_id).first()
    if row is None or request.actor.is_staff:
        raise OutOfReach
    if row.state == State.ASKED and request.method == "POST":
        chosen = request.POST.get("organisation", "")
        if chosen or not request.actor.seats:
            choose(row, organisation_in(chosen), at=clock.now())
    if row.state == State.DELIVERED:
        messages.info(request, _("Your request is open. We will answer you here and by e-mail."))
        return redirect("portal:request", number=row.ticket_id)
    if row.state != State.ASKED:
        raise OutOfReach
    context = {
        "section": "requests",
        "row": row,
        "beginning": mail_in(row).visible[:_BEGINNING],
        "organisations": [
            {"value": seat.organisation_id, "title": seat.organisation_name} for seat in request.actor.seats
        ],
    }
    return render(request, "mailbox/choice.html", context, status=422 if request.method == "POST" else 200)


def organisation_in(chosen: str) -> int | None:
    """The number of an organisation in a form; None for none. Raises OutOfReach for what is no number."""
    if not chosen:
        return None
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 19):
        raise OutOfReach
    return int(chosen)
