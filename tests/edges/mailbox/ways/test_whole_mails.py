"""Providers hand over whole mails, as large as mails are, in forms; nobody else may send as much."""

import hashlib
import hmac
import json
import time
from base64 import b64encode
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.reading import Limits
from guichet.edges.mailbox.ways import webhooks
from guichet.foundation.storage import files
from tests.world import World

SECRET = "provider:a-secret-of-these-tests"
KEY = "key-of-these-tests"
TO = "reply+1.2.x@help.example.com"
# As old programs write: bytes that are no UTF-8, and would be lost as text.
MAIL = b"From: rose@acme.example\r\nSubject: D\xe9j\xe0 vu\r\n\r\nMerci beaucoup \xe0 tous.\r\n"
LARGE = MAIL + (b"x" * 76 + b"\r\n") * 200_000  # 15 MB
BOUNDARY = "a-boundary-of-these-tests"

# Of SendGrid anymail says that it does not test it any more.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning"),
]


def use(settings: Settings, provider: str) -> None:
    settings.GUICHET_MAIL_PROVIDER = provider
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_API_KEY": KEY, "SENDGRID_API_KEY": KEY}


def proof() -> dict[str, str]:
    """What Mailgun signs each call with."""
    stamp, token = str(int(time.time())), "a" * 50
    signature = hmac.new(KEY.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": stamp, "token": token, "signature": signature}


def multipart(fields: dict[str, bytes]) -> bytes:
    """A form as providers write it (RFC 7578)."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"
        for name, content in fields.items()
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def mailgun(mail: bytes, **more: str) -> dict[str, bytes]:
    fields = {"recipient": TO, "sender": "rose@acme.example", **proof(), **more}
    return {"body-mime": mail, **{name: text.encode() for name, text in fields.items()}}


def sendgrid(mail: bytes) -> dict[str, bytes]:
    envelope = json.dumps({"to": [TO], "from": "rose@acme.example"})
    return {"envelope": envelope.encode(), "email": mail, "charsets": b"{}"}


def post(body: bytes, kind: str, *, secret: str = SECRET, where: str = "inbound", **more: Any) -> int:
    headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
    client = Client(enforce_csrf_checks=True)
    return client.generic("POST", f"/hooks/mail/{where}/", body, kind, headers=headers, **more).status_code


def kept() -> bytes:
    with files.open_stored(ReceivedMessage.objects.get().stored_as) as stored:
        return stored.read()


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("mail", [MAIL, LARGE], ids=["small", "15 MB"])
def test_mailgun_hands_a_whole_mail_over(settings: Settings, mail: bytes) -> None:
    use(settings, "mailgun")
    assert post(multipart(mailgun(mail)), MULTIPART, where="inbound_mime") == 200
    assert kept() == f"Delivered-To: {TO}\r\n".encode() + mail


def test_mailgun_does_so_in_a_form_without_parts_too(settings: Settings) -> None:
    use(settings, "mailgun")
    assert post(urlencode(mailgun(LARGE)).encode(), FORM, where="inbound_mime") == 200
    assert kept() == f"Delivered-To: {TO}\r\n".encode() + LARGE


@pytest.mark.parametrize("mail", [MAIL, LARGE], ids=["small", "15 MB"])
def test_sendgrid_hands_a_whole_mail_over(settings: Settings, mail: bytes) -> None:
    use(settings, "sendgrid")
    assert post(multipart(sendgrid(mail)), MULTIPART) == 200
    assert kept() == f"Delivered-To: {TO}\r\n".encode() + mail


def test_sparkpost_and_postmark_hand_over_what_anymail_could_not_read(settings: Settings) -> None:
    nest = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(2_000))
    use(settings, "postmark")
    assert post(json.dumps({"RawEmail": nest, "OriginalRecipient": TO}).encode(), "application/json") == 200
    assert kept() == f"Delivered-To: {TO}\r\n{nest}".encode()
    ReceivedMessage.objects.all().delete()
    use(settings, "sparkpost")
    content = {"email_rfc822": b64encode(MAIL).decode(), "email_rfc822_is_base64": True}
    told = [{"msys": {"relay_message": {"content": content, "rcpt_to": TO, "protocol": "smtp"}}}]
    assert post(json.dumps(told).encode(), "application/json") == 200
    assert kept() == f"Delivered-To: {TO}\r\n".encode() + MAIL


def test_a_mail_that_was_taken_apart_comes_with_its_files(settings: Settings) -> None:
    use(settings, "mailgun")
    client = Client()
    headers = {"Authorization": f"Basic {b64encode(SECRET.encode()).decode()}"}
    fields = {
        "recipient": TO, **proof(), "message-headers": json.dumps([["From", "Rose <rose@acme.example>"]]),
        "body-plain": "Voilà, the photograph.", "attachment-count": "1",
        "attachment-1": SimpleUploadedFile("photo.jpg", b"\xff\xd8" + b"x" * 6_000_000, "image/jpeg"),
    }  # fmt: skip
    assert client.post("/hooks/mail/inbound/", fields, headers=headers).status_code == 200
    assert b"photo.jpg" in kept()
    assert len(kept()) > 6_000_000


class Untouched:
    """What a stranger sends: to read any of it is a fault."""

    def read(self, *sizes: int) -> bytes:
        raise AssertionError

    readline = read


def test_nobody_else_can_have_as_much_read(settings: Settings, world: World) -> None:
    unread: dict[str, Any] = {"wsgi.input": Untouched(), "CONTENT_LENGTH": str(15 * 2**20)}
    for provider, kind in product(("mailgun", "sendgrid"), (MULTIPART, FORM, "application/json")):
        use(settings, provider)
        assert post(b"", kind, secret="provider:wrong", **unread) == 400, (provider, kind)
    assert not ReceivedMessage.objects.exists()


def test_mailguns_signature_counts_too(settings: Settings, world: World) -> None:
    use(settings, "mailgun")
    assert post(multipart(mailgun(MAIL, signature="0" * 64)), MULTIPART) == 400
    assert not ReceivedMessage.objects.exists()


def test_more_than_any_mail_is_refused(settings: Settings, world: World) -> None:
    use(settings, "sendgrid")
    settings.GUICHET_MAIL_LIMITS = Limits(most_bytes=100_000)
    assert post(multipart(sendgrid(b"x" * 200_000)), MULTIPART) == 413


def test_what_is_no_mail_is_refused(settings: Settings, world: World) -> None:
    kinds = (MULTIPART, FORM, "multipart/form-data", "text/plain")
    bodies = (b"", b"%", b"--", b"--a-boundary-of-these-tests\r\n\xff")
    for provider, kind, body in product(("mailgun", "sendgrid"), kinds, bodies):
        use(settings, provider)
        assert post(body, kind) == 400, (provider, kind, body)


def test_large_mails_come_in_one_after_the_other(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    use(settings, "sendgrid")
    monkeypatch.setattr(webhooks, "_SECONDS_TO_WAIT", 0.01)
    with webhooks._LARGE:
        assert post(multipart(sendgrid(LARGE)), MULTIPART) == 503
        assert post(multipart(sendgrid(MAIL)), MULTIPART) == 200
    assert post(multipart(sendgrid(LARGE)), MULTIPART) == 200
