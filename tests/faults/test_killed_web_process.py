"""The web process is killed again and again while people send: what was accepted is there, once and whole."""

import random
import sqlite3
import threading
import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from .conftest import Nursery
from .ledger import Browser, Ledger

KILLS = 50
DICE = random.Random(4711)
WRITERS = ("requester", "contact", "administrator", "foreigner")


def write(browser: Browser, who: dict[str, str], ledger: Ledger, stop: threading.Event, seed: int) -> None:
    """Somebody who opens requests and answers, some with a file, and now and then clicks twice."""
    dice = random.Random(seed)
    while not stop.is_set():
        key, marker = str(uuid4()), f"marker {uuid4().hex}"
        file = (f"{marker}.log", b"x" * dice.randrange(1, 200_000)) if dice.random() < 0.3 else None
        if dice.random() < 0.5:
            path = "/requests/new/"
            form = {"category": "technical", "organisation": str(who["organisation"]), "subject": marker,
                    "description": f"This is the {marker}.", "client_key": key}  # fmt: skip
        else:
            path = f"/requests/{who['number']}/replies/"
            form = {"body": f"This is the {marker}.", "client_key": key}
        ledger.note(key, marker, browser.insist(path, form, file))
        if dice.random() < 0.2:
            browser.insist(path, form)


@pytest.mark.timeout(170)
def test_what_was_accepted_is_there_once_and_whole(nursery: Nursery) -> None:
    people = nursery.say(call="people_who_write", **{"with": {"names": WRITERS}})
    server = nursery.serve()
    ledger, stop, browsers, threads = Ledger(), threading.Event(), [], []
    for seed, who in enumerate(people.values()):
        browser = Browser(nursery.port)
        browser.sign_in(who["email"])
        browsers.append(browser)
        threads.append(threading.Thread(target=write, args=(browser, who, ledger, stop, seed), daemon=True))
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        before = len(ledger.accepted)
        while len(ledger.accepted) == before:
            time.sleep(0.01)
        time.sleep(DICE.uniform(0, 0.2))
        nursery.kill(server)
        server = nursery.serve()
    stop.set()
    for thread in threads:
        thread.join(30)
    nursery.end(server)

    # The kills did hit people who were sending.
    assert sum(browser.cut for browser in browsers) >= KILLS // 2
    assert (len(ledger.accepted) >= KILLS, dict(ledger.refused)) == (True, {})
    check(ledger, nursery)


def check(ledger: Ledger, nursery: Nursery) -> None:
    """The database as the last server left it, read without Guichet."""
    database = sqlite3.connect(nursery.database)

    def ask(query: str) -> list[tuple[object, ...]]:
        return database.execute(query).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    keyed = [(str(UUID(str(key))), str(body)) for key, body in ask(OPENED) + ask(ANSWERED)]
    assert len(keyed) == len(set(keyed)) == len(ledger.accepted)
    assert dict(keyed) == {key: f"This is the {marker}." for key, marker in ledger.accepted.items()}
    # Nothing by halves: each request has its first message and its event, each message its own.
    assert ask("SELECT id FROM tickets_ticket WHERE id NOT IN (SELECT ticket_id FROM tickets_message)") == []
    assert ask(EVENTS) == []
    assert ask(LAST) == []
    # A file's row came after the file, and its name after that.
    for stored_as, size in ask("SELECT stored_as, size FROM tickets_attachment"):
        (kept,) = (nursery.data / "files").rglob(Path(str(stored_as)).name)
        assert kept.stat().st_size == size


OPENED = """
    SELECT t.client_key, min(m.body) FROM tickets_ticket t JOIN tickets_message m ON m.ticket_id = t.id
    WHERE t.client_key IS NOT NULL GROUP BY t.id
"""
ANSWERED = "SELECT client_key, body FROM tickets_message WHERE client_key IS NOT NULL"
EVENTS = """
    SELECT m.id FROM tickets_message m WHERE 1 <> (
        SELECT count(*) FROM timeline_event e
        WHERE e.kind IN ('ticket_opened', 'ticket_replied') AND e.subject_id = m.ticket_id
          AND json_extract(e.facts, '$.message_id') = m.id)
"""
LAST = """
    SELECT t.id FROM tickets_ticket t
    WHERE t.last_message_id <> (SELECT max(m.id) FROM tickets_message m WHERE m.ticket_id = t.id)
"""
