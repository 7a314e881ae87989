from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from guichet.foundation.refusals import OutOfReach
from guichet.reactions.email.models import CapturedMail

from .reading import shown

_MOST = 100
# The mail's own styles may apply; no script runs, nothing is fetched, and only our page may frame it.
_SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@login_not_required
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The newest mails of the demonstration."""
    return render(request, "outbox/list.html", {"mails": _mails().defer("raw")[:_MOST]})


@login_not_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: as HTML in a frame, as text, and its headers."""
    captured = _find(pk)
    return render(request, "outbox/mail.html", {"captured": captured, "mail": shown(captured)})


@login_not_required
@require_safe
@xframe_options_sameorigin
def show_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of a mail alone, for the frame."""
    response = HttpResponse(shown(_find(pk)).html)
    response["Content-Security-Policy"] = _SANDBOX
    return response


def _mails() -> QuerySet[CapturedMail]:
    if not settings.GUICHET_OUTBOX:
        raise OutOfReach
    return CapturedMail.objects.order_by("-captured_at", "-id")


def _find(pk: int) -> CapturedMail:
    captured = _mails().filter(pk=pk).first()
    if captured is None:
        raise OutOfReach
    return captured
