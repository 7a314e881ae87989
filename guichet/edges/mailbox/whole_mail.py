from django.http import HttpResponse
from django.shortcuts import render
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
    return render(request, "mailbox/mail.html", {"row": row, "mail": mail_in(row), "waits": False})
