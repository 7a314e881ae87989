"""A real server as one process, a real browser, and people who sit in front of it."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests.project.test_serve import free_port, status

from .words import say

PATIENCE = 40.0
REFUSED = re.compile(r"status of (403|409|422)|Status Error Code 403|WebSocket connection")
expect.set_options(timeout=15_000)
Scheme = Literal["light", "dark"]


@dataclass
class Town:
    """The server of the journeys: its address, its database, and what `stage.py` has built."""

    site: str
    data: Path
    environment: dict[str, str]
    sessions: dict[str, str]
    requests: dict[str, dict[str, int]]
    received: int

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.data / "guichet.sqlite3", timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def mail_to(self, address: str, *, about: str) -> EmailMessage:
        """The newest mail to somebody whose subject holds these words, once it is there."""
        query = "SELECT raw, subject FROM email_capturedmail WHERE recipient = ? ORDER BY id DESC"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for raw, subject in self.ask(query, address):
                if about in subject:
                    mail = message_from_bytes(raw, policy=default)
                    assert isinstance(mail, EmailMessage)
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} about {about}")

    def answer(self, mail: EmailMessage, words: str) -> None:
        """Answer a mail as its reader would, and hand it over as a mail server does."""
        answer = EmailMessage()
        answer["From"], answer["To"] = str(mail["To"]), str(mail["Reply-To"])
        answer["Subject"] = f"Re: {mail['Subject']}"
        answer["Message-ID"] = f"<{time.monotonic_ns()}@elsewhere.example>"
        answer["In-Reply-To"] = str(mail["Message-ID"])
        answer.set_content(words)
        command = [sys.executable, "-m", "guichet", "mail", "deliver", "--verified"]
        subprocess.run(
            command, input=answer.as_bytes(), env=self.environment, check=True, capture_output=True
        )


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, port = tmp_path_factory.mktemp("town"), free_port()
    site = f"http://localhost:{port}"
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
    } | {"GUICHET_DATA": str(folder / "data"), "GUICHET_DEMO": "true", "GUICHET_URL": site}
    stage = [sys.executable, "-m", "tests.journeys.stage"]
    built = subprocess.run(stage, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    with (folder / "log").open("w") as log:
        serve = [sys.executable, "-m", "guichet", "serve", "--port", str(port)]
        process = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + PATIENCE
            while status(port, "/readyz") != 200:
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.1)
            yield Town(site, folder / "data", environment, **json.loads(built.stdout.splitlines()[-1]))
        finally:
            process.kill()
            process.wait()


# Not longer than a module: Playwright's event loop would stand in the way of tests that run their own.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody in front of a browser, who speaks one language."""

    town: Town
    page: Page
    language: str
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.town.site + path)

    def say(self, sentence: str, **named: str) -> str:
        return say(self.language, sentence, **named)

    def press(self, sentence: str, **named: str) -> None:
        """Press the button, or follow the link, that says this."""
        name = re.compile(rf"^\s*{re.escape(self.say(sentence, **named))}\s*$")
        button = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        button.locator("visible=true").first.click()

    def stay(self) -> None:
        """From here on `stayed` tells whether the page has been loaded anew."""
        self.page.evaluate("window.stayed = true")

    @property
    def stayed(self) -> bool:
        return bool(self.page.evaluate("window.stayed === true"))

    @property
    def context(self) -> BrowserContext:
        return self.page.context


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, town: Town) -> Iterator[Visit]:
    """Open a browser for somebody. When the test ends, none of its pages may have complained."""
    visitors: list[Visitor] = []

    def visit(
        who: str = "",
        language: str = "en",
        width: int = 1440,
        scheme: Scheme = "light",
        *,
        script: bool = True,
    ) -> Visitor:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": 844 if width < 800 else 900},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        address = f"{who}@{language}.example"
        if who:
            cookie = {"name": "session", "value": town.sessions[address], "url": town.site}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
        visitor = Visitor(town, context.new_page(), language, address)
        context.on("console", lambda message: _note(visitor, message))
        context.on("weberror", lambda error: visitor.faults.append(str(error.error)))
        context.on("response", lambda answer: _check(visitor, answer))
        visitors.append(visitor)
        return visitor

    yield visit
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.context.close()
    assert faults == []


def _note(visitor: Visitor, message: ConsoleMessage) -> None:
    place = message.location["url"]
    # axe, which lives at no address, tries styles that our policy forbids.
    if "Applying inline style" in message.text and not place:
        return
    # A draft may name a file that is gone; the picker asks for its chip and its picture, and tells.
    if place.endswith(("/chip/", "/preview/")) and "404" in message.text:
        return
    # The browser complains of every refusal, and of a socket that is closed when its session ends.
    if message.type == "error" and not REFUSED.search(message.text):
        visitor.faults.append(f"{message.text} ({place} in {visitor.page.url})")


def _check(visitor: Visitor, answer: Response) -> None:
    if answer.status >= 500:
        visitor.faults.append(f"{answer.status} {answer.url}")
