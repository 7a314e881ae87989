"""Guichet as it is measured: its own command line, production settings."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from .database import Cluster
from .machine import CACHE, PYTHON, ROOT, free_port, run, running

COMMAND = (PYTHON, "-m", "guichet")
POLICY = ROOT / "guichet" / "domain" / "policy" / "default.toml"


@dataclass
class Installation:
    """A Guichet with `tickets` requests, in SQLite or, where `url` names a database, in PostgreSQL."""

    tickets: int
    folder: Path
    url: str = ""
    port: int = field(default_factory=free_port)
    mail: dict[str, str] = field(default_factory=lambda: {"GUICHET_MAIL_URL": "smtp://127.0.0.1:9"})

    @classmethod
    @contextmanager
    def filled(cls, tickets: int, cluster: Cluster | None) -> Iterator["Installation"]:
        """A copy of one that was filled, once: each run begins alike, and leaves nothing behind."""
        name = f"guichet_{tickets}"
        folder = CACHE / f"guichet-{'postgres' if cluster else 'sqlite'}-{tickets}"
        cls(tickets, folder, cluster.create(name) if cluster else "").fill()
        with TemporaryDirectory(dir=CACHE, prefix="run-", ignore_cleanup_errors=True) as copied:
            shutil.copytree(folder, copied, dirs_exist_ok=True)
            with cluster.copied(name) if cluster else nullcontext("") as url:
                yield cls(tickets, Path(copied), url)

    @property
    def database(self) -> str:
        """What the floor opens: an address, or the path of a file."""
        return self.url or str(self.folder / "guichet.sqlite3")

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def env(self) -> dict[str, str]:
        """The address names no port, so that sessions and pages are the same in each run."""
        return {
            "DJANGO_SETTINGS_MODULE": "guichet.project.settings",
            "GUICHET_DATA": str(self.folder),
            "GUICHET_URL": "http://127.0.0.1",
            **self.mail,
            **({"DATABASE_URL": self.url} if self.url else {}),
        }

    def fill(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        run([*COMMAND, "migrate"], self.env, self.log)
        if not self.kept.exists():
            run([*COMMAND, "policy", "apply", POLICY], self.env, self.log)
            run(
                [PYTHON, "-m", "bench.seed.guichet", str(self.tickets), self.kept, self.url],
                self.env,
                self.log,
            )

    @property
    def kept(self) -> Path:
        return self.folder / "cast.json"

    @property
    def cast(self) -> dict[str, Any]:
        """Whom to send the requests as, and about which."""
        cast: dict[str, Any] = json.loads(self.kept.read_text())
        return cast

    def record(self) -> Path:
        """The statements and the length of each answer, counted inside one process."""
        kept = self.folder / "statements.pickle"
        run([PYTHON, "-m", "bench.recording", self.kept, kept], self.env, self.log)
        return kept

    @contextmanager
    def serving(self) -> Iterator[psutil.Process]:
        """Its pages, no worker beside them."""
        with self._answering("web") as process:
            yield process

    @contextmanager
    def working(self) -> Iterator[list[psutil.Process]]:
        """All of it, as people run it: in one process on SQLite, pages and worker apart on PostgreSQL."""
        if not self.url:
            with self._answering("serve") as process:
                yield [process]
            return
        with self._answering("web") as pages, running([*COMMAND, "worker"], self.env, self.log) as worker:
            yield [pages, worker]

    @contextmanager
    def _answering(self, command: str) -> Iterator[psutil.Process]:
        ready = f"http://127.0.0.1:{self.port}/healthz"
        line = [*COMMAND, command, "--port", str(self.port)]
        with running(line, self.env, self.log, ready=ready) as process:
            yield process
