"""Bytes kept under names that say nothing, in whatever store Django is told of."""

import hashlib
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

import structlog
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext_lazy as _

from guichet.foundation.refusals import Unavailable

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")
_INCOMING = "incoming"
_ABANDONED_AFTER = 24 * 3600  # seconds
_AWAY = _("Files cannot be kept or opened just now. Please try again in a minute.")

log = structlog.get_logger("guichet.files")


class Stored(NamedTuple):
    name: str
    size: int
    sha256: str


class TooLarge(Exception):
    """More bytes than allowed. `limit` is how many were."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The file is larger than {limit} bytes.")
        self.limit = limit


class Empty(Exception):
    """There was not one byte."""


def store(chunks: Iterable[bytes], *, limit: int) -> Stored:
    """Keep the bytes under a new random name, on disk for good when this returns.

    Raises TooLarge as soon as there are more than `limit` bytes, Empty, and Unavailable where the store is
    away or full; what `chunks` raises passes through. In each case nothing is kept.
    """
    with _within_reach():
        received = tempfile.NamedTemporaryFile(dir=_incoming(), delete=False)  # noqa: SIM115  just below
    with received:
        try:
            size, sha256 = _receive(chunks, received, limit)
            with _within_reach():
                name = _move(received)
        finally:
            Path(received.name).unlink(missing_ok=True)
    return Stored(name, size, sha256)


def open_stored(name: str) -> IO[bytes]:
    """The bytes kept under `name`, to be read and closed. Raises FileNotFoundError, and Unavailable."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    with _within_reach():
        opened: IO[bytes] = storages["default"].open(name)
        opened.seek(0)  # a bucket is only asked now, and later there is no way to say that it failed
    return opened


def discard(name: str) -> None:
    """Forget the bytes kept under `name`, if there are any."""
    if _NAME.fullmatch(name):
        storages["default"].delete(name)


@contextmanager
def _within_reach() -> Iterator[None]:
    """Raises Unavailable for whatever a store says, each in its own words, when it cannot do its work."""
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as fault:
        log.exception("the store of files fails")
        raise Unavailable(_AWAY) from fault


def _receive(chunks: Iterable[bytes], received: IO[bytes], limit: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        with _within_reach():
            received.write(chunk)
    if not size:
        raise Empty("The file is empty.")
    with _within_reach():
        received.flush()
        os.fsync(received.fileno())
    return size, digest.hexdigest()


class _Received(File):  # type: ignore[type-arg]  # generic in the stubs only
    """Tells Django's local storage that it may rename the file instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def _move(received: IO[bytes]) -> str:
    unique = secrets.token_hex(16)
    received.seek(0)
    name = storages["default"].save(f"{unique[:2]}/{unique[2:4]}/{unique}", _Received(received))
    if (place := _local(name)) is not None:
        for folder in list(place.parents)[:3]:
            _make_durable(folder)
    return name


def _incoming() -> Path | None:
    """Where to receive a file so that keeping it is a rename: beside the others, if they lie here."""
    folder = _local(_INCOMING)
    if folder is None:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_behind in folder.iterdir():  # by a process that was killed
        with suppress(FileNotFoundError):  # or about to be moved, by one that is alive
            if left_behind.stat().st_mtime < time.time() - _ABANDONED_AFTER:
                left_behind.unlink()
    return folder


def _local(name: str) -> Path | None:
    storage = storages["default"]
    return Path(storage.path(name)) if isinstance(storage, FileSystemStorage) else None


def _make_durable(folder: Path) -> None:
    """A new name survives a power cut once its folder is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
