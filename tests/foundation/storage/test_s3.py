"""Files in an S3-compatible store: the real client, and a server that speaks as much of it as we use."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from guichet.foundation.refusals import Unavailable
from guichet.foundation.storage import files
from guichet.project.env import Environment


class Bucket(BaseHTTPRequestHandler):
    """PUT, GET, HEAD and DELETE of objects, in memory."""

    kept: dict[str, bytes]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.kept[self.path.split("?")[0]] = self._unwrapped(body)
        self._answer(200)

    def do_GET(self) -> None:
        body = self.kept.get(self.path.split("?")[0])
        self._answer(404 if body is None else 200, body or b"")

    do_HEAD = do_GET  # noqa: N815  http.server looks for this name

    def do_DELETE(self) -> None:
        self.kept.pop(self.path.split("?")[0], None)
        self._answer(204)

    def _unwrapped(self, body: bytes) -> bytes:
        """botocore sends a body in aws-chunked encoding when it adds a checksum behind it."""
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return body
        whole = b""
        while body:
            size, _line, rest = body.partition(b"\r\n")
            length = int(size.split(b";")[0], 16)
            if not length:
                break
            whole, body = whole + rest[:length], rest[length + 2 :]
        return whole

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Sat, 21 Nov 2026 12:00:00 GMT")
        self.send_header("ETag", '"x"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *what: Any) -> None:
        """Quietly."""


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """What lies in the bucket that the settings name."""
    Bucket.kept = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    env = Environment({"GUICHET_STORAGE_URL": f"s3://key:secret@bucket?endpoint={address}&region=eu-west-3"})
    settings.STORAGES = {**settings.STORAGES, "default": env.storage("GUICHET_STORAGE_URL")}
    assert env.mistakes == []
    yield Bucket.kept
    server.shutdown()
    server.server_close()


def test_a_file_is_kept_read_and_discarded_in_the_bucket(kept: dict[str, bytes]) -> None:
    stored = files.store([b"one ", b"two"], limit=100)
    assert list(kept.values()) == [b"one two"]
    assert list(kept) == [f"/bucket/{stored.name}"]
    with files.open_stored(stored.name) as file:
        assert file.read() == b"one two"
    files.discard(stored.name)
    assert kept == {}


def test_a_bucket_that_is_away_is_said_to_be(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    env = Environment({"GUICHET_STORAGE_URL": f"s3://key:secret@bucket?endpoint={address}&region=eu-west-3"})
    settings.STORAGES = {**settings.STORAGES, "default": env.storage("GUICHET_STORAGE_URL")}
    with pytest.raises(Unavailable):
        files.store([b"one"], limit=100)
    with pytest.raises(Unavailable):
        files.open_stored(f"ab/cd/{'abcd' * 8}")


def test_what_is_too_large_never_reaches_the_bucket(kept: dict[str, bytes]) -> None:
    with pytest.raises(files.TooLarge):
        files.store([b"x" * 60, b"x" * 60], limit=100)
    assert kept == {}


@pytest.mark.parametrize("wrong", ["s3://", "s3://bucket?endpont=https://x.example", "https://bucket"])
def test_an_address_that_cannot_be_read_stops_the_start(wrong: str) -> None:
    env = Environment({"GUICHET_STORAGE_URL": wrong})
    env.storage("GUICHET_STORAGE_URL")
    assert env.mistakes
