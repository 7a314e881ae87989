"""A queue in front of SQLite's own lock, where those who wait sleep ever longer while newcomers pass."""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import ClassVar, Self

SECONDS_BETWEEN_LOOKS = 0.005


class WriterLock:
    """One writer at a time: among the threads of this process by a lock, among processes by a locked file."""

    _all: ClassVar[dict[Path, Self]] = {}
    _all_guard = threading.Lock()

    @classmethod
    def of(cls, database: Path) -> Self:
        """The one lock of this process for `database`."""
        path = database.resolve()
        with cls._all_guard:
            return cls._all.setdefault(path, cls(path.with_name(f"{path.name}-writer")))

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._descriptor = -1

    def acquire(self, *, timeout: float) -> bool:
        """Wait at most `timeout` seconds; False when somebody else was still writing."""
        deadline = time.monotonic() + timeout
        if not self._threads.acquire(timeout=timeout):
            return False
        # Opened anew each time: a descriptor inherited by a forked child would share the parent's lock.
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except BaseException:
            self._threads.release()
            raise
        while not _lock(descriptor):
            if time.monotonic() > deadline:
                os.close(descriptor)
                self._threads.release()
                return False
            time.sleep(SECONDS_BETWEEN_LOOKS)
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let the next one in. Closing the file also unlocks it, as does the death of the process."""
        os.close(self._descriptor)
        self._threads.release()


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
