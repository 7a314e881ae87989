"""Bodies of requests against a running server: what is not taken, and what others notice of it."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import uvicorn

from guichet.project import bodies, protocol
from guichet.project.bridge import Bridge

LIMIT = 4 * 2**20


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    length = len(environ["wsgi.input"].read())
    refused = environ["guichet.refused"]
    start(f"{refused or 200} Said", [("Content-Length", "20")])
    return [f"{length:20}".encode()]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    sock = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Bridge(application, threads=2, body_limit=LIMIT),
        http=protocol.Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    yield sock.getsockname()[1]
    server.should_exit = True
    thread.join()
    sock.close()


def post(port: int, body: bytes = b"", method: str = "POST") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, "/", body)
    answer = connection.getresponse()
    return answer.status, answer.read().decode().strip()


def begun(port: int, announced: int, sent: int = 0) -> socket.socket:
    """A body that was begun and waits for its end."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=20)
    sock.sendall(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n" % announced)
    sock.sendall(b"x" * sent)
    return sock


def test_what_is_too_large_is_told_by_the_application_without_its_body(port: int) -> None:
    assert post(port, b"x" * (LIMIT + 1)) == (413, "0")
    assert post(port, b"x" * LIMIT) == (200, str(LIMIT))


def test_one_address_holds_only_so_much_at_once(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_ROOM", 3 * 2**20)
    half_sent = [begun(port, LIMIT, sent=2**20 + 10), begun(port, 100)]
    time.sleep(0.3)
    assert post(port, b"x") == (503, "0")
    assert post(port, method="GET") == (200, "0")
    for sock in half_sent:
        sock.close()
    time.sleep(0.3)
    assert post(port, b"x") == (200, "1")


def test_a_body_that_grows_beyond_the_room_of_its_address_is_refused(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_ROOM", 2 * 2**20)
    assert post(port, b"x" * (2 * 2**20)) == (200, str(2 * 2**20))
    assert post(port, b"x" * (2 * 2**20 + 1)) == (503, "0")
    assert post(port, b"x") == (200, "1")


def test_after_a_body_the_next_headers_may_come_in_two_pieces(port: int) -> None:
    sock = begun(port, 100_000)
    time.sleep(0.2)
    sock.sendall(b"x" * 100_000)
    assert sock.recv(1000).startswith(b"HTTP/1.1 200 ")
    sock.sendall(b"GET / HTTP/1.1\r\nho")
    time.sleep(0.2)
    sock.sendall(b"st: a\r\n\r\n")
    assert sock.recv(1000).startswith(b"HTTP/1.1 200 ")
    sock.close()
