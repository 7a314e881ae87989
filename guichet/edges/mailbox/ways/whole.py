"""Mails that a provider hands over as they came: kept unread, as those that come in other ways."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from .forms import raw_of

Handed = tuple[str, bytes]  # for whom, and what
FIELDS = {"mailgun": "body-mime", "sendgrid": "email"}


def whole_mails(provider: str, request: HttpRequest) -> list[Handed]:
    """Each mail with its recipient; none where the provider has taken it apart already.

    Raises ValueError, KeyError, TypeError or AttributeError for what cannot be read.
    """
    read = _READERS.get(provider)
    return list(read(request)) if read else []


def _mailgun(request: HttpRequest) -> Iterator[Handed]:
    if raw := raw_of(request, FIELDS["mailgun"]):
        yield request.POST.get("recipient", ""), raw


def _sendgrid(request: HttpRequest) -> Iterator[Handed]:
    if raw := raw_of(request, FIELDS["sendgrid"]):
        envelope = json.loads(request.POST.get("envelope", "{}"))
        yield next(iter(envelope.get("to", [])), ""), raw


def _postmark(request: HttpRequest) -> Iterator[Handed]:
    told = json.loads(request.body)
    if raw := told.get("RawEmail"):
        yield told.get("OriginalRecipient", ""), _bytes(raw)


def _sparkpost(request: HttpRequest) -> Iterator[Handed]:
    for told in json.loads(request.body):
        relayed = told["msys"].get("relay_message", {})
        content: dict[str, Any] = relayed.get("content", {})
        if raw := content.get("email_rfc822"):
            is_packed = content.get("email_rfc822_is_base64")
            yield relayed.get("rcpt_to", ""), b64decode(raw) if is_packed else _bytes(raw)


def _bytes(raw: str) -> bytes:
    return raw.encode(errors="replace")


_READERS: dict[str, Callable[[HttpRequest], Iterator[Handed]]] = {
    "mailgun": _mailgun,
    "postmark": _postmark,
    "sendgrid": _sendgrid,
    "sparkpost": _sparkpost,
}
