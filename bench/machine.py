"""Processes: starting them, ending them, and what they have cost."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "bench"
PYTHON = sys.executable


class Failed(Exception):
    """Something that is measured did not do what was asked; the sentence says what."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(command: Sequence[str | Path], env: Mapping[str, str], log: Path) -> None:
    """Run to its end, what it says kept in `log`. Raises Failed with the last lines of that."""
    with log.open("ab") as said:
        ended = subprocess.run(
            list(map(str, command)), env=full(env), cwd=ROOT, stdout=said, stderr=said, check=False
        )
    if ended.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{_tail(log)}")


def full(env: Mapping[str, str]) -> dict[str, str]:
    """Our own environment without what would steer Guichet or Python, and with `env`."""
    steering = ("GUICHET_", "DATABASE_", "REDIS_", "PYTHON")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(steering)}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}


@contextmanager
def running(
    command: Sequence[str | Path], env: Mapping[str, str], log: Path, *, ready: str = ""
) -> Iterator[psutil.Process]:
    """A server, until it answers at `ready`, and to its end."""
    with log.open("ab") as said:
        process = psutil.Popen(list(map(str, command)), env=full(env), cwd=ROOT, stdout=said, stderr=said)
    try:
        if ready:
            wait_for(ready, process, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, process: psutil.Process, log: Path, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            break
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310  our own address
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.01)
    raise Failed(f"{address} does not answer\n{_tail(log)}")


def cpu_ms(roots: Sequence[psutil.Process]) -> float:
    """What these processes and all they ever started have used, in milliseconds (to 10 ms each)."""
    total = 0.0
    for root in roots:
        for process in (root, *root.children(recursive=True)):
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
    return total * 1000


def memory_mb(root: psutil.Process) -> tuple[float, float]:
    """Proportional and resident memory of a process tree, in MB (2**20 bytes)."""
    kinds = [process.memory_full_info() for process in (root, *root.children(recursive=True))]
    return sum(kind.pss for kind in kinds) / 2**20, sum(kind.rss for kind in kinds) / 2**20


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-25:])
