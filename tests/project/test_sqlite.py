"""Our SQLite backend, on a real file."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.db import IntegrityError, OperationalError, connections
from django.db.transaction import Atomic

from guichet.foundation.database.sqlite import base

OTHER_PROCESS = """
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def alias(tmp_path: Path, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[str]:
    settings: dict[str, Any] = {
        "ENGINE": "guichet.foundation.database.sqlite",
        "NAME": tmp_path / "db.sqlite3",
    }
    connections.settings["counter"] = connections.configure_settings({"default": {}, "counter": settings})[
        "counter"
    ]
    with django_db_blocker.unblock():
        cursor = connections["counter"].cursor()
        cursor.execute("CREATE TABLE counter (n integer CHECK (n < 10000))")
        cursor.execute("INSERT INTO counter VALUES (0)")
        yield "counter"
        connections["counter"].close()
    del connections["counter"], connections.settings["counter"]


def count(alias: str) -> int:
    number: int = connections[alias].cursor().execute("SELECT n FROM counter").fetchone()[0]
    return number


def add_one(alias: str) -> None:
    """Read, then write: what fails at once in a deferred transaction."""
    with Atomic(alias, savepoint=True, durable=False), connections[alias].cursor() as cursor:
        number = cursor.execute("SELECT n FROM counter").fetchone()[0]
        with Atomic(alias, savepoint=True, durable=False):
            cursor.execute("UPDATE counter SET n = %s", [number + 1])


def test_it_is_durable_and_checks_keys(alias: str) -> None:
    cursor = connections[alias].cursor()
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    assert [cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas] == ["wal", 2, 1, 20_000]


def test_eight_threads_that_read_then_write_lose_nothing(alias: str) -> None:
    def write(_: int) -> None:
        for _ in range(30):
            add_one(alias)
        connections[alias].close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert count(alias) == 240


def test_writers_outside_a_transaction_are_served_too(alias: str) -> None:
    def write(_: int) -> None:
        for _ in range(20):
            connections[alias].cursor().execute("UPDATE counter SET n = n + 1")
            add_one(alias)
        connections[alias].close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert count(alias) == 320


def test_readers_pass_a_writer(alias: str) -> None:
    with Atomic(alias, savepoint=True, durable=False):
        connections[alias].cursor().execute("UPDATE counter SET n = 7")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(count, alias).result(5) == 0
    assert count(alias) == 7


def test_another_process_is_waited_for(alias: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", OTHER_PROCESS, str(tmp_path / "db.sqlite3-writer"), "0.4"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        started = time.monotonic()
        add_one(alias)
        assert 0.2 < time.monotonic() - started < 2
    assert count(alias) == 1


def test_waiting_ends_with_the_usual_error(alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "SECONDS_TO_WAIT", 0.2)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with Atomic(alias, savepoint=True, durable=False):
            held.set()
            done.wait(5)
        connections[alias].close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(5)
    with pytest.raises(OperationalError, match="database is locked"):
        add_one(alias)
    done.set()
    holder.join()
    add_one(alias)
    assert count(alias) == 1


def test_what_fails_lets_the_next_one_in(alias: str) -> None:
    with pytest.raises(IntegrityError), Atomic(alias, savepoint=True, durable=False):
        connections[alias].cursor().execute("UPDATE counter SET n = 10000")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(add_one, alias).result(5)
    assert count(alias) == 1


def test_a_connection_closed_in_mid_transaction_lets_the_next_one_in(alias: str) -> None:
    def leave() -> None:
        connection = connections[alias]
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        connection.cursor().execute("UPDATE counter SET n = 5")
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(leave).result(5)
    add_one(alias)
    assert count(alias) == 1
