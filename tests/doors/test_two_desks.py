"""Two Guichets, each a customer of the other, hand their mails to each other: both fall silent."""

import asyncio
import smtplib
import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from guichet.reactions.email.limiting import MOST_IN_AN_HOUR
from tests.faults.conftest import Nursery, started
from tests.reactions.email.sink import Sink, serving

DESKS = ("north.example", "south.example")
MOST = 3


@dataclass
class Between(Sink):
    """The mail server of both: it vouches for the sender and hands over by LMTP, without what it `drops`."""

    ports: dict[str, int] = field(default_factory=dict)
    drops: tuple[str, ...] = ()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content)
        self.mails.append(message_from_bytes(envelope.content))
        for name in self.drops:
            del mail[name]
        (to,) = envelope.rcpt_tos
        domain = to.partition("@")[2]
        if domain in self.ports:
            await asyncio.to_thread(self._hand_over, mail, str(envelope.mail_from), to, self.ports[domain])
        return "250 OK"

    def _hand_over(self, mail: Message, sender: str, to: str, port: int) -> None:
        domain = sender.partition("@")[2]
        vouched = f"Authentication-Results: mx.vendor.example; dmarc=pass header.from={domain}\r\n"
        with smtplib.LMTP("127.0.0.1", port, local_hostname="mx", timeout=20) as server:
            server.sendmail(sender, [to], vouched.encode() + mail.as_bytes())

    def sent(self) -> Counter[str]:
        """How many mails each desk has sent to the other."""
        desks = [(str(mail["From"]), str(mail["To"])) for mail in self.mails]
        return Counter(
            one for one in DESKS for sender, to in desks if one in sender and "help@" in to and one not in to
        )


def conversation(folder: Path, between: Between) -> Counter[str]:
    """Each desk answers a request of the other; then whatever the two make of it, until both are silent."""
    with ExitStack() as stack:
        port = stack.enter_context(serving(between))
        desks = []
        for domain in DESKS:
            (folder / domain).mkdir()
            desks.append(stack.enter_context(started(folder / domain, mail_port=port, domain=domain)))
            between.ports[domain] = desks[-1].lmtp
        with ThreadPoolExecutor() as pool:
            list(pool.map(has_the_other_as_customer, desks, reversed(DESKS)))
        workers = [(desk, desk.say(run=["worker"])) for desk in desks]
        deadline = time.monotonic() + 60
        while not all(map(is_silent, desks)):
            assert time.monotonic() < deadline, between.sent()
            time.sleep(0.5)
        for desk, worker in workers:
            desk.end(worker)
    return between.sent()


def has_the_other_as_customer(desk: Nursery, other: str) -> None:
    desk.say(call="customer_with_answer", **{"with": {"email": f"help@{other}"}})


def is_silent(desk: Nursery) -> bool:
    """Nothing is to be done, and nothing has come in for a second."""
    for _look in range(4):
        with sqlite3.connect(desk.database, timeout=20) as database:
            (count,) = database.execute(TO_DO).fetchone()
        if count:
            return False
        time.sleep(0.25)
    return True


TO_DO = """
    SELECT (SELECT count(*) FROM timeline_event WHERE reacted_at IS NULL)
         + (SELECT count(*) FROM email_delivery WHERE next_try_at IS NOT NULL)
         + (SELECT count(*) FROM mailbox_receivedmessage WHERE state = 'received')
"""


@pytest.mark.timeout(120)
def test_two_desks_that_are_customers_of_each_other_fall_silent(tmp_path: Path) -> None:
    sent = conversation(tmp_path, Between())
    assert set(sent) == set(DESKS), "one of them has not written to the other"
    assert max(sent.values()) <= MOST, sent


@pytest.mark.timeout(120)
def test_they_fall_silent_even_where_the_marks_of_machines_are_lost(tmp_path: Path) -> None:
    sent = conversation(tmp_path, Between(drops=("Auto-Submitted", "X-Auto-Response-Suppress")))
    # What an agent wrote comes on top.
    assert set(sent) == set(DESKS)
    assert max(sent.values()) <= MOST_IN_AN_HOUR + 1, sent
