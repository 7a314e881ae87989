from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets import policies
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import find, versions_of
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid, OutOfReach, Sentence

from .places import Place
from .shelves import views_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, number: int, message_id: int) -> HttpResponse:
    """Every version of a message; and, for its author, the form that makes a new one."""
    ticket = find(request.actor, number)
    message = _first_of(ticket, message_id)
    if request.method != "POST":
        return _show(request, ticket, message)
    try:
        body = request.POST.get("body", "")
        tickets.edit_message(message, body=body, by=request.actor, at=clock.now())
    except Invalid as refusal:
        return _show(request, ticket, message, typed=body, error=refusal.mistakes["body"])
    return redirect(f"{Place.of(request).to('ticket', number=number)}#message-{message.pk}")


def _first_of(ticket: Ticket, message_id: int) -> Message:
    own = Message.objects.select_related("author").filter(ticket=ticket, original=None)
    message = own.filter(pk=message_id).first() if message_id < 2**63 else None
    if message is None:
        raise OutOfReach
    return message


def _show(
    request: SignedInRequest, ticket: Ticket, message: Message, typed: str | None = None, error: Sentence = ""
) -> HttpResponse:
    place = Place.of(request)
    versions = [message, *versions_of(request.actor, message)]
    context = {
        **views_of(place, {}),
        "ticket": ticket,
        "first": message,
        "versions": [(one.created_at, Markup(one.html)) for one in reversed(versions)],  # noqa: S704  sanitised
        "may_edit": policies.may_edit_message(request.actor, message),
        "body": versions[-1].body if typed is None else typed,
        "error": error,
    }
    return render(request, "desk/message.html", context, status=422 if error else 200)
