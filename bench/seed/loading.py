"""Millions of rows into a table in one go, without Django: COPY in PostgreSQL, executemany in SQLite."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

import psycopg
from psycopg import sql

Row = tuple[Any, ...]


class Loader(Protocol):
    def load(self, table: str, columns: str, rows: Iterable[Row]) -> None: ...


class PostgresLoader:
    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection

    def load(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, columns.split()))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([json.dumps(v) if isinstance(v, dict) else v for v in row])


class SqliteLoader:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def load(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        names = columns.split()
        places = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"
        self.connection.executemany(statement, (tuple(map(_plain, row)) for row in rows))


def _plain(value: Any) -> Any:
    # As Django writes them.
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return json.dumps(value) if isinstance(value, dict) else value


@contextmanager
def postgres(url: str) -> Iterator[PostgresLoader]:
    """One transaction. Indexes that no constraint needs are dropped meanwhile, and foreign keys believed."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = 'public' AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
        ).fetchall()
        for name, _definition in indexes:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        yield PostgresLoader(connection)
        for _name, definition in indexes:
            connection.execute(definition)
        for table, column in _identities(connection):
            connection.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), (SELECT MAX({}) FROM {}))").format(
                    table, column, sql.Identifier(column), sql.Identifier(table)
                )
            )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def _identities(connection: "psycopg.Connection[Any]") -> list[tuple[str, str]]:
    found = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND is_identity = 'YES'"
    )
    return [(table, column) for table, column in found.fetchall()]


@contextmanager
def sqlite(path: str) -> Iterator[SqliteLoader]:
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
    )
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    with connection:
        for name, _definition in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        yield SqliteLoader(connection)
        for _name, definition in indexes:
            connection.execute(definition)
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.commit()
    connection.close()
