from django.http import HttpResponse
from django.views.decorators.http import require_POST

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Conflict, Invalid

from .answers import show_change, show_composing, show_preview
from .composing import Posted


@require_POST
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """Write an internal note. It is no conversation with the customer, so nothing makes it wait."""
    ticket, posted = find(request.actor, number), Posted.read(request)
    if posted.then == "preview":
        return show_preview(request, ticket, posted.handed_back(request, "note", ticket))
    try:
        posted.check()
        note = tickets.note(
            ticket,
            body=posted.body,
            attachments=posted.intake.ids,
            client_key=posted.client_key,
            by=request.actor,
            at=clock.now(),
        )
    except (Conflict, Invalid) as refusal:
        status = 422 if isinstance(refusal, Invalid) else 409
        returned = posted.handed_back(request, "note", ticket, refusal)
        return show_composing(request, ticket, returned, status=status)
    return show_change(request, number, "note", read_up_to=_read_up_to(ticket, posted.having_read, note))


def _read_up_to(ticket: Ticket, having_read: int | None, note: Message) -> int | None:
    """One's own note is nothing new to its author, unless something else came in between."""
    if having_read is None:
        return None
    missed = Message.objects.filter(ticket=ticket, id__gt=having_read, id__lt=note.pk, original=None)
    return having_read if missed.exists() else note.pk
