"""The mailboxes that customers write to, for leads and admins; how each is read, and whether it can be."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guichet.domain.people.states import StaffRole
from guichet.domain.policy.queries import mailboxes
from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach, refuse_unless

from .sources import sources, strays
from .ways.imap.trying import Step, try_out


@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """Every mailbox, and the accounts that belong to none."""
    for_leads(request)
    return _page(request)


@require_POST
def test(request: SignedInRequest, key: str) -> HttpResponse:
    """Connect to a mailbox as its reader does, and say how far that went. For admins: it takes its time."""
    for_leads(request)
    if key not in {mailbox.key for mailbox in mailboxes()}:
        raise OutOfReach
    refuse_unless(_may_test(request))
    account = settings.GUICHET_MAILBOXES.get(key)
    if account is None:
        messages.info(request, _("Nothing fetches this mailbox, so there is no connection to test."))
        return redirect("mailbox:mailboxes")
    return _page(request, tested=key, steps=try_out(account))


def _page(request: SignedInRequest, *, tested: str = "", steps: Sequence[Step] = ()) -> HttpResponse:
    context = {
        "sources": sources(request.actor.language, at=clock.now()),
        "strays": strays(),
        "tested": tested,
        "steps": steps,
        "works": all(step.passed for step in steps),
        "may_test": _may_test(request),
    }
    return render(request, "mailbox/mailboxes.html", context)


def _may_test(request: SignedInRequest) -> bool:
    return request.actor.role is StaffRole.ADMIN
