import hashlib
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage, storages
from pytest_django import Settings

from guichet.foundation.refusals import Unavailable
from guichet.foundation.storage.files import Empty, TooLarge, discard, open_stored, store


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


def kept(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_bytes_are_kept_under_a_name_that_says_nothing(folder: Path) -> None:
    stored = store([b"one ", b"", b"two"], limit=7)
    assert (stored.size, stored.sha256) == (7, hashlib.sha256(b"one two").hexdigest())
    assert re.fullmatch(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}", stored.name)
    assert kept(folder) == [stored.name]
    with open_stored(stored.name) as file:
        assert file.read() == b"one two"


def test_the_same_bytes_twice_are_two_files(folder: Path) -> None:
    assert store([b"x"], limit=9).name != store([b"x"], limit=9).name
    assert len(kept(folder)) == 2


def test_nobody_else_reads_and_nothing_runs_it(folder: Path) -> None:
    stored = store([b"#!/bin/sh"], limit=9)
    assert (folder / stored.name).stat().st_mode & 0o177 == 0


def test_too_large_is_told_before_the_rest_is_read_and_leaves_nothing(folder: Path) -> None:
    read = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(1)
            yield b"x" * 1_000

    with pytest.raises(TooLarge) as refusal:
        store(endless(), limit=10_000)
    assert refusal.value.limit == 10_000
    assert len(read) == 11
    assert kept(folder) == []


@pytest.mark.parametrize("chunks", [[], [b""], [b"", b""]])
def test_an_empty_file_is_refused_and_leaves_nothing(folder: Path, chunks: list[bytes]) -> None:
    with pytest.raises(Empty):
        store(chunks, limit=10)
    assert kept(folder) == []


def test_a_stream_that_breaks_leaves_nothing(folder: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(breaking(), limit=10)
    assert kept(folder) == []


def test_what_a_killed_process_left_behind_goes_after_a_day(folder: Path) -> None:
    store([b"x"], limit=1)
    young, old = folder / "incoming" / "young", folder / "incoming" / "old"
    young.touch()
    old.touch()
    os.utime(old, (time.time() - 100_000,) * 2)
    store([b"x"], limit=1)
    assert young.exists()
    assert not old.exists()


def test_discarding_twice_is_once(folder: Path) -> None:
    stored = store([b"x"], limit=1)
    discard(stored.name)
    discard(stored.name)
    assert kept(folder) == []
    with pytest.raises(FileNotFoundError):
        open_stored(stored.name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "../secret",
        "/etc/passwd",
        "ab/cd/../../../secret",
        "ab/cd/" + "0" * 32 + "\n",
        "incoming/x",
        "\0",
    ],
)
def test_other_names_open_and_discard_nothing(folder: Path, name: str) -> None:
    store([b"x"], limit=1)
    secret = folder.parent / "secret"
    secret.touch()
    with pytest.raises(FileNotFoundError):
        open_stored(name)
    discard(name)
    assert secret.exists()
    assert len(kept(folder)) == 1


def test_a_store_elsewhere_takes_the_same_bytes(folder: Path, settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    assert isinstance(storages["default"], InMemoryStorage)
    stored = store([b"one ", b"two"], limit=7)
    with open_stored(stored.name) as file:
        assert file.read() == b"one two"
    discard(stored.name)
    with pytest.raises(FileNotFoundError):
        open_stored(stored.name)
    assert not folder.exists()


def test_many_at_once_do_not_stumble_over_each_other(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda number: store([b"%d" % number], limit=9), range(400)))
    assert kept(folder) == sorted(one.name for one in stored)


def test_a_folder_that_is_away_is_said_to_be(folder: Path) -> None:
    stored = store([b"one"], limit=9)
    folder.rename(folder.with_name("elsewhere"))
    folder.write_bytes(b"")
    with pytest.raises(Unavailable):
        store([b"one"], limit=9)
    with pytest.raises(Unavailable):
        open_stored(stored.name)
