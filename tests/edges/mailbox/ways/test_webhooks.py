"""A mail provider takes our mails by its own protocol, tells how they fare, and hands over what comes."""

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from guichet.domain.people.models import Person
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.timeline.models import Event
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Way
from guichet.foundation import clock
from guichet.foundation.storage import files
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Cause, Kind, State
from guichet.reactions.email.suppressing import is_suppressed
from guichet.reactions.worker import drain
from tests.edges.mailbox.letters import answer
from tests.world import World

SECRET = "postmark:a-secret-of-these-tests"
ROSE = "rose@acme.example"


class Provider(ThreadingHTTPServer):
    """Postmark's API, as far as we use it: takes mails, or answers `status`."""

    taken: list[dict[str, Any]]
    status = 200


class _Api(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"ErrorCode": 0, "Message": "OK", "MessageID": "a-b-c", "To": mail["To"]}
        if self.server.status == 200:
            self.server.taken.append(mail)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), _Api)
    server.taken = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GUICHET_MAIL_PROVIDER = "postmark"
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
        "WEBHOOK_SECRET": SECRET,
    }
    yield server
    server.shutdown()
    server.server_close()


def tell(where: str, said: Any, *, secret: str = SECRET) -> int:
    headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"} if secret else {}
    body = said if isinstance(said, str) else json.dumps(said)
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/hooks/mail/{where}/", body, "application/json", headers=headers).status_code


def the_mail(ticket: Ticket) -> Delivery:
    drain()
    return Delivery.objects.get(ticket=ticket, kind=Kind.REPLY, address=ROSE)


def news(mail: Delivery, kind: str, to: str = ROSE, **more: Any) -> dict[str, Any]:
    return {"RecordType": kind, "MessageID": "a-b-c", "Metadata": {"mail_id": mail.mail_id}, **more,
            "Email": to, "Recipient": to}  # fmt: skip


def test_a_provider_takes_the_mail_with_our_headers(provider: Provider, ticket: Ticket) -> None:
    mail = the_mail(ticket)
    assert mail.state == State.SENT
    taken = provider.taken[-1]
    headers = {each["Name"]: each["Value"] for each in taken["Headers"]}
    assert headers["Message-ID"] == mail.mail_id
    assert taken["ReplyTo"].startswith("reply+")


def test_a_provider_that_is_down_is_asked_later(provider: Provider, ticket: Ticket) -> None:
    provider.status = 500
    drain()
    first = Delivery.objects.earliest("id")
    assert (first.state, first.cause) == (State.QUEUED, Cause.NOT_NOW)
    assert "Postmark API response 500" in first.failure


@pytest.mark.parametrize("secret", ["", "postmark:wrong", "wrong:a-secret-of-these-tests"])
@pytest.mark.parametrize("where", ["tracking", "inbound"])
def test_nobody_else_tells_us_anything(provider: Provider, ticket: Ticket, where: str, secret: str) -> None:
    mail = the_mail(ticket)
    assert tell(where, news(mail, "SpamComplaint"), secret=secret) == 400
    assert not is_suppressed(ROSE)
    assert not ReceivedMessage.objects.exists()


def test_what_cannot_be_read_is_refused(provider: Provider, db: None) -> None:
    assert tell("tracking", "{") == 400
    assert tell("inbound", "[]") == 400
    assert tell("inbound", "[" * 100_000) == 400


def test_without_a_provider_nobody_is_there(db: None) -> None:
    assert tell("tracking", {}) == 404


def test_the_mail_says_what_became_of_it(provider: Provider, ticket: Ticket) -> None:
    mail = the_mail(ticket)
    tell("tracking", news(mail, "Bounce", Type="Transient", Description="Try again"))
    mail.refresh_from_db()
    assert (mail.state, mail.cause) == (State.SENT, Cause.LATE)
    tell("tracking", news(mail, "Delivery"))
    mail.refresh_from_db()
    assert (mail.state, mail.cause) == (State.SENT, "")
    tell("tracking", news(mail, "Bounce", Type="HardBounce", Description="550 5.1.1 No such user"))
    mail.refresh_from_db()
    assert (mail.state, mail.cause, mail.permanent) == (State.BOUNCED, Cause.RETURNED, True)


def test_a_complaint_ends_it_and_is_of_the_very_reader(provider: Provider, ticket: Ticket) -> None:
    mail = the_mail(ticket)
    tell("tracking", news(mail, "SpamComplaint", to="colin@acme.example"))
    assert not is_suppressed("colin@acme.example")
    assert not is_suppressed(ROSE)
    assert tell("tracking", news(mail, "SpamComplaint")) == 200
    mail.refresh_from_db()
    assert (mail.state, mail.cause) == (State.SENT, Cause.COMPLAINED)
    assert is_suppressed(ROSE)


def test_who_unsubscribes_at_the_provider_gets_no_more(
    provider: Provider, world: World, ticket: Ticket
) -> None:
    mail = the_mail(ticket)
    how: dict[str, Any] = {"SuppressSending": True, "SuppressionReason": "ManualSuppression"}
    assert tell("tracking", news(mail, "SubscriptionChange", to="colin@acme.example", **how)) == 200
    assert (
        tell("tracking", {**news(mail, "SubscriptionChange", **how), "Metadata": {"mail_id": "<x@y>"}}) == 200
    )
    assert not Person.objects.filter(wants_mail=False).exists()
    for _told_twice in range(2):
        assert tell("tracking", news(mail, "SubscriptionChange", **how)) == 200
    assert Person.objects.get(wants_mail=False).email == ROSE
    (event,) = Event.objects.filter(kind="profile_changed")
    assert (event.by_id, event.facts["changed"]) == (world.person("requester").pk, ["wants_mail"])
    assert not is_suppressed(ROSE)

    tickets.reply(ticket, body="Once more.", by=world.actor("agent"), at=clock.now())
    drain()
    assert Delivery.objects.filter(address=ROSE).latest("id") == mail


def test_mail_is_handed_over_and_kept_before_the_provider_is_thanked(
    provider: Provider, world: World, ticket: Ticket
) -> None:
    raw = answer(world, ticket).decode()
    assert tell("inbound", {"RawEmail": raw, "OriginalRecipient": "a@b.example"}) == 200
    (row,) = ReceivedMessage.objects.all()
    assert row.way == Way.WEBHOOK
    with files.open_stored(row.stored_as) as kept:
        assert b"It works now, thank you." in kept.read()


def test_a_mail_with_large_files_is_taken_whole(provider: Provider, world: World, ticket: Ticket) -> None:
    raw = answer(world, ticket).decode() + "x" * 20_000_000
    assert tell("inbound", {"RawEmail": raw, "OriginalRecipient": "a@b.example"}) == 200
    assert ReceivedMessage.objects.get().size > 20_000_000
    assert tell("inbound", {"RawEmail": raw}, secret="postmark:wrong") == 400
