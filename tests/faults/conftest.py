"""Real processes on a database of their own, to be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.mail.ports import free_port
from tests.reactions.email.sink import serving

from .ledger import Browser, SlowSink

# How often the workers are killed: more often finds rarer faults, and takes longer.
KILLS = int(os.environ.get("TEST_KILLS", "50"))

# Children of the nursery use SQLite, whatever the tests beside them use.
NOT_THEIRS = ("DATABASE_URL", "REDIS_URL")


@dataclass
class Nursery:
    """The nursery's process (see nursery.py), spoken to from a test."""

    process: "subprocess.Popen[str]"
    data: Path
    port: int
    lmtp: int

    def say(self, **words: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline() or self._broken())

    def serve(self) -> int:
        """Start a web process, and wait until it answers."""
        child: int = self.say(run=["web", "--port", str(self.port)])
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if Browser(self.port).ask("GET", "/healthz") == 200:
                    return child
            except OSError:
                time.sleep(0.01)
        return self._broken()

    def kill(self, child: int) -> None:
        """As the kernel kills: at once, wherever it was."""
        os.kill(child, signal.SIGKILL)
        self.say(bury=child)

    def end(self, child: int) -> None:
        os.kill(child, signal.SIGTERM)
        self.say(bury=child)

    @property
    def database(self) -> Path:
        return self.data / "guichet.sqlite3"

    def _broken(self) -> NoReturn:
        pytest.fail((self.data.parent / "log").read_text()[-5000:])


@pytest.fixture
def sink() -> Iterator[tuple[SlowSink, int]]:
    made = SlowSink()
    with serving(made) as port:
        yield made, port


@pytest.fixture
def nursery(tmp_path: Path, sink: tuple[SlowSink, int]) -> Iterator[Nursery]:
    with started(tmp_path, mail_port=sink[1]) as made:
        yield made


@contextmanager
def started(folder: Path, *, mail_port: int, domain: str = "vendor.example") -> Iterator[Nursery]:
    """A nursery whose Guichet hands mail over at `mail_port`, and has its addresses at `domain`."""
    port, lmtp = free_port(), free_port()
    data = folder / "data"
    variables = {name: value for name, value in os.environ.items() if name not in NOT_THEIRS} | {
        "GUICHET_DATA": str(data),
        "GUICHET_URL": f"http://127.0.0.1:{port}",
        "GUICHET_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "GUICHET_MAIL_DOMAIN": domain,
        "GUICHET_MAIL_FROM": f"help@{domain}",
        "GUICHET_LMTP": f"127.0.0.1:{lmtp}",
        "GUICHET_AUTHSERV_ID": "mx.vendor.example",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nursery", str(folder / "log")],
        env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield Nursery(process, data, port, lmtp)
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # with those whom a test that failed has left behind
        process.wait()
