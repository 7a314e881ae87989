"""The whole installation in one process, as `guichet serve` starts it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

PATIENCE = 40  # seconds


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
    return port


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    variables = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
    }
    # A file, as a pipe that nobody reads would stop the server once it is full.
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "guichet", "serve", "--migrate", "--demo", "--port", str(port)],
        env={**variables, "GUICHET_DATA": str(tmp_path / "data"), "GUICHET_DEMO": "true"},
        stderr=log,
        text=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while status(port, "/readyz") != 200:
            assert process.poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield process, port
    finally:
        process.kill()
        process.wait()
        log.close()


def status(port: int, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_it_answers_within_its_memory_and_ends_when_told(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    assert status(port, "/healthz") == 200
    assert status(port, "/healthz", Host="10.0.0.7:8000") == 200  # as a balancer calls it
    assert status(port, "/", Host="elsewhere.example") == 400
    assert psutil.Process(process.pid).memory_full_info().uss < 150 * 2**20
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def test_a_port_that_is_taken_is_told_in_a_sentence(
    served: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    _, port = served
    variables = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
    }
    second = subprocess.run(
        [sys.executable, "-m", "guichet", "serve", "--port", str(port)],
        env={**variables, "GUICHET_DATA": str(tmp_path / "data"), "GUICHET_DEMO": "true"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Error: Guichet cannot listen at 127.0.0.1, port {port}: Address already in use."
        " Is it running already? Choose another with --port.\n"
    )


def test_a_socket_from_another_site_or_without_session_is_refused(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    _, port = served
    socket_headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert status(port, "/live/", Origin="https://evil.example", **socket_headers) == 403
    assert status(port, "/live/", Origin=f"http://localhost:{port}", **socket_headers) == 403
    assert status(port, "/elsewhere/", Origin=f"http://localhost:{port}", **socket_headers) == 403
