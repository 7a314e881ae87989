"""A process that has everything loaded, and brings forth servers and workers that are to be killed.

Starting Python and Django anew takes a second, fifty times a minute. Run as
`python -m tests.faults.nursery LOG`. It reads one command a line, as JSON, and answers each with a line:

    {"call": "build", "with": {...}}   run a function of `stage.py` in a child; answers with what it returns
    {"run": ["web", "--port", "1"]}    run the command line of Guichet in a child; answers with its number
    {"bury": 4711}                     wait for a child to be dead
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django


def load() -> None:
    """Import what servers and workers run, and open nothing that must not be shared with a child."""
    django.setup()
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.urls import get_resolver

    import guichet.project.asgi
    import guichet.project.server  # noqa: F401
    from guichet.edges.mailbox import intake
    from guichet.project.cli.worker import at_work
    from guichet.reactions import pending
    from guichet.reactions.email import claim

    # What a killed worker held is free after a minute; the tests cannot wait for so long.
    claim.LEASE = pending.LEASE = timedelta(seconds=2)
    intake.LEASE = claim.LEASE  # type: ignore[attr-defined]  # a name that it has from elsewhere
    assert at_work()
    assert MigrationLoader(None).disk_migrations
    assert get_resolver().url_patterns
    assert connection.connection is None


def bring_forth(live: Callable[[], None], log: int) -> int:
    """Start a child that lives and dies by itself. Returns its number."""
    child = os.fork()
    if child:
        return child
    try:
        os.dup2(log, 1)
        os.dup2(log, 2)
        live()
    finally:
        os._exit(0)


def called(name: str, arguments: dict[str, Any], log: int) -> Any:
    """What a function of the stage returns, run in a child of its own."""
    reading, writing = os.pipe()

    def live() -> None:
        from . import stage

        answer = getattr(stage, name)(**arguments)
        os.write(writing, json.dumps(answer).encode())

    child = bring_forth(live, log)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer or b"null")


def answer(said: dict[str, Any], log: int) -> Any:
    if "call" in said:
        return called(said["call"], said.get("with", {}), log)
    if "run" in said:
        from guichet.project.cli import main

        return bring_forth(lambda: main(said["run"]), log)
    return os.waitpid(said["bury"], 0)[1]


if __name__ == "__main__":
    load()
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), log)), flush=True)  # noqa: T201
