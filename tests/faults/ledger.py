"""What the world outside knows: which posts were accepted, which mails were taken."""

import asyncio
import http.client
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from urllib.parse import urlencode
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.reactions.email.sink import Sink

from .stage import PASSWORD

DICE = random.Random(2026)


@dataclass
class SlowSink(Sink):
    """A mail server that takes its time over each mail, so that many are under way when a worker dies."""

    begun: int = 0
    slowness: float = 0.1  # seconds, at most, before and after a mail is taken

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.begun += 1
        assert isinstance(envelope.content, bytes)
        await asyncio.sleep(DICE.uniform(0, self.slowness))
        self.mails.append(message_from_bytes(envelope.content))
        await asyncio.sleep(DICE.uniform(0, self.slowness))
        return "250 OK"


@dataclass
class Browser:
    """Just enough of one: cookies, forms, and the habit of sending a form again when no answer came."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    cut: int = 0  # sent, and the server died before it answered
    led_to: str = ""  # where the last answer sent it on to

    def sign_in(self, email: str) -> None:
        self.ask("GET", "/account/login/password/")
        status = self.post("/account/login/password/", {"login": email, "password": PASSWORD})
        assert (status, "session" in self.cookies) == (302, True)

    def post(self, path: str, form: dict[str, str], file: "tuple[str, bytes] | None" = None) -> int:
        body, kind = multipart(form, file) if file else (urlencode(form).encode(), FORM)
        return self.ask("POST", path, body, {"Content-Type": kind, "X-CSRFToken": self.cookies["csrf"]})

    def insist(self, path: str, form: dict[str, str], file: "tuple[str, bytes] | None" = None) -> int:
        """Send it until there is an answer; a server that is away or has died in between gives none."""
        while True:
            try:
                status = self.post(path, form, file)
            except (OSError, http.client.HTTPException) as error:
                self.cut += not isinstance(error, ConnectionRefusedError)
                time.sleep(0.02)
                continue
            if status < 500:
                return status

    def ask(self, method: str, path: str, body: bytes = b"", headers: "dict[str, str] | None" = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {**(headers or {}), "Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        self.led_to = answer.headers.get("Location", "")
        for line in answer.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"(\w+)=([^;]+)", line):
                self.cookies[found[1]] = found[2]
        return answer.status


FORM = "application/x-www-form-urlencoded"


def multipart(form: dict[str, str], file: tuple[str, bytes]) -> tuple[bytes, str]:
    """A form with a file, and its media type (RFC 7578)."""
    edge = uuid4().hex
    part = f'--{edge}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    last = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{file[0]}"\r\n\r\n'
    words = "".join(part % field for field in form.items()) + last
    return words.encode() + file[1] + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


@dataclass
class Ledger:
    """Every post that was answered with success: its key, and the words that stand in it and nowhere else."""

    accepted: dict[str, str] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)

    def note(self, key: str, marker: str, status: int) -> None:
        if status == 302:
            self.accepted[key] = marker
        else:
            self.refused[status] += 1
