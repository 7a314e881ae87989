"""The line to the mailbox breaks wherever it may: the watch goes on by itself, and each mail comes once."""

import threading
from collections.abc import Iterator
from hashlib import sha256

import pytest

from guichet.edges.mailbox.models import MailboxWatch, ReceivedMessage
from guichet.edges.mailbox.ways.imap import watching
from guichet.edges.mailbox.ways.imap.accounts import Account
from tests.mail.dovecot import PASSWORD, Dovecot, dovecot_running
from tests.mail.proxy import Proxy, passing
from tests.world import World

pytestmark = pytest.mark.services

MAILBOXES, MAILS = 10, 5  # side by side: a server takes half a second to tell of a mail
BYTES = 1_000_000
# The last one falls behind the mail, within the last line of the answer.
OFFSETS = [n * (BYTES + 30) // (MAILBOXES * MAILS - 1) for n in range(MAILBOXES * MAILS)]


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with dovecot_running() as server:
        yield server


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_FIRST_PAUSE", 0.05)


def mail(number: int) -> bytes:
    head = f"From: a@b.example\r\nSubject: {number}\r\nMessage-ID: <{number}@b.example>\r\n\r\n".encode()
    line = b"%070d\r\n" % number
    return (head + line * (BYTES // len(line) + 1))[: BYTES - 2] + b"\r\n"


def account_at(number: int, port: int) -> Account:
    name = f"support-{number}"
    return Account(key=name, host="127.0.0.1", port=port, security="none", user=name, password=PASSWORD)


def test_a_line_that_breaks_anywhere_loses_and_doubles_nothing(busy_world: World, dovecot: Dovecot) -> None:
    proxies = [Proxy(dovecot.port) for _ in range(MAILBOXES)]
    with passing(*proxies), watched(proxies):
        for turn in range(MAILS):
            for number, proxy in enumerate(proxies):
                at = turn * MAILBOXES + number
                proxy.cuts.append(OFFSETS[at])
                dovecot.deliver(f"support-{number}", mail(at))
            _until((turn + 1) * MAILBOXES)
    assert [(proxy.broken, proxy.cuts) for proxy in proxies] == [(MAILS, [])] * MAILBOXES
    received = ReceivedMessage.objects.values_list("fingerprint", "mailbox")
    assert sorted(received) == sorted(
        (sha256(mail(at)).hexdigest(), f"support-{at % MAILBOXES}") for at in range(len(OFFSETS))
    )
    assert {watch.received for watch in MailboxWatch.objects.all()} == {MAILS}


def test_a_mail_whose_mark_was_lost_is_known_when_it_comes_again(busy_world: World, dovecot: Dovecot) -> None:
    proxy = Proxy(dovecot.port, loses=b"STORE")
    dovecot.deliver("support-0", mail(1))
    with passing(proxy), watched([proxy]):
        _until(1)
        _until_read(dovecot, "support-0", 1)
        assert (proxy.broken, ReceivedMessage.objects.count()) == (1, 1)
        proxy.loses = b"STORE"
        dovecot.deliver("support-0", mail(2))
        _until(2)
        _until_read(dovecot, "support-0", 2)
    assert (proxy.broken, ReceivedMessage.objects.count()) == (2, 2)


def test_over_a_line_that_never_lasts_mails_come_one_by_one(busy_world: World, dovecot: Dovecot) -> None:
    proxy = Proxy(dovecot.port, lasts=3 * BYTES // 2)
    for number in range(3):  # no batch of them would ever be whole
        dovecot.deliver("support-0", mail(number))
    with passing(proxy), watched([proxy]):
        _until(3)
    assert (proxy.broken > 0, ReceivedMessage.objects.count()) == (True, 3)


class watched:  # noqa: N801  read as a verb
    """Each mailbox is watched through its proxy, in a thread of its own, as a worker does."""

    def __init__(self, proxies: list[Proxy]) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=watching.watch, args=(account_at(number, proxy.port), self._stop))
            for number, proxy in enumerate(proxies)
        ]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(20)


def _until(count: int) -> None:
    for _try in range(600):
        if ReceivedMessage.objects.count() >= count:
            return
        threading.Event().wait(0.05)
    pytest.fail(f"{ReceivedMessage.objects.count()} mails came, not {count}.")


def _until_read(dovecot: Dovecot, user: str, count: int) -> None:
    """Wait until so many mails are marked as read (Maildir: an S behind the name)."""
    for _try in range(600):
        names = [path.name for path in (dovecot.folder / "mail" / user / "cur").iterdir()]
        if sum("S" in name.rpartition(",")[2] for name in names) == count:
            return
        threading.Event().wait(0.05)
    pytest.fail(f"{names} are in the mailbox.")
