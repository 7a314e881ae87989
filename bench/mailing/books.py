"""What the database says became of the mails: asked from outside, without Guichet."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from ..guichet import Installation
from ..machine import Failed
from .letters import Post


class Books:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return rows

    def count(self, query: str) -> int:
        return int(self.ask(query)[0][0])

    def unsettled(self) -> int:
        return self.count("SELECT count(*) FROM mailbox_receivedmessage WHERE state = 'received'")

    def received(self) -> int:
        return self.count("SELECT count(*) FROM mailbox_receivedmessage")

    def unanswered(self) -> int:
        """Events and mails of ours of which something is still to be done."""
        return self.count(
            "SELECT (SELECT count(*) FROM timeline_event"
            " WHERE reacted_at IS NULL AND next_try_at IS NOT NULL)"
            " + (SELECT count(*) FROM email_delivery WHERE next_try_at IS NOT NULL)"
        )

    def is_visible(self, mail_id: str) -> bool:
        found = self.ask(
            f"SELECT 1 FROM mailbox_receivedmessage WHERE mail_id = '{mail_id}' AND state = 'delivered'"
        )
        return bool(found)

    def check(self, post: Post) -> None:
        """Raises Failed unless every distinct mail ended once where it belongs."""
        rows = self.ask("SELECT mail_id, state FROM mailbox_receivedmessage")
        ended = {
            state: Counter(i for i, each in rows if each == state) for state in {each for _, each in rows}
        }
        expected = {"delivered": Counter(list(post.delivered)), "unsorted": Counter(list(post.unsorted))}
        for state, ids in expected.items():
            if (found := ended[state]) != ids:
                raise Failed(f"{state}: missing {[*(ids - found)][:5]}, not expected {[*(found - ids)][:5]}")
        if ended["duplicate"].total() != post.copies:
            raise Failed(f"{ended.get('duplicate', Counter()).total()} known again, not {post.copies}")
        if set(ended) - {*expected, "duplicate"}:
            raise Failed(f"There are mails that are {set(ended)}.")
        said = self.count("SELECT count(*) FROM tickets_message WHERE channel = 'email'")
        if said != len(post.delivered):
            raise Failed(f"{said} messages came of {len(post.delivered)} mails.")


@contextmanager
def books(guichet: Installation) -> Iterator[Books]:
    if guichet.url:
        with psycopg.connect(guichet.url, autocommit=True) as connection:
            yield Books(connection)
        return
    with closing(sqlite3.connect(guichet.database, timeout=30, isolation_level=None)) as connection:
        yield Books(connection)
