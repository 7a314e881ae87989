from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.edges.posted import number_in
from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads
from guichet.foundation import clock

from . import handling
from .deliver import deliver
from .queries import find_received
from .states import Way
from .unsorted_mail import told


@require_POST
def create(request: SignedInRequest) -> HttpResponse:
    """Take in a mail as a file; with `instead_of`, for one that waits: mended, and that one is put aside.

    Nothing proves its sender, whatever it says: a person can have written all of it.
    """
    for_leads(request)
    before = number_in(request.POST.get("instead_of", ""))
    waiting = find_received(before) if before else None
    most = settings.GUICHET_MAIL_LIMITS.most_bytes
    file = request.FILES.get("mail")
    raw = file.read(most + 1) if file else b""
    if not raw or len(raw) > most:
        messages.warning(
            request,
            _("This file is larger than %(most)d MB, the most we can take.") % {"most": most // 2**20}
            if raw
            else _("Please choose an e-mail that was saved as a file (.eml)."),
        )
        return redirect("mailbox:mail", waiting.pk) if waiting else redirect("mailbox:unsorted")
    row = deliver(raw, way=Way.HAND)
    if waiting and row.pk == waiting.pk:
        messages.warning(request, _("Nothing in this file differs from the e-mail as it arrived."))
        return redirect("mailbox:mail", waiting.pk)
    if waiting:
        handling.dismiss(waiting, at=clock.now())
    return told(request, row)
