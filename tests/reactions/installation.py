"""A whole installation in a folder of its own, whose workers are processes that can be killed."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
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

    def ask(self, statement: Any) -> list[tuple[Any, ...]]:
        """Ask its database directly: starting Python for each look would take longer than the looks."""
        address = self.variables["DATABASE_URL"]
        if address.startswith("postgres"):
            with psycopg.connect(address, autocommit=True) as server:
                answer = server.execute(statement)
                return answer.fetchall() if answer.description else []
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=20)) as file, file:
            return file.execute(statement).fetchall()

    def let_leases_end(self) -> None:
        """As if a minute had passed since the workers died."""
        self.ask("UPDATE email_delivery SET next_try_at = created_at WHERE next_try_at IS NOT NULL")
        self.ask("UPDATE timeline_event SET next_try_at = at WHERE next_try_at IS NOT NULL")

    def mails(self) -> Counter[str]:
        """How many mails are in which state."""
        return Counter(dict(self.ask("SELECT state, COUNT(*) FROM email_delivery GROUP BY state")))


@contextmanager
def prepared(folder: Path) -> Iterator[str]:
    """A database with the cast in it, of the kind the tests run on, to be copied. Yields its address."""
    with _database(folder) as address:
        made = Installation(_variables(folder, address))
        made.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        made.run("from tests.world import build; build()")
        yield address


@contextmanager
def installed(folder: Path, original: str, **variables: str) -> Iterator[Installation]:
    """An installation on a copy of what `prepared` made."""
    with _database(folder, original) as address:
        made = Installation({**_variables(folder, address), **variables})
        try:
            yield made
        finally:
            made.stop()


def _variables(folder: Path, address: str) -> dict[str, str]:
    ours = {"DJANGO_SETTINGS_MODULE": "guichet.project.settings", "GUICHET_DATA": str(folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
    return {**kept, **ours, "DATABASE_URL": address}


@contextmanager
def _database(folder: Path, original: str = "") -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        file = folder / "guichet.sqlite3"
        if original:
            shutil.copyfile(original.removeprefix("sqlite:///"), file)
        yield f"sqlite:///{file}"
        return
    name = f"guichet_{uuid4().hex[:12]}"
    _ask(given, f"CREATE DATABASE {name} TEMPLATE {urlsplit(original).path[1:] or 'template0'}")
    try:
        yield urlsplit(given)._replace(path=f"/{name}").geturl()
    finally:
        _ask(given, f"DROP DATABASE {name} WITH (FORCE)")


def _ask(address: str, statement: Any) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
