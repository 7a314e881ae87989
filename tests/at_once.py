"""Several people at the same moment: a thread and a connection for each, all let go together."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from guichet.foundation.refusals import Refusal

Deed = Callable[[], Any]


def at_once(*deeds: Deed) -> list[Any]:
    """What came of each, in their order. A refusal is an outcome; whatever else is raised is raised here."""
    gate = threading.Barrier(len(deeds))

    def outcome(deed: Deed) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(20)
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(60) for future in [pool.submit(outcome, deed) for deed in deeds]]


@contextmanager
def database_for_several(folder: Path) -> Iterator[None]:
    """SQLite's database of the tests lies in memory, where no two write; this one is a file in `folder`."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, settings = connections["default"], connections.settings["default"]
    path = folder / "together.sqlite3"
    in_memory.ensure_connection()
    with sqlite3.connect(path) as file:
        in_memory.connection.backup(file)
    file.close()
    connections.settings["default"] = {**settings, "NAME": str(path)}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = settings
        connections["default"] = in_memory
