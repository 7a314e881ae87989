"""A provider of access tokens, and what it tells a mail server about them (RFC 6749, RFC 7662)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


@dataclass
class Provider:
    """`given` are its tokens in their order, `good` those that it stands by. Revoked, it gives none."""

    port: int = 0
    user: str = "support"
    seconds: int = 3600
    revoked: bool = False
    given: list[str] = field(default_factory=list)
    good: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def introspection_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/about?token="

    def give(self, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.asked.append(fields)
        if self.revoked or fields.get("refresh_token") != "lasting":
            return 400, {"error": "invalid_grant", "error_description": "The access was revoked."}
        token = f"token-{len(self.given)}"
        self.given.append(token)
        self.good.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.seconds}

    def tell(self, token: str) -> tuple[int, dict[str, object]]:
        known = token in self.good
        return 200, {"active": known, "username": self.user} if known else {"active": False}


@contextmanager
def providing() -> Iterator[Provider]:
    """Run it on a free port."""
    provider = Provider()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*provider.give({name: values[0] for name, values in parse_qs(body).items()}))

        def do_GET(self) -> None:
            self._say(*provider.tell(parse_qs(urlsplit(self.path).query).get("token", [""])[0]))

        def _say(self, status: int, told: dict[str, object]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        provider.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield provider
        server.shutdown()
