"""SQLite as Guichet runs it: nothing accepted is lost, and writers queue instead of colliding."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.backends.sqlite3 import base, features

from .writer_lock import WriterLock

SECONDS_TO_WAIT = 20.0


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (3, 40)


class DatabaseWrapper(base.DatabaseWrapper):
    """Write-ahead log, full synchronisation, immediate transactions, and a lock in front of writers."""

    features_class = DatabaseFeatures
    _writing: WriterLock | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params["timeout"] = SECONDS_TO_WAIT
        # A deferred transaction that reads before it writes fails at once when another has written meanwhile.
        self.transaction_mode = "IMMEDIATE"
        self.init_commands = ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"]
        return params

    def check_database_version_supported(self) -> None:
        super().check_database_version_supported()
        with self.temporary_connection() as cursor:
            cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
            if cursor.fetchone() is None:
                raise ImproperlyConfigured(
                    "This Python's SQLite has no full-text search (FTS5). Use another Python."
                )

    def _start_transaction_under_autocommit(self) -> None:
        self._begin_writing()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's hook, absent from its stubs
        except BaseException:
            self._end_writing()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # Django's hook, absent from its stubs
        # A commit that failed keeps its transaction, and so the lock, until it is rolled back.
        self._end_writing()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django's hook, absent from its stubs
        finally:
            self._end_writing()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # Django's hook, absent from its stubs
        finally:
            self._end_writing()

    def _begin_writing(self) -> None:
        if self.is_in_memory_db():
            return
        lock = WriterLock.of(Path(str(self.settings_dict["NAME"])))
        if not lock.acquire(timeout=SECONDS_TO_WAIT):
            raise OperationalError("database is locked")
        self._writing = lock

    def _end_writing(self) -> None:
        if self._writing is not None:
            self._writing.release()
            self._writing = None
