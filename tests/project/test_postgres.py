"""Our PostgreSQL backend, when the tests run on PostgreSQL."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the tests run on SQLite"),
]


@pytest.fixture
def beside() -> Iterator[BaseDatabaseWrapper]:
    """Another connection to the same database."""
    other = connections.create_connection("default")
    yield other
    other.close()


def test_a_living_connection_is_believed_without_asking(beside: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), 'the last question'")
        [pid, _words] = cursor.fetchone()
    assert connection.is_usable()
    with beside.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid])
        assert "the last question" in cursor.fetchone()[0]


def test_one_that_the_server_has_closed_is_not(beside: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    with beside.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    until = time.monotonic() + 10
    while connection.is_usable() and time.monotonic() < until:
        time.sleep(0.01)
    assert not connection.is_usable()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
