"""Mailboxes that take no passwords: a real IMAP server asks a provider about the tokens it is shown."""

from collections.abc import Iterator

import pytest

from guichet.edges.mailbox.models import MailboxWatch, ReceivedMessage
from guichet.edges.mailbox.states import Fault
from guichet.edges.mailbox.ways.imap import tokens
from guichet.edges.mailbox.ways.imap.accounts import Account, accounts_in
from guichet.edges.mailbox.ways.imap.connecting import Unreachable, connected
from guichet.edges.mailbox.ways.imap.fetching import fetch_new
from guichet.edges.mailbox.ways.imap.trying import try_out
from tests.mail.dovecot import Dovecot, dovecot_running
from tests.mail.oauth import Provider, providing

pytestmark = [pytest.mark.services, pytest.mark.django_db]

MAIL = b"From: a@b.example\r\nSubject: one\r\nMessage-ID: <1@b>\r\n\r\nHello\r\n"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def dovecot(provider: Provider) -> Iterator[Dovecot]:
    with dovecot_running(introspection_url=provider.introspection_url) as server:
        yield server


@pytest.fixture
def account(provider: Provider, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.cert))
    monkeypatch.setattr(tokens, "_kept", {})
    provider.revoked, provider.user, provider.seconds = False, "support", 3600
    provider.given.clear()
    provider.good.clear()
    provider.asked.clear()
    place = f"imaps://support@localhost:{dovecot.tls_port}/INBOX"
    mistakes: list[str] = []
    accounts = accounts_in(
        {
            "GUICHET_MAILBOX_SUPPORT": f"{place}?auth=oauth2&client_id=desk&token_url={provider.token_url}",
            "GUICHET_MAILBOX_SUPPORT_CLIENT_SECRET": "hush",
            "GUICHET_MAILBOX_SUPPORT_REFRESH_TOKEN": "lasting",
        },
        mistakes.append,
    )
    assert mistakes == []
    return accounts["support"]


def test_a_mailbox_is_read_with_a_token(account: Account, dovecot: Dovecot, provider: Provider) -> None:
    dovecot.deliver("support", MAIL)
    with connected(account) as box:
        assert fetch_new(box, MailboxWatch.objects.create(pk="support")) == 1
    assert ReceivedMessage.objects.count() == 1
    assert provider.asked == [
        {
            "grant_type": "refresh_token",
            "client_id": "desk",
            "client_secret": "hush",
            "refresh_token": "lasting",
        }
    ]


def test_a_token_is_used_again_while_it_lasts(account: Account, provider: Provider) -> None:
    for _time in range(3):
        with connected(account):
            pass
    assert provider.given == ["token-0"]


def test_one_that_ends_soon_is_asked_for_anew(account: Account, provider: Provider) -> None:
    provider.seconds = 30
    for _time in range(2):
        with connected(account):
            pass
    assert provider.given == ["token-0", "token-1"]


def test_one_that_has_ended_before_its_time_is_replaced(account: Account, provider: Provider) -> None:
    with connected(account):
        pass
    provider.good.clear()
    with connected(account):
        pass
    assert provider.given == ["token-0", "token-1"]


def test_what_the_provider_says_is_passed_on(account: Account, provider: Provider) -> None:
    provider.revoked = True
    with pytest.raises(Unreachable) as failed, connected(account):
        pass
    assert (failed.value.fault, failed.value.said) == (
        Fault.TOKEN,
        "HTTP Error 400: Bad Request: invalid_grant. The access was revoked.",
    )
    steps = try_out(account)
    assert [(step.sentence, step.passed) for step in steps[-3:]] == [
        ("No access token was given. Was the access revoked?", False),
        ("Signing in was not tried.", None),
        ("The folder was not looked for.", None),
    ]
    assert "GUICHET_MAILBOX_SUPPORT_REFRESH_TOKEN" in steps[-3].remedy


def test_a_token_that_opens_nothing_is_told_from_a_wrong_password(
    account: Account, provider: Provider
) -> None:
    provider.user = "somebody-else"
    step = next(step for step in try_out(account) if step.passed is False)
    assert step.sentence == "Its server refuses this user or password."
    assert "See in GUICHET_MAILBOX_SUPPORT that user and scope are right" in step.remedy
    assert len(provider.given) == 1, "a new token is no better than a new one"
