"""Leads see how each mailbox is read; admins test whether it can be."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.policy.queries import mailboxes
from guichet.edges.mailbox.models import MailboxWatch
from guichet.edges.mailbox.receive import receive
from guichet.edges.mailbox.states import Fault, Way
from guichet.edges.mailbox.ways.imap.accounts import accounts_in
from guichet.foundation import clock
from tests.edges.mailbox.test_pages import browser_of
from tests.mail.dovecot import PASSWORD, Dovecot, dovecot_running
from tests.mail.ports import free_port
from tests.world import POLICY, World, later

PAGE = "/desk/mail/mailboxes/"


@pytest.fixture
def dovecot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    with dovecot_running() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.cert))
        yield server


def fetch_from(settings: Settings, url: str, key: str = "") -> None:
    """Have the first mailbox of the policy fetched from there; or one called `key`."""
    key = key or mailboxes()[0].key
    mistakes: list[str] = []
    name = f"GUICHET_MAILBOX_{key.upper().replace('-', '_')}"
    settings.GUICHET_MAILBOXES = accounts_in({name: url}, mistakes.append)
    assert mistakes == []


def page_of(world: World, name: str = "lead") -> str:
    return browser_of(world, name).get(PAGE).content.decode()


def outcome(world: World) -> str:
    key = next(iter(configured.GUICHET_MAILBOXES))
    return browser_of(world, "admin").post(reverse("mailbox:test", args=[key])).content.decode()


def test_every_mailbox_of_the_policy_stands_there(
    world: World, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.GUICHET_LMTP, settings.GUICHET_MAIL_PROVIDER = ("127.0.0.1", 2424), "postmark"
    browser = browser_of(world, "lead")
    browser.get(PAGE)
    with django_assert_max_num_queries(8):
        page = browser.get(PAGE).content.decode()
    assert mailboxes()[0].address in page
    assert "by LMTP at 127.0.0.1, port 2424." in page
    assert "Our mail provider may hand it over: postmark." in page
    assert "Add a mailbox" in page


def test_however_many_mailboxes_there_are_the_page_asks_little(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [f"box-{number}" for number in range(20)]
    written = "".join(f'[[mailboxes]]\nkey = "{key}"\naddress = "{key}@vendor.example"\n' for key in keys)
    policy.apply(f"{POLICY.read_text()}\n{written}", by=SYSTEM, at=later(minutes=1))
    policy_queries.forget()
    for number, key in enumerate(keys):
        MailboxWatch.objects.create(key=key)
        receive(
            f"Subject: {key}\n\n".encode(), way=Way.IMAP, verified=False, mailbox=key, at=later(days=number)
        )
    browser = browser_of(world, "lead")
    browser.get(PAGE)
    with django_assert_max_num_queries(8):
        page = browser.get(PAGE).content.decode()
    assert all(f"{key}@vendor.example" in page for key in keys)


def test_what_is_wrong_is_said_in_words_with_what_to_do(world: World, settings: Settings) -> None:
    fetch_from(settings, "imaps://support:hush@imap.example.com/INBOX")
    key = mailboxes()[0].key
    MailboxWatch.objects.create(
        key=key, fault=Fault.SIGN_IN, said="[AUTHENTICATIONFAILED] No.", failing_since=clock.now()
    )
    page = page_of(world)
    assert "Its server refuses this user or password." in page
    assert "[AUTHENTICATIONFAILED] No." in page
    assert "It has not been read since" in page
    assert f"Correct user and password in GUICHET_MAILBOX_{key.upper().replace('-', '_')}." in page
    assert "hush" not in page


def test_it_is_said_when_nobody_reads_a_mailbox(world: World, settings: Settings) -> None:
    fetch_from(settings, "imaps://support:hush@imap.example.com/INBOX")
    watch = MailboxWatch.objects.create(key=mailboxes()[0].key)
    assert "Nobody reads it just now" in page_of(world)
    watch.held_until, watch.checked_at, watch.received = clock.now() + timedelta(minutes=1), clock.now(), 3
    watch.save()
    page = page_of(world)
    assert "Nobody reads it just now" not in page
    assert "3 e-mails fetched" in page


def test_an_account_of_no_mailbox_is_a_mistake(world: World, settings: Settings) -> None:
    fetch_from(settings, "imaps://support:hush@imap.example.com/INBOX", key="misspelt")
    page = page_of(world)
    assert "No mailbox of the policy is called “misspelt”" in page
    assert "GUICHET_MAILBOX_MISSPELT" in page


def test_only_admins_test_a_connection(world: World, settings: Settings) -> None:
    fetch_from(settings, "imaps://support:hush@imap.example.com/INBOX")
    address = reverse("mailbox:test", args=[mailboxes()[0].key])
    assert browser_of(world, "lead").post(address).status_code == 403
    assert address not in page_of(world)
    assert address in page_of(world, "admin")
    assert browser_of(world, "agent").post(address).status_code == 404
    assert browser_of(world, "admin").post(reverse("mailbox:test", args=["nothing"])).status_code == 404


def test_a_server_that_does_not_answer_is_named(world: World, settings: Settings) -> None:
    fetch_from(settings, f"imap://support:hush@127.0.0.1:{free_port()}/INBOX")
    page = outcome(world)
    assert "The name of its server is known: 127.0.0.1." in page
    assert "Its server does not answer at this port." in page
    assert "Signing in was not tried." in page
    assert "This mailbox cannot be read" in page


@pytest.mark.services
@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"imaps://support:{PASSWORD}@localhost:TLS/INBOX", "This mailbox can be read"),
        (f"imap+tls://support:{PASSWORD}@localhost:PORT/INBOX", "This mailbox can be read"),
        ("imaps://support:wrong@localhost:TLS/INBOX", "Its server refuses this user or password."),
        (f"imaps://support:{PASSWORD}@localhost:TLS/Nowhere", "There is no such folder."),
    ],
)
def test_a_real_server_is_tested_step_by_step(
    world: World, settings: Settings, dovecot: Dovecot, url: str, expected: str
) -> None:
    url = url.replace("TLS", str(dovecot.tls_port)).replace("PORT", str(dovecot.port))
    fetch_from(settings, url)
    page = outcome(world)
    assert expected in page
    assert "The connection is encrypted, and the certificate is valid." in page


@pytest.mark.services
def test_a_certificate_that_nobody_trusts_is_told(
    world: World, settings: Settings, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    fetch_from(settings, f"imaps://support:{PASSWORD}@localhost:{dovecot.tls_port}/INBOX")
    page = outcome(world)
    assert "certificate is not valid" in page
    assert "let this machine trust that authority" in page
