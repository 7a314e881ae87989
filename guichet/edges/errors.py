"""The one place where a refusal becomes a status and a page."""

import sys
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guichet.edges.requests import page_before, wants_fragment
from guichet.edges.typed import typed_text
from guichet.foundation.refusals import (
    Conflict,
    Invalid,
    NotAllowed,
    OutOfReach,
    Refusal,
    Sentence,
    Unavailable,
)

STATUSES: Mapping[type[Refusal], int] = {
    NotAllowed: 403,
    OutOfReach: 404,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}
TITLES: Mapping[int, Sentence] = {
    400: _("We could not read this request"),
    403: _("This is not yours to do"),
    404: _("There is nothing at this address"),
    405: _("This page opens from a form only"),
    409: _("Something changed meanwhile"),
    413: _("This is too large"),
    422: _("Some answers need another look"),
    429: _("Please wait a moment"),
    500: _("Something broke on our side"),
    503: _("We are very busy just now"),
}
TOO_LARGE = _("This is larger than we can take. Nothing of it was saved.")
HINTS: Mapping[int, Sentence] = {
    403: _("If you think that this is a mistake, please ask us."),
    404: _("Please check the address, or begin again from the start page."),
    405: _("Please begin again from the start page."),
    409: _("Open the page again to see how it stands now."),
}


class Refusals:
    """Middleware: answers the refusals that a view lets through, and what was refused on the way to one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if refused_body := request.META.get("guichet.refused"):
            return body_refused(request, refused_body)
        response = self.get_response(request)
        return unopened(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page, or for a script the fragment, that tells the person what `refusal` says."""
    status = next((code for kind, code in STATUSES.items() if isinstance(refusal, kind)), 409)
    mistakes = refusal.mistakes if isinstance(refusal, Invalid) else {}
    again = page_before(request) if status == 409 and request.method == "POST" else ""
    return _answer(
        request, status, refusal.sentence, mistakes=mistakes, typed=typed_text(request), again=again
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Somebody sent something after their session had ended: what they typed is handed back (403)."""
    sign_in, before = reverse("account_login"), page_before(request)
    return _answer(
        request,
        403,
        _("Your session has ended, so this was not saved. Please sign in and send it again."),
        title=_("You are no longer signed in"),
        typed=typed_text(request),
        sign_in=f"{sign_in}?{urlencode({'next': before}, safe='/')}" if before else sign_in,
    )


def body_refused(request: HttpRequest, status: int) -> HttpResponse:
    """What was sent is too large (413), or came with too much else from the same address (503)."""
    if status == 413:
        return _answer(request, 413, TOO_LARGE)
    sentence = _("Too much is being sent from where you are. Please try again in a minute.")
    return _answer(request, 503, sentence)


def unopened(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """Somebody typed, or came back to, the address that a form is sent to (405)."""
    page = _answer(request, 405, _("There is nothing to see at this address by itself."))
    page["Allow"] = response.headers.get("Allow", "")
    return page


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token (403): a page left open while somebody signed in or out, or an attack."""
    return _answer(
        request,
        403,
        _("This page was open for too long, so nothing was saved. Please open it again and resend."),
        title=_("Please send this once more"),
        typed=typed_text(request),
        again=page_before(request),
    )


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, 413, TOO_LARGE)
    return _answer(request, 400, _("What arrived was damaged. Nothing was saved; please try again."))


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, NotAllowed(_("You are not allowed to do this.")))


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Word for word what a thing out of reach answers: nobody learns that it exists.
    return refused(request, OutOfReach())


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    response = _answer(
        request, 429, _("There were many tries in a short time. Please wait a few minutes and try again.")
    )
    response["Retry-After"] = "300"
    return response


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault (500), or a database that does not answer (503)."""
    typed = typed_text(request)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        sentence = _("The answer took too long to come. Please try again in a minute.")
        return _answer(request, 503, sentence, typed=typed, bare=True)
    sentence = _("We have noted what happened. Please try again; if it happens again, please tell us.")
    return _answer(request, 500, sentence, typed=typed, bare=True)


def _answer(
    request: HttpRequest,
    status: int,
    sentence: Sentence,
    *,
    title: Sentence = "",
    bare: bool = False,
    **more: Any,
) -> HttpResponse:
    # `bare` asks nobody who is looking nor for which vendor: that may be what is broken.
    template = "errors/fragment.html" if wants_fragment(request) else "errors/refused.html"
    context = {
        "status": status,
        "title": title or TITLES[status],
        "sentence": sentence,
        "hint": HINTS.get(status) if not title else "",
        **more,
    }
    page = loader.render_to_string(template, context, None if bare else request)
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "60"
    return response
