"""Reading in a process of its own, so that no mail costs more than it may, or brings down what reads it.

Each thread has one, started when it is first needed and used again: starting takes longer than reading.
"""

import json
import signal
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import asdict, replace
from pathlib import Path

from ..limits import Limits
from .child import LENGTH, READY
from .coding import decode
from .mail import Mail
from .pipes import Ended, Pipes, TooLate

_ROOT = Path(__file__).resolve().parents[4]
_START = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module({!r}, run_name='__main__')"
_SECONDS_TO_START = 30.0
_SECONDS_TO_END = 1.0
_MOST_SAID = 2**26  # bytes, the files aside
_HEAD = 2**16
_USUAL = Limits()
_own = threading.local()


def parse(raw: bytes, limits: Limits = _USUAL) -> Mail:
    """What `parse` of this package returns. What breaks the limits has `refused` set, as there.

    Safe in any thread. Raises OSError where no process can be started.
    """
    return _of_this_thread(limits).parse(raw)


def make_ready(limits: Limits = _USUAL) -> None:
    """Start the process of this thread, so that the next mail need not wait for it. Raises OSError."""
    _of_this_thread(limits).make_ready()


def _of_this_thread(limits: Limits) -> "Reader":
    reader: Reader | None = getattr(_own, "reader", None)
    if reader is None or reader.limits != limits:
        close()
        reader = _own.reader = Reader(limits)
    return reader


def close() -> None:
    """End the process of this thread, if it has one. It also ends with its thread, and with the program."""
    reader: Reader | None = getattr(_own, "reader", None)
    if reader is not None:
        reader.close()
        _own.reader = None


class _Failed(Exception):
    """The process did not read the mail: why, in words for an agent, and whether it would another time."""

    def __init__(self, why: str, *, is_final: bool) -> None:
        super().__init__(why)
        self.is_final = is_final


class Reader:
    """One process that reads mails, one after the other. Not for two threads at once."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[..., Reader] | None = None

    def parse(self, raw: bytes) -> Mail:
        try:
            return self._read(raw)
        except _Failed as failure:
            refused = str(failure)
        try:
            described = self._read(_head(raw))
        except _Failed:
            described = Mail()
        return replace(described, refused=refused)

    def make_ready(self) -> None:
        if self._process is None:
            self._start()

    def close(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _read(self, raw: bytes) -> Mail:
        """Twice if need be: the process may have been ended by something else, such as want of memory."""
        try:
            return self._ask(raw)
        except _Failed as failure:
            if failure.is_final:
                raise
        return self._ask(raw)

    def _ask(self, raw: bytes) -> Mail:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        pipes = Pipes(process.stdin.fileno(), process.stdout.fileno())
        until = time.monotonic() + self.limits.patience
        try:
            pipes.send(LENGTH.pack(len(raw)), until=until)
            pipes.send(raw, until=until)
            (length,) = LENGTH.unpack(pipes.take(LENGTH.size, until=until))
            said = pipes.take(min(length, _MOST_SAID), until=until)
            return decode(said, lambda size: pipes.take(size, until=until), most=self.limits.most_bytes)
        except (TooLate, Ended, ValueError, TypeError, KeyError, RecursionError) as error:
            self.close()
            raise self._failure(error, process) from error

    def _failure(self, error: Exception, process: subprocess.Popen[bytes]) -> _Failed:
        took_too_long = isinstance(error, TooLate) or process.returncode in (-signal.SIGPROF, -signal.SIGXCPU)
        if took_too_long:
            return _Failed(f"it takes more than {self.limits.seconds:g} seconds to read", is_final=True)
        return _Failed(f"reading it ended the reader ({process.returncode})", is_final=False)

    def _start(self) -> subprocess.Popen[bytes]:
        """Without the environment of this process, in which its secrets are. Raises OSError."""
        start = _START.format(f"{__package__}.child")
        process = subprocess.Popen(  # noqa: S603  ourselves
            [sys.executable, "-I", "-c", start, str(_ROOT), json.dumps(asdict(self.limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
        )
        self._process = process
        self._end = weakref.finalize(self, _end, process)
        assert process.stdin is not None
        assert process.stdout is not None
        pipes = Pipes(process.stdin.fileno(), process.stdout.fileno())
        try:
            pipes.take(len(READY), until=time.monotonic() + _SECONDS_TO_START)
        except (TooLate, Ended):
            self.close()
            raise OSError("The process that reads mails does not start.") from None
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    """It ends when nothing more can come."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _head(raw: bytes) -> bytes:
    """The headers of a mail that cannot be read: an agent sees at least whose it is."""
    head = raw[:_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return head + b"\n\n"
