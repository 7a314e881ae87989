"""A mail provider hands over mail that came, and tells how mails fare that it took from us."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

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

from ..reading.limits import MOST_BYTES
from ..receive import receive
from ..states import Way

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


@csrf_exempt
@login_not_required
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Keep what came. The provider is thanked once it is committed, and comes again otherwise."""
    events = _events(request, "Inbound")
    if events is None:
        return HttpResponseBadRequest()
    for event in events:
        raw = _headed(event.message.envelope_recipient) + event.message.as_bytes()
        receive(raw, way=Way.WEBHOOK, verified=False, at=clock.now())
    return HttpResponse()


@csrf_exempt
@login_not_required
@require_POST
def be_told(request: HttpRequest) -> HttpResponse:
    """Write on our mails what became of them."""
    events = _events(request, "Tracking")
    if events is None:
        return HttpResponseBadRequest()
    for event in events:
        _land(event)
    return HttpResponse()


def _events(request: HttpRequest, kind: str) -> Sequence[Any] | None:
    """What the provider says, once it has shown our secret; None for what cannot be read.

    Raises SuspiciousOperation, which is answered 400, for whoever does not know the secret.
    """
    provider = settings.GUICHET_MAIL_PROVIDER
    if not provider:
        raise OutOfReach
    module = import_module(f"anymail.webhooks.{provider}")
    hook = getattr(module, f"{_NAMES[provider]}{kind}WebhookView")()
    hook.setup(request)
    hook.run_validators(request)
    if request.content_type == "application/json":
        # It has shown the secret: a whole mail is larger than what Django takes in from strangers.
        request._body = request.read(2 * MOST_BYTES)  # noqa: SLF001
    try:
        events: Sequence[Any] = hook.parse_events(request)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ImproperlyConfigured):
        return None
    return events


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
