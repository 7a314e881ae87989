"""The embedded process as a newcomer runs it: how soon it answers, and what it holds while nobody asks."""

import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

import psutil

from .machine import CACHE, PYTHON, free_port, memory_mb, run, running, wait_for

STARTS = 5
QUIET = 6.0  # seconds


@dataclass(frozen=True)
class Idle:
    """Seconds from the command to the first page; megabytes (2**20) of the process after a quiet while."""

    start: float
    proportional: float
    resident: float

    @property
    def sentence(self) -> str:
        return (
            f"`serve`, everything in one process, on SQLite with the demonstration: first page after"
            f" {self.start:.2f} s (median of {STARTS} starts), {self.proportional:.0f} MB (PSS) and"
            f" {self.resident:.0f} MB (RSS) while idle"
        )


def idle() -> Idle:
    folder = CACHE / "embedded"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    log, starts, memory = folder / "log", list[float](), (0.0, 0.0)
    env = {
        "DJANGO_SETTINGS_MODULE": "guichet.project.settings",
        "GUICHET_DATA": str(folder),
        "GUICHET_DEMO": "true",
    }
    run([PYTHON, "-m", "guichet", "migrate"], env, log)
    run([PYTHON, "-m", "guichet", "demo"], env, log)
    for number in range(STARTS):
        port = free_port()
        command = [PYTHON, "-m", "guichet", "serve", "--migrate", "--port", str(port)]
        with ExitStack() as stack:
            began = time.perf_counter()
            process = stack.enter_context(running(command, env, log))
            wait_for(f"http://127.0.0.1:{port}/account/login/", process, log)
            starts.append(time.perf_counter() - began)
            if number == STARTS - 1:
                memory = _quiet(process)
    return Idle(median(starts), *memory)


def _quiet(process: psutil.Process) -> tuple[float, float]:
    time.sleep(QUIET)
    return memory_mb(process)
