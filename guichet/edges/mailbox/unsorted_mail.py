"""Mail that waits for a person. For leads and admins: strangers wrote it, to whomever they liked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach
from guichet.foundation.storage.names import disposition
from guichet.reactions.retrying import may_tend

from . import handling
from .queries import find_received, mail_in, raw_of, unsorted
from .states import State

_MOST = 100


@require_safe
def show_all(request: SignedInRequest) -> HttpResponse:
    """The newest of them, each with its reason."""
    _for_leads(request)
    return render(request, "mailbox/unsorted.html", {"mails": unsorted()[:_MOST]})


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them, as plain text, with the names of its files."""
    _for_leads(request)
    row = find_received(pk)
    return render(
        request, "mailbox/mail.html", {"row": row, "mail": mail_in(row), "waits": _waits(row.state)}
    )


@require_safe
def show_raw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its bytes, to be saved: no browser may show them as a page of ours."""
    _for_leads(request)
    row = find_received(pk)
    response = HttpResponse(raw_of(row), content_type="message/rfc822")
    response["Content-Disposition"] = disposition("attachment", f"mail-{row.pk}.eml")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    _for_leads(request)
    handling.dismiss(find_received(pk), at=clock.now())
    messages.success(request, _("This e-mail has been put aside. It is still kept."))
    return redirect("mailbox:unsorted")


@require_POST
def deliver_again(request: SignedInRequest, pk: int) -> HttpResponse:
    _for_leads(request)
    row = handling.deliver_again(find_received(pk), at=clock.now())
    if row.state == State.DELIVERED:
        messages.success(request, _("This e-mail is now in request #%(number)s.") % {"number": row.ticket_id})
    else:
        messages.warning(request, _("This e-mail could not be delivered this time either."))
    return redirect("mailbox:unsorted")


def _waits(state: str) -> bool:
    return state in (State.UNSORTED, State.RECEIVED)


def _for_leads(request: SignedInRequest) -> None:
    if not may_tend(request.actor):
        raise OutOfReach
