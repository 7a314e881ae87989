"""A whole installation in a folder of its own, whose workers are processes that can be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
WORKER = [sys.executable, "-m", "guichet", "worker"]


@dataclass
class Installation:
    """Its environment, and the workers that were started in it."""

    variables: dict[str, str]
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def run(self, code: str) -> str:
        """Run Python in it. Returns what that printed."""
        prepared = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", prepared], env=self.variables, cwd=ROOT, check=True, capture_output=True
        )
        return done.stdout.decode()

    def start_worker(self) -> "subprocess.Popen[bytes]":
        worker = subprocess.Popen(WORKER, env=self.variables, cwd=ROOT, stderr=subprocess.DEVNULL)
        self.workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)

    def let_leases_end(self) -> None:
        """As if a minute had passed since the workers died."""
        self.run(
            "from guichet.reactions.email.models import Delivery\n"
            "from guichet.domain.timeline.models import Event\n"
            "from guichet.foundation.clock import now\n"
            "Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=now())\n"
            "Event.objects.filter(next_try_at__isnull=False).update(next_try_at=now())"
        )


@contextmanager
def installed(folder: Path, **variables: str) -> Iterator[Installation]:
    """An installation with the cast in it, on a database of its own of the kind the tests run on."""
    with _database(folder) as address:
        made = Installation(
            {
                **{name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")},
                "DJANGO_SETTINGS_MODULE": "guichet.project.settings",
                "GUICHET_DATA": str(folder),
                "DATABASE_URL": address,
                **variables,
            }
        )
        try:
            made.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
            made.run("from tests.world import build; build()")
            yield made
        finally:
            made.stop()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'guichet.sqlite3'}"
        return
    name = f"guichet_{uuid4().hex[:12]}"
    _ask(given, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(given)._replace(path=f"/{name}").geturl()
    finally:
        _ask(given, f"DROP DATABASE {name} WITH (FORCE)")


def _ask(address: str, statement: Any) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
