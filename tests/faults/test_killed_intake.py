"""The worker is killed again and again while mails come in: what was accepted becomes one message, once."""

import random
import sqlite3
import threading
import time
from collections import Counter
from hashlib import sha256

import pytest

from .conftest import KILLS, Nursery
from .mailing import Handed, keep_mailing

DICE = random.Random(4711)
WRITERS = ("requester", "contact", "foreigner")


@pytest.mark.timeout(90 + KILLS)
def test_every_mail_that_was_accepted_is_settled_once(nursery: Nursery) -> None:
    people = nursery.say(call="people_who_mail", **{"with": {"names": WRITERS}})
    ledger, stop = Handed(), threading.Event()
    threads = [
        threading.Thread(target=keep_mailing, args=(nursery.lmtp, who, ledger, stop, seed), daemon=True)
        for seed, who in enumerate(people.values())
    ]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        worker, before = nursery.say(run=["worker"]), len(ledger.accepted)
        while len(ledger.accepted) == before:
            time.sleep(0.002)
        time.sleep(DICE.uniform(0, 0.25))
        nursery.kill(worker)
    worker = nursery.say(run=["worker"])
    stop.set()
    for thread in threads:
        thread.join(30)
    deadline = time.monotonic() + 60
    while unsettled(nursery):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    nursery.end(worker)

    assert len(ledger.accepted) >= KILLS
    check(ledger, nursery)


def unsettled(nursery: Nursery) -> int:
    with sqlite3.connect(nursery.database, timeout=20) as database:
        (count,) = database.execute(
            "SELECT count(*) FROM mailbox_receivedmessage WHERE state = 'received'"
        ).fetchone()
    return int(count)


def check(ledger: Handed, nursery: Nursery) -> None:
    """The database as the last worker left it, read without Guichet."""
    database = sqlite3.connect(nursery.database)

    def ask(query: str) -> list[tuple[str, ...]]:
        return database.execute(query).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    # Whatever was answered 250 is kept, byte by byte, behind the headers of whoever took it in.
    kept = ask("SELECT stored_as, fingerprint FROM mailbox_receivedmessage")
    stored = {(nursery.data / "files" / name).read_bytes(): print_ for name, print_ in kept}
    assert all(sha256(raw).hexdigest() == print_ for raw, print_ in stored.items())
    bodies = [raw.split(b"\r\n", 2)[2] for raw in stored]
    assert len(bodies) == len(set(bodies))
    assert ledger.bytes_accepted <= set(bodies)
    # Each mail is delivered once, however often and in however many forms it came.
    rows = ask("SELECT mail_id, state FROM mailbox_receivedmessage")
    assert {state for _, state in rows} <= {"delivered", "duplicate"}
    delivered = Counter(mail_id for mail_id, state in rows if state == "delivered")
    assert delivered == Counter(list(ledger.accepted))
    # It is one message, in the request it answers or in one of its own.
    said = Counter(body for (body,) in ask("SELECT body FROM tickets_message WHERE channel = 'email'"))
    assert said == Counter(f"This is the {marker}." for marker in ledger.accepted.values())
    subjects = Counter(word for (word,) in ask("SELECT subject FROM tickets_ticket") if "marker" in word)
    assert subjects == Counter(ledger.accepted[mail_id] for mail_id in ledger.opened)
    assert ask(DOUBLE_EVENTS) == []
    # The kills did hit mails that were being handed over, and mails that were being settled.
    ((died,),) = ask("SELECT count(*) FROM mailbox_receivedmessage WHERE attempts > 1")
    assert (ledger.cut > 0, int(died) >= KILLS // 5) == (True, True), (ledger.cut, died)


DOUBLE_EVENTS = """
    SELECT m.id FROM tickets_message m WHERE m.channel = 'email' AND 1 <> (
        SELECT count(*) FROM timeline_event e
        WHERE e.kind IN ('ticket_opened', 'ticket_replied') AND e.subject_id = m.ticket_id
          AND json_extract(e.facts, '$.message_id') = m.id)
"""
