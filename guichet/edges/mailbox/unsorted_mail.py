"""Mail that waits for a person. For leads and admins: strangers wrote it, to whomever they liked."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads
from guichet.foundation import clock
from guichet.foundation.refusals import Sentence
from guichet.foundation.storage.names import disposition

from . import handling
from .explaining import why
from .guessing import Guess, probable, seats_of
from .models import ReceivedMessage
from .paging import page_at
from .queries import all_received, dismissed, find_received, mail_in, raw_of, unsorted
from .states import State

_SHOWN = {"waiting": unsorted, "aside": dismissed, "all": all_received}


@require_safe
def show_all(request: SignedInRequest) -> HttpResponse:
    """A page of them, each with its reason; or of what was put aside; or of all that came in."""
    for_leads(request)
    shown = request.GET.get("show", "")
    shown = shown if shown in _SHOWN else "waiting"
    context = {"shown_mails": shown, "page": page_at(_SHOWN[shown](), request.GET.get("at", "")), "why": why}
    return render(request, "mailbox/unsorted.html", context)


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them, as plain text, with the names of its files, and whose it may be."""
    for_leads(request)
    return mail_page(request, find_received(pk))


def mail_page(
    request: SignedInRequest,
    row: ReceivedMessage,
    *,
    seats: Sequence[Guess] = (),
    mistakes: Mapping[str, Sentence] | None = None,
) -> HttpResponse:
    """The same; after a form that named a person with several `seats`, or made a mistake, with those."""
    mail = mail_in(row)
    context = {
        "row": row,
        "mail": mail,
        "why": why,
        "waits": row.state in (State.UNSORTED, State.RECEIVED),
        "opens": row.state == State.UNSORTED,
        "guesses": seats or (probable(mail) if row.state == State.UNSORTED else ()),
        "seats": seats_of(row.person) if row.state == State.ASKED and row.person else (),
        "typed": request.POST.get("person", row.sender),
        "number": request.POST.get("number", ""),
        "mistakes": mistakes or {},
    }
    return render(request, "mailbox/mail.html", context, status=422 if seats or mistakes else 200)


@require_safe
def show_raw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its bytes, to be saved: no browser may show them as a page of ours."""
    for_leads(request)
    row = find_received(pk)
    response = HttpResponse(raw_of(row), content_type="message/rfc822")
    response["Content-Disposition"] = disposition("attachment", f"mail-{row.pk}.eml")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    for_leads(request)
    handling.dismiss(find_received(pk), at=clock.now())
    messages.success(request, _("This e-mail has been put aside. It is still kept."))
    return redirect("mailbox:unsorted")


@require_POST
def deliver_again(request: SignedInRequest, pk: int) -> HttpResponse:
    for_leads(request)
    row = handling.deliver_again(find_received(pk), at=clock.now())
    if row.state == State.DELIVERED:
        messages.success(request, _("This e-mail is now in request #%(number)s.") % {"number": row.ticket_id})
    else:
        messages.warning(request, _("This e-mail could not be delivered this time either."))
    return redirect("mailbox:unsorted")


def told(request: SignedInRequest, row: ReceivedMessage) -> HttpResponse:
    """What has become of a mail that somebody dealt with: in its request, or where it waits."""
    row.refresh_from_db()
    if row.state == State.DELIVERED:
        messages.success(request, _("This e-mail is now in request #%(number)s.") % {"number": row.ticket_id})
        return redirect(f"/desk/tickets/{row.ticket_id}/")
    if row.state == State.UNSORTED:
        messages.warning(request, str(row.get_reason_display()))
        return redirect("mailbox:mail", row.pk)
    messages.warning(request, _("This e-mail has been dealt with already."))
    return redirect("mailbox:unsorted")
