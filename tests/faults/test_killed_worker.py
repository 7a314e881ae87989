"""The worker is killed again and again while it sends: no mail is lost, and one sent twice is the same."""

import random
import sqlite3
import time
from collections import Counter, defaultdict

import pytest

from .conftest import KILLS, Nursery
from .ledger import SlowSink

REQUESTS = 2 * KILLS  # of two mails each
DICE = random.Random(4711)


@pytest.mark.timeout(90 + KILLS)
def test_every_mail_that_is_owed_arrives_under_one_message_id(
    nursery: Nursery, sink: tuple[SlowSink, int]
) -> None:
    numbers = nursery.say(call="requests_with_answers", **{"with": {"count": REQUESTS}})
    mails = sink[0]
    for _ in range(KILLS):
        worker, before = nursery.say(run=["worker"]), mails.begun
        while mails.begun == before:
            time.sleep(0.002)
        time.sleep(DICE.uniform(0, 0.1))
        nursery.kill(worker)
    assert pending(nursery) > 0, "the last kills found nothing to interrupt"
    mails.slowness = 0
    worker = nursery.say(run=["worker"])
    deadline = time.monotonic() + 90
    while pending(nursery):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    nursery.end(worker)

    database = sqlite3.connect(nursery.database)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    owed = database.execute("SELECT mail_id, kind, ticket_id, address, state FROM email_delivery").fetchall()
    assert Counter(state for *_, state in owed) == {"sent": len(owed)}
    # Each request owes its customer a confirmation and the answer, once.
    to_customers = Counter(
        (kind, ticket) for _, kind, ticket, *_ in owed if kind in ("confirmation", "reply")
    )
    assert to_customers == Counter((kind, number) for kind in ("confirmation", "reply") for number in numbers)

    # The kills did hit mails that were under way, and some were repeated.
    interrupted, repeated = mails.begun - len(mails.mails), len(mails.mails) - len(owed)
    assert interrupted + repeated >= KILLS // 2
    assert repeated > 0
    assert {mail["Message-ID"] for mail in mails.mails} == {mail_id for mail_id, *_ in owed}
    ids = defaultdict(set)
    for mail in mails.mails:
        ids[mail["To"], mail["Subject"], str(mail.get_payload(0))].add(mail["Message-ID"])
    assert Counter(len(same) for same in ids.values()) == {1: len(owed)}


def pending(nursery: Nursery) -> int:
    """Events and mails of which something is still to be done."""
    with sqlite3.connect(nursery.database, timeout=20) as database:
        (count,) = database.execute(
            "SELECT (SELECT count(*) FROM timeline_event WHERE reacted_at IS NULL)"
            " + (SELECT count(*) FROM email_delivery WHERE next_try_at IS NOT NULL)"
        ).fetchone()
    return int(count)
