"""How the desk answers: a page, or for a script the pieces of it that have changed."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import Conflict, Invalid, OutOfReach, Refusal, Sentence

from .composing import Composing, Kind
from .contexts import conversation_of, parts_of
from .places import Place
from .shelves import views_of
from .swaps import wants_piece


def act(
    request: SignedInRequest, number: int, do: Callable[[Ticket], object], *, told: Sentence = ""
) -> HttpResponse:
    """Do something with a request this agent reaches, and show how it stands now; `told` confirms it.

    Where the business says no, the request is shown as it is, with the reason, and nothing typed is lost.
    """
    ticket = find(request.actor, number)
    try:
        do(ticket)
    except (Conflict, Invalid) as refusal:
        return show_refusal(request, number, refusal)
    return show_change(request, number, told=told)


def show_change(
    request: SignedInRequest,
    number: int,
    fresh: Kind | None = None,
    read_up_to: int | None = None,
    told: Sentence = "",
) -> HttpResponse:
    """The request after something was done with it; the list, where it is now out of this agent's reach.

    `fresh` is the form of the composer that begins anew, `read_up_to` the last message the other has seen.
    """
    place = Place.of(request)
    try:
        ticket = find(request.actor, number)
    except OutOfReach:
        return _handed_over(request, number, place)
    if not wants_piece(request):
        if told:
            messages.success(request, str(told))
        return redirect(place.to("ticket", number=number))
    context = {
        **parts_of(request.actor, ticket, place),
        "composing": Composing(kind=fresh, having_read=ticket.last_message_id) if fresh else None,
        "read_up_to": read_up_to,
        "told": told,
    }
    response = render(request, "desk/parts.html" if _shows(request, number) else "desk/told.html", context)
    # The list may look different now; the news of it can take a moment longer than this answer.
    response["HX-Trigger"] = "live:desk"
    return response


def show_refusal(request: SignedInRequest, number: int, refusal: Refusal) -> HttpResponse:
    """Why something was not done, beside the request as it is now."""
    ticket, place = find(request.actor, number), Place.of(request)
    sentence = _sentence_of(refusal)
    status = 422 if isinstance(refusal, Invalid) else 409
    if not wants_piece(request):
        messages.error(request, str(sentence))
        return show_page(request, ticket, place, status=status, typed=request.POST)
    if isinstance(refusal, Invalid):  # the field that it is about stays as it was typed
        return render(request, "desk/refusal.html", {"refusal": sentence}, status=422)
    context = {**parts_of(request.actor, ticket, place), "refusal": sentence}
    # htmx swaps what comes with a 422 and drops what comes with a 409.
    return render(request, "desk/parts.html", context, status=422)


def show_composing(
    request: SignedInRequest, ticket: Ticket, composing: Composing, *, status: int
) -> HttpResponse:
    """A form of the composer that comes back with what was typed, and the conversation as it is now."""
    place = Place.of(request)
    if wants_piece(request):
        context = parts_of(request.actor, ticket, place)
        status = 422 if status == 409 else status
        return render(request, "desk/parts.html", {**context, "composing": composing}, status=status)
    return show_page(request, ticket, place, composing=composing, status=status)


def show_preview(request: SignedInRequest, ticket: Ticket, composing: Composing) -> HttpResponse:
    """What is typed, as it will look: the form itself stays as it is."""
    if wants_piece(request):
        return render(request, "desk/preview_piece.html", {"ticket": ticket, "composing": composing})
    return show_page(request, ticket, Place.of(request), composing=composing)


def show_page(
    request: SignedInRequest,
    ticket: Ticket,
    place: Place,
    *,
    composing: Composing | None = None,
    status: int = 200,
    typed: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The whole page of a request. The list beside it is read by the page itself, once it is shown."""
    composers = {composing.kind: composing} if composing else None
    context = {
        **views_of(place, {}),
        **conversation_of(request.actor, ticket, place, composers=composers),
        "typed": typed or {},
    }
    return render(request, "desk/ticket.html", context, status=status)


def _shows(request: SignedInRequest, number: int) -> bool:
    """Whether the page of the script shows this request; beside another one its pieces find no place."""
    page = request.headers.get("HX-Current-URL")
    return page is None or f"/tickets/{number}/" in page


def _handed_over(request: SignedInRequest, number: int, place: Place) -> HttpResponse:
    messages.success(request, _("Request #%(number)s is now with another team.") % {"number": number})
    if wants_piece(request):
        return HttpResponse(status=204, headers={"HX-Redirect": place.list_url})
    return redirect(place.list_url)


def _sentence_of(refusal: Refusal) -> Sentence:
    if isinstance(refusal, Invalid):
        return next(iter(refusal.mistakes.values()), refusal.sentence)
    return refusal.sentence
