"""A mail provider hands over mail that came, and tells how mails fare that it took from us."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from anymail.webhooks.base import AnymailBasicAuthMixin
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach
from guichet.reactions.email.returning import Return, arrived, complained, is_hard, returned_by_id
from guichet.reactions.email.unsubscribing import unsubscribed

from ..receive import receive
from ..states import Way
from .forms import read_body, read_form
from .whole import FIELDS, whole_mails

_NAMES = {
    "brevo": "Brevo",
    "mailgun": "Mailgun",
    "mailjet": "Mailjet",
    "postmark": "Postmark",
    "resend": "Resend",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
}
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_RETURNED = ("bounced", "rejected", "failed")
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, ImproperlyConfigured)
_LARGE = threading.Lock()
_SECONDS_TO_WAIT = 5.0


@csrf_exempt
@login_not_required
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Keep what came. The provider is thanked once it is committed, and comes again otherwise."""
    hook = _hook(request, "Inbound")
    with _room_for(request) as has_room:
        if not has_room:
            return HttpResponse(status=503, headers={"Retry-After": "60"})
        try:
            _read(hook, request)
            mails = list(_mails(hook, request))
        except _UNREADABLE:
            return HttpResponseBadRequest()
        for raw in mails:
            receive(raw, way=Way.WEBHOOK, verified=False, at=clock.now())
    return HttpResponse()


@csrf_exempt
@login_not_required
@require_POST
def be_told(request: HttpRequest) -> HttpResponse:
    """Write on our mails what became of them."""
    hook = _hook(request, "Tracking")
    try:
        _read(hook, request)
        events = hook.parse_events(request)
    except _UNREADABLE:
        return HttpResponseBadRequest()
    for event in events:
        _land(event)
    return HttpResponse()


def _hook(request: HttpRequest, kind: str) -> Any:
    """What reads this provider's calls, once the provider has shown our secret; nothing of them is read yet.

    Raises SuspiciousOperation, which is answered 400, for whoever does not know the secret.
    """
    provider = settings.GUICHET_MAIL_PROVIDER
    if not provider:
        raise OutOfReach
    module = import_module(f"anymail.webhooks.{provider}")
    hook = getattr(module, f"{_NAMES[provider]}{kind}WebhookView")()
    hook.setup(request)
    AnymailBasicAuthMixin.validate_request(hook, request)
    return hook


def _read(hook: Any, request: HttpRequest) -> None:
    """Take in what the provider sends, within the limits of a mail rather than those of strangers."""
    read_body(request, most=2 * settings.GUICHET_MAIL_LIMITS.most_bytes)
    if request.content_type != "application/json":
        read_form(request, raw=FIELDS.get(settings.GUICHET_MAIL_PROVIDER, ""))
    hook.run_validators(request)


def _mails(hook: Any, request: HttpRequest) -> Iterator[bytes]:
    """The mails, as they came where the provider hands them over whole."""
    whole = whole_mails(settings.GUICHET_MAIL_PROVIDER, request)
    for recipient, raw in whole:
        yield _headed(recipient) + raw
    for event in [] if whole else hook.parse_events(request):
        yield _headed(event.message.envelope_recipient) + event.message.as_bytes()


@contextmanager
def _room_for(request: HttpRequest) -> Iterator[bool]:
    """Large mails are read one after the other, as each is in memory; False when there are too many."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        yield True
        return
    has_room = _LARGE.acquire(timeout=_SECONDS_TO_WAIT)
    try:
        yield has_room
    finally:
        if has_room:
            _LARGE.release()


def _land(event: Any) -> None:
    """The mail is named by what we sent along with it, which nobody else knows."""
    mail_id = str((event.metadata or {}).get("mail_id") or event.message_id or "")
    recipient, said = str(event.recipient or ""), str(event.mta_response or event.description or "")
    if event.event_type == "delivered":
        arrived(mail_id, recipient)
    elif event.event_type == "complained":
        complained(mail_id, recipient, said, at=clock.now())
    elif event.event_type == "unsubscribed":
        unsubscribed(mail_id, recipient, at=clock.now())
    elif event.event_type == "deferred":
        returned_by_id(mail_id, Return(recipient, said, late=True), at=clock.now())
    elif event.event_type in _RETURNED:
        status = _STATUS.search(said)
        hard = is_hard(status[1]) if status else event.reject_reason in ("bounced", "invalid")
        returned_by_id(mail_id, Return(recipient, said, hard=hard), at=clock.now())
        if event.reject_reason == "unsubscribed":  # the provider held it back: it knew of it before we did
            unsubscribed(mail_id, recipient, at=clock.now())


def _headed(recipient: str | None) -> bytes:
    """For whom it was handed over, as a mail server writes it (RFC 5321 4.4)."""
    address = "".join((recipient or "").split())
    return f"Delivered-To: {address}\r\n".encode("utf-8", "replace") if address else b""
