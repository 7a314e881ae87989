"""The bridge and the protocol, under a real uvicorn on a free port."""

import hashlib
import http.client
import io
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from guichet.project import bodies, protocol
from guichet.project.bridge import Bridge

LIMIT = 8 * 2**20
THREADS = 3
seen: dict[str, Any] = {}


class Stream:
    """An endless answer, as Django's streaming responses look to a server."""

    streaming = True

    def __init__(self) -> None:
        self.closed = threading.Event()
        seen["stream"] = self

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b"x" * 65_536

    def close(self) -> None:
        self.closed.set()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    seen["environ"] = environ
    path = environ["PATH_INFO"]
    if path == "/slow":
        time.sleep(0.2)
    if path == "/file":
        size = Path(environ["QUERY_STRING"]).stat().st_size
        start("200 OK", [("Content-Length", str(size))])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](io.FileIO(environ["QUERY_STRING"]))
        return wrapped
    if path == "/endless":
        start("200 OK", [])
        return Stream()
    answer = hashlib.sha256(environ["wsgi.input"].read()).hexdigest().encode()
    status = f"{environ['guichet.refused'] or 200} Said"
    start(status, [("Content-Length", str(len(answer))), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [answer]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    sock = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Bridge(application, threads=THREADS, body_limit=LIMIT),
        http=protocol.Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    yield sock.getsockname()[1]
    server.should_exit = True
    thread.join()
    sock.close()


def ask(port: int, method: str = "GET", path: str = "/", **rest: Any) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, **rest)
    return connection.getresponse()


def raw(port: int, data: bytes) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), timeout=20)
    sock.sendall(data)
    return sock


def test_a_big_body_arrives_whole(port: int) -> None:
    body = b"0123456789abcdef" * (5 * 2**16)
    assert ask(port, "POST", "/", body=body).read().decode() == hashlib.sha256(body).hexdigest()
    assert seen["environ"]["CONTENT_LENGTH"] == str(len(body))


def test_a_chunked_body_arrives_whole_with_its_true_length(port: int) -> None:
    answer = ask(
        port,
        "POST",
        "/",
        body=iter([b"a" * 70_000, b"b"]),
        encode_chunked=True,
        headers={"Transfer-Encoding": "chunked"},
    )
    assert answer.read().decode() == hashlib.sha256(b"a" * 70_000 + b"b").hexdigest()
    assert seen["environ"]["CONTENT_LENGTH"] == "70001"
    assert "HTTP_TRANSFER_ENCODING" not in seen["environ"]


def test_a_body_over_the_limit_gets_413_while_it_is_still_sent(port: int) -> None:
    assert ask(port, "POST", "/", body=b"x" * (LIMIT + 1)).status == 413
    chunks = iter([b"x" * 2**20] * 9)
    answer = ask(
        port, "POST", "/", body=chunks, encode_chunked=True, headers={"Transfer-Encoding": "chunked"}
    )
    assert answer.status == 413


def test_head_has_the_headers_and_no_body(port: int) -> None:
    answer = ask(port, "HEAD", "/")
    assert (answer.status, answer.headers["Content-Length"], answer.read()) == (200, "64", b"")


def test_cookies_stay_apart(port: int) -> None:
    assert ask(port).headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_the_path_keeps_its_bytes(port: int) -> None:
    ask(port, path="/caf%C3%A9/%FF?q=%C3%A9")
    environ = seen["environ"]
    assert environ["PATH_INFO"].encode("latin-1") == b"/caf\xc3\xa9/\xff"
    assert environ["QUERY_STRING"] == "q=%C3%A9"


def test_disguised_and_forwarded_headers_are_dropped(port: int) -> None:
    forged = (
        "X_Role",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "Forwarded",
        "X-Real-IP",
        "CF-Connecting-IP",
        "Proxy",
    )
    ask(port, headers={**dict.fromkeys(forged, "forged"), "X-Other": "kept"})
    environ = seen["environ"]
    assert environ["HTTP_X_OTHER"] == "kept"
    assert [key for key, value in environ.items() if value == "forged"] == []
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["wsgi.url_scheme"] == "http"


def test_a_file_is_sent_whole(port: int, tmp_path: Path) -> None:
    content = b"0123456789" * 300_000
    (tmp_path / "big").write_bytes(content)
    assert ask(port, path=f"/file?{tmp_path / 'big'}").read() == content


def test_readers_of_files_who_stall_hold_no_page_thread(port: int, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 30 * 2**20)
    request = f"GET /file?{tmp_path / 'big'} HTTP/1.1\r\nhost: a\r\n\r\n".encode()
    stalled = [raw(port, request) for _ in range(THREADS * 3)]
    assert ask(port).status == 200
    for sock in stalled:
        sock.close()


def test_a_stream_ends_when_its_reader_leaves(port: int) -> None:
    sock = raw(port, b"GET /endless HTTP/1.1\r\nhost: a\r\n\r\n")
    assert sock.recv(65_536)
    stream = seen["stream"]
    sock.close()
    assert stream.closed.wait(10)


def test_many_at_once_share_the_pool(port: int) -> None:
    with ThreadPoolExecutor(20) as pool:
        assert [answer.status for answer in pool.map(lambda _: ask(port, path="/slow"), range(20))] == [
            200
        ] * 20


def test_a_hundred_half_open_posts_stop_nobody(port: int) -> None:
    opening = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\nonly this"
    half_open = [raw(port, opening) for _ in range(100)]
    started = time.monotonic()
    assert [ask(port).status for _ in range(20)] == [200] * 20
    assert time.monotonic() - started < 2
    for sock in half_open:
        sock.close()
    assert ask(port).status == 200


def test_a_body_that_dribbles_is_refused(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE", 0.5)
    sock = raw(port, b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n")
    for _ in range(3):
        time.sleep(0.1)
        sock.sendall(b"x")
    assert sock.recv(100).startswith(b"HTTP/1.1 408 ")
    sock.close()


def test_headers_that_dribble_end_the_connection(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.3)
    sock = raw(port, b"GET / HTTP/1.1\r\nhost: a\r\n")
    with suppress(ConnectionResetError):
        assert sock.recv(100) == b""
    sock.close()


def test_headers_without_end_get_431(port: int) -> None:
    sock = raw(port, b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"y" * (protocol.HEADER_BYTES + 1000))
    assert sock.recv(100).startswith(b"HTTP/1.1 431 ")
    sock.close()


@pytest.mark.parametrize(
    "smuggled",
    [
        b"content-length: 3\r\ncontent-length: 4\r\n\r\nabcd",
        b"content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"content-length: -1\r\n\r\n",
        b"content-length : 1\r\n\r\na",
        b"x: a\nb: c\r\n\r\n",
    ],
)
def test_an_ambiguous_request_is_refused(port: int, smuggled: bytes) -> None:
    sock = raw(port, b"POST / HTTP/1.1\r\nhost: a\r\n" + smuggled)
    assert sock.recv(100).startswith(b"HTTP/1.1 400 ")
    sock.close()
