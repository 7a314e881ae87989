from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guichet.domain.tickets.models import Message
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach

from .queries import mail_in, received_as


@require_safe
def show(request: SignedInRequest, message_id: int) -> HttpResponse:
    """The whole mail of which a message shows the visible part, for staff who work on the request."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None or not request.actor.is_staff:
        raise OutOfReach
    find(request.actor, message.ticket_id)
    row = received_as(message)
    if row is None:
        messages.info(request, _("The e-mail behind this message is not kept here."))
        return redirect(f"/desk/tickets/{message.ticket_id}/")
    return render(request, "mailbox/mail.html", {"row": row, "mail": mail_in(row), "waits": False})


@require_safe
def show_own(request: SignedInRequest, message_id: int) -> HttpResponse:
    """The same for who wrote it, as long as they see the request. Staff read it at the desk."""
    message = Message.objects.filter(pk=message_id, author=request.actor.known_id).first()
    if message is None:
        raise OutOfReach
    find(request.actor, message.ticket_id)
    if request.actor.is_staff:
        return redirect("mailbox:whole", message_id)
    row = received_as(message)
    if row is None:
        raise OutOfReach
    return render(request, "mailbox/own.html", {"row": row, "mail": mail_in(row), "message": message})
