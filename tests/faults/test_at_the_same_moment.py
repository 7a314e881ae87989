"""The same form, sent twenty times at once, is one request or one answer; and everybody is led to it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

from .conftest import Nursery
from .ledger import Browser

TIMES = 20


def test_twenty_posts_of_one_form_are_one(nursery: Nursery) -> None:
    people = nursery.say(call="people_who_write", **{"with": {"names": ["requester"]}})
    rose = people["requester"]
    server = nursery.serve()
    first = Browser(nursery.port)
    first.sign_in(rose["email"])
    opening = {"category": "technical", "organisation": str(rose["organisation"]), "subject": "At once"}
    forms = {
        "/requests/new/": {**opening, "description": "Since this morning it stays empty."},
        f"/requests/{rose['number']}/replies/": {"body": "It still does."},
    }
    for path, form in forms.items():
        keyed = {**form, "client_key": str(uuid4())}
        browsers = [Browser(nursery.port, dict(first.cookies)) for _ in range(TIMES)]
        with ThreadPoolExecutor(TIMES) as pool:
            answers = list(pool.map(partial(Browser.post, path=path, form=keyed), browsers))
        assert answers == [302] * TIMES
        assert len({browser.led_to for browser in browsers}) == 1
    nursery.end(server)

    database = sqlite3.connect(nursery.database)
    for query in (
        "SELECT count(*) FROM tickets_ticket WHERE subject = 'At once'",
        "SELECT count(*) FROM tickets_message WHERE body = 'It still does.'",
        "SELECT count(*) FROM timeline_event WHERE kind = 'ticket_replied'",
    ):
        assert database.execute(query).fetchall() == [(1,)]
