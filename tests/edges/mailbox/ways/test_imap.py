"""A mailbox is read: every mail in it once, whatever happens to the connection or to its numbers."""

import threading
from collections.abc import Iterator

import pytest
from imap_tools import BaseMailBox
from pytest_django import Settings

from guichet.domain.tickets.models import Ticket
from guichet.edges.mailbox import intake
from guichet.edges.mailbox.models import MailboxWatch, ReceivedMessage
from guichet.edges.mailbox.states import Fault, State, Way
from guichet.edges.mailbox.ways.imap import watching
from guichet.edges.mailbox.ways.imap.accounts import Account, accounts_in
from guichet.edges.mailbox.ways.imap.connecting import Unreachable, connected
from guichet.edges.mailbox.ways.imap.fetching import fetch_new
from guichet.edges.mailbox.ways.imap.watching import watch
from tests.edges.mailbox.letters import answer, said
from tests.mail.dovecot import PASSWORD, Dovecot, dovecot_running
from tests.world import World

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dovecot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    with dovecot_running() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.cert))
        yield server


def account_at(dovecot: Dovecot, **changes: str) -> Account:
    parts = {
        "scheme": "imaps",
        "user": "support",
        "password": PASSWORD,
        "host": "localhost",
        "port": str(dovecot.tls_port),
        "folder": "INBOX",
    } | changes
    url = "{scheme}://{user}:{password}@{host}:{port}/{folder}".format(**parts)
    mistakes: list[str] = []
    accounts = accounts_in({"GUICHET_MAILBOX_SUPPORT": url}, mistakes.append)
    assert mistakes == []
    return accounts["support"]


def mail(number: int) -> bytes:
    head = f"From: a@b.example\r\nSubject: {number}\r\nMessage-ID: <{number}@b>\r\n"
    return f"{head}\r\nHello {number}\r\n".encode()


def fetch(account: Account) -> int:
    watch = MailboxWatch.objects.get_or_create(pk=account.key)[0]
    with connected(account) as box:
        new = fetch_new(box, watch)
    MailboxWatch.objects.filter(pk=watch.pk).update(checked_at="2026-11-21T10:00:00Z")
    return new


def test_an_answer_in_the_mailbox_becomes_a_reply(world: World, ticket: Ticket, dovecot: Dovecot) -> None:
    dovecot.deliver("support", answer(world, ticket))
    assert fetch(account_at(dovecot)) == 1
    row = ReceivedMessage.objects.get()
    assert (row.way, row.mailbox, row.state) == (Way.IMAP, "support", State.RECEIVED)
    intake.drain()
    assert len(said(ticket)) == 1


def test_each_mail_comes_once_and_repeats_are_known(db: None, dovecot: Dovecot) -> None:
    dovecot.deliver("support", *map(mail, range(120)), *map(mail, range(40)))
    account = account_at(dovecot)
    assert fetch(account) == 120
    assert fetch(account) == 0
    dovecot.deliver("support", mail(7), mail(500))
    assert fetch(account) == 1
    assert ReceivedMessage.objects.count() == 121
    assert MailboxWatch.objects.get().received == 121


def test_what_people_have_read_before_us_is_left_alone_at_first(db: None, dovecot: Dovecot) -> None:
    account = account_at(dovecot)
    dovecot.deliver("support", mail(1), mail(2))
    with connected(account) as box:
        box.client.uid("STORE", "1", "+FLAGS", r"(\Seen)")
    assert fetch(account) == 1
    # From then on what is new counts, read or not: colleagues read the mailbox, too.
    dovecot.deliver("support", mail(3))
    with connected(account) as box:
        box.client.uid("STORE", "3", "+FLAGS", r"(\Seen)")
    assert fetch(account) == 1


def test_other_numbers_double_nothing_and_lose_nothing(db: None, dovecot: Dovecot) -> None:
    account = account_at(dovecot)
    dovecot.deliver("support", *map(mail, range(10)))
    assert fetch(account) == 10
    before = MailboxWatch.objects.get().uidvalidity
    dovecot.number_anew("support")
    dovecot.deliver("support", mail(10))
    assert fetch(account) == 1
    assert MailboxWatch.objects.get().uidvalidity != before
    assert ReceivedMessage.objects.count() == 11


def test_mails_larger_than_a_batch_come_through(db: None, dovecot: Dovecot) -> None:
    large = [mail(number) + b"x" * 998 * 3000 for number in range(3)]
    dovecot.deliver("support", *large, mail(9))
    assert fetch(account_at(dovecot)) == 4
    assert sorted(row.size for row in ReceivedMessage.objects.all()) == sorted(map(len, [*large, mail(9)]))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"host": "no-such-host.invalid"}, Fault.NAME),
        ({"port": "1"}, Fault.SERVER),
        ({"password": "wrong"}, Fault.SIGN_IN),
        ({"folder": "Nowhere"}, Fault.FOLDER),
        ({"scheme": "imap+tls", "port": "plain", "host": "127.0.0.2"}, Fault.SERVER),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_what_keeps_a_mailbox_from_being_read_is_told(
    db: None, dovecot: Dovecot, changes: dict[str, str], fault: Fault
) -> None:
    if changes.get("port") == "plain":
        changes = changes | {"port": str(dovecot.port)}
    with pytest.raises(Unreachable) as failed, connected(account_at(dovecot, **changes)):
        pass
    assert failed.value.fault == fault


def test_a_certificate_of_nobody_is_not_trusted(
    db: None, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    for changes in ({}, {"scheme": "imap+tls", "port": str(dovecot.port)}):
        with pytest.raises(Unreachable) as failed, connected(account_at(dovecot, **changes)):
            pass
        assert failed.value.fault == Fault.ENCRYPTION


@pytest.mark.parametrize("idle", [True, False])
def test_a_watched_mailbox_tells_of_new_mail(
    db: None, dovecot: Dovecot, idle: bool, settings: Settings
) -> None:
    if not idle:
        dovecot.stop()
        dovecot.start(idle=False)
    account = account_at(dovecot, scheme="imap+tls", port=str(dovecot.port))
    dovecot.deliver("support", mail(1))
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(account, stop), kwargs={"looks_every": 2})
    thread.start()
    try:
        _until(1)
        dovecot.deliver("support", mail(2))
        _until(2)
    finally:
        stop.set()
        thread.join(20)
    row = MailboxWatch.objects.get()
    assert (row.held_by, row.fault) == (None, "")
    assert row.checked_at is not None


def test_a_mail_that_is_told_of_before_anybody_listens_is_not_left(
    db: None, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server tells of each mail once: here in its answer to the command before IDLE."""
    told: list[int] = []

    def read_and_be_told(box: BaseMailBox, row: MailboxWatch, *, at_once: int) -> int:
        new = fetch_new(box, row, at_once=at_once)
        if ReceivedMessage.objects.count() == 1 and new:
            dovecot.deliver("support", mail(2))
            for _try in range(100):
                box.client.noop()
                if box.client.untagged_responses.get("EXISTS", [b""])[-1] == b"2":
                    told.append(2)
                    return new
        return new

    monkeypatch.setattr(watching, "fetch_new", read_and_be_told)
    dovecot.deliver("support", mail(1))
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(account_at(dovecot), stop))
    thread.start()
    try:
        _until(2)
    finally:
        stop.set()
        thread.join(20)
    assert told == [2]


def _until(count: int) -> None:
    for _try in range(600):
        if ReceivedMessage.objects.count() == count:
            return
        threading.Event().wait(0.1)
    pytest.fail(f"{ReceivedMessage.objects.count()} mails came, not {count}.")


def test_two_workers_take_turns(db: None, dovecot: Dovecot) -> None:
    account = account_at(dovecot)
    stop = threading.Event()
    both = [threading.Thread(target=watch, args=(account, stop)) for _ in range(2)]
    for one in both:
        one.start()
    try:
        dovecot.deliver("support", mail(1))
        _until(1)
        assert MailboxWatch.objects.get().held_by is not None
        dovecot.deliver("support", mail(2))
        _until(2)
        assert MailboxWatch.objects.get().received == 2
    finally:
        stop.set()
        for one in both:
            one.join(20)
