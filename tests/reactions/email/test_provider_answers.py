"""Providers refuse a mail in words of their own: for good, because of our set-up, or for a while."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from guichet.foundation import clock
from guichet.reactions.email.models import Delivery, Suppression
from guichet.reactions.email.states import Cause, State
from guichet.reactions.email.suppressing import is_suppressed
from guichet.reactions.worker import drain
from tests.world import World

# Of SendGrid anymail says that it does not test it any more.
pytestmark = pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning")
ROSE = "rose@acme.example"
TAKEN: dict[str, Any] = {
    "brevo": {"messageId": "<1@brevo>"},
    "mailgun": {"id": "<1@mailgun>", "message": "Queued. Thank you."},
    "mailjet": {"Messages": [{"Status": "success", "To": [{"Email": ROSE, "MessageID": 1}]}]},
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": ROSE},
    "resend": {"id": "1"},
    "sendgrid": {},
    "sparkpost": {"results": {"total_rejected_recipients": 0, "total_accepted_recipients": 1, "id": "1"}},
}


def _mailjet(code: str, about: str, said: str) -> dict[str, Any]:
    error = {"ErrorCode": code, "ErrorMessage": said, "ErrorRelatedTo": [about], "StatusCode": 400}
    return {"Messages": [{"Status": "error", "Errors": [error]}]}


def _sendgrid(field: str, said: str) -> dict[str, Any]:
    return {"errors": [{"message": said, "field": field, "help": None}]}


def _sparkpost(code: str, said: str) -> dict[str, Any]:
    return {"errors": [{"message": said, "code": code}]}


FOR_GOOD: list[tuple[str, int, Any]] = [
    ("brevo", 400, {"code": "invalid_parameter", "message": "email is not valid in to"}),
    ("mailgun", 400, {"message": "'to' parameter is not a valid address. please check documentation"}),
    ("mailgun", 413, "Request Entity Too Large"),
    ("mailjet", 400, _mailjet("mj-0013", "To[0].Email", '"rose" is an invalid email address.')),
    ("mailjet", 400, {"ErrorCode": "mj-0002", "ErrorMessage": "Malformed JSON", "StatusCode": 400}),
    (
        "postmark",
        422,
        {
            "ErrorCode": 406,
            "Message": "You tried to send to a recipient that has been marked as inactive.\n"
            f"Found inactive addresses: {ROSE}.\nInactive recipients are those with a bounce.",
        },
    ),
    ("postmark", 422, {"ErrorCode": 406, "Message": "Every recipient is inactive, in words of next year."}),
    ("postmark", 422, {"ErrorCode": 300, "Message": f"Invalid 'To' address: '{ROSE}'."}),
    ("postmark", 422, {"ErrorCode": 300, "Message": "Provide either email TextBody or HtmlBody or both."}),
    ("resend", 422, {"statusCode": 422, "name": "validation_error", "message": "Invalid `to` field."}),
    ("resend", 400, {"statusCode": 400, "name": "validation_error", "message": "Wrong `subject`."}),
    ("sendgrid", 400, _sendgrid("personalizations.0.to.0.email", "Does not contain a valid address.")),
    ("sendgrid", 413, _sendgrid("", "The payload is too large.")),
    ("sparkpost", 422, _sparkpost("1300", "invalid data format/type")),
    ("sparkpost", 400, _sparkpost("5002", "At least one valid recipient is required")),
    (
        "sparkpost",
        200,
        {"results": {"total_rejected_recipients": 1, "total_accepted_recipients": 0, "id": "1"}},
    ),
]
OF_US: list[tuple[str, int, Any]] = [
    *((provider, status, {}) for provider in TAKEN for status in (401, 403, 429, 500, 503)),
    ("brevo", 400, {"code": "invalid_parameter", "message": "valid sender email required"}),
    ("brevo", 402, {"code": "not_enough_credits", "message": "Your credits are used up"}),
    ("brevo", 400, {"code": "not_enough_credits", "message": "Your credits are used up"}),
    ("mailgun", 400, {"message": "'from' parameter is not a valid address. please check documentation"}),
    ("mailgun", 404, {"message": "Domain not found: vendor.example"}),
    ("mailjet", 400, _mailjet("send-0008", "From", "Sender address has not been validated yet.")),
    ("postmark", 422, {"ErrorCode": 300, "Message": "Invalid 'From' address: 'x'."}),
    ("postmark", 422, {"ErrorCode": 400, "Message": "The sender signature was not found."}),
    ("postmark", 422, {"ErrorCode": 405, "Message": "Not allowed to send: no credits left."}),
    ("postmark", 422, {"ErrorCode": 412, "Message": "Your account is pending approval."}),
    ("postmark", 422, "<h1>Something between us and them</h1>"),
    ("resend", 422, {"statusCode": 422, "name": "invalid_from_address", "message": "Invalid `from` field."}),
    ("resend", 403, {"statusCode": 403, "name": "validation_error", "message": "Domain is not verified."}),
    ("sendgrid", 400, _sendgrid("from.email", "The from email does not contain a valid address.")),
    ("sparkpost", 400, _sparkpost("7001", "Unconfigured Sending Domain <vendor.example>")),
    ("sparkpost", 420, _sparkpost("1", "Exceed Sending Limit")),
]


class Api(ThreadingHTTPServer):
    """Of any provider: answers what it is told to."""

    answer: tuple[int, Any]


class _Door(BaseHTTPRequestHandler):
    server: Api

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, said = self.server.answer
        body = said if isinstance(said, str) else json.dumps(said)
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(said, str) else "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    server = Api(("127.0.0.1", 0), _Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def through(settings: Settings, provider: str, api: Api) -> None:
    """Mails go through this provider's protocol to a place of ours."""
    named = provider.upper()
    settings.GUICHET_MAIL_PROVIDER = provider
    settings.EMAIL_BACKEND = f"anymail.backends.{provider}.EmailBackend"
    settings.ANYMAIL = {
        f"{named}_API_KEY": "key",
        "MAILJET_SECRET_KEY": "key",
        "MAILGUN_SENDER_DOMAIN": "vendor.example",
        "POSTMARK_SERVER_TOKEN": "key",
        f"{named}_API_URL": f"http://127.0.0.1:{api.server_port}/",
    }


Answer = tuple[str, int, Any]


def tried(world: World, settings: Settings, api: Api, answer: Answer) -> Delivery:
    """A mail that the provider answers so when it is handed over."""
    provider, status, said = answer
    through(settings, provider, api)
    api.answer = (status, said)
    world.ticket()
    drain()
    return Delivery.objects.latest("id")


def test_what_is_taken_is_sent(world: World, settings: Settings, api: Api) -> None:
    for provider, said in TAKEN.items():
        mail = tried(world, settings, api, (provider, 200, said))
        assert (mail.state, mail.failure) == (State.SENT, ""), provider


def test_the_recipient_and_the_content_are_refused_for_good(
    world: World, settings: Settings, api: Api
) -> None:
    for answer in FOR_GOOD:
        mail = tried(world, settings, api, answer)
        assert (mail.state, mail.cause, mail.permanent) == (State.FAILED, Cause.DECLINED, True), answer
        assert str(answer[1]) in mail.failure, answer


def test_what_is_about_our_set_up_or_their_trouble_is_tried_again(
    world: World, settings: Settings, api: Api
) -> None:
    for answer in OF_US:
        before = clock.now()
        mail = tried(world, settings, api, answer)
        assert (mail.state, mail.cause, mail.permanent) == (State.QUEUED, Cause.NOT_NOW, False), answer
        assert str(answer[1]) in mail.failure, answer
        assert mail.next_try_at is not None
        assert timedelta(seconds=40) < mail.next_try_at - before < timedelta(seconds=90), answer


def test_an_address_that_the_provider_sends_no_more_to_gets_none_after_the_third(
    world: World, settings: Settings, api: Api
) -> None:
    inactive = next(answer for answer in FOR_GOOD if "inactive addresses" in str(answer))
    for _mail in range(3):
        tried(world, settings, api, FOR_GOOD[0])  # perhaps for its content: nobody can tell
    assert not Suppression.objects.exists()
    for _mail in range(3):
        assert not is_suppressed(ROSE)
        tried(world, settings, api, inactive)
    assert is_suppressed(ROSE)
    assert tried(world, settings, api, inactive).cause == Cause.SUPPRESSED


def test_once_the_set_up_is_mended_the_mail_goes(world: World, settings: Settings, api: Api) -> None:
    tried(world, settings, api, ("postmark", 401, {"ErrorCode": 10, "Message": "Bad token"}))
    api.answer = (200, TAKEN["postmark"])
    drain(at=clock.now() + timedelta(minutes=2))
    assert Delivery.objects.get(address=ROSE).state == State.SENT
