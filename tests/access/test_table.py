"""Every address, asked by everybody, against a request worth stealing."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from guichet.domain.tickets.models import Attachment, Draft, Message, Participant, Ticket
from guichet.domain.timeline.models import Event
from guichet.edges.live import rights

from .table import CAST, DEMONSTRATION, SEE_THE_REQUEST, TABLE, TOPICS, Row
from .treasure import (
    AGENTS_DRAFT,
    DRAFT,
    FOR_STAFF,
    NEVER,
    OF_THE_REQUEST,
    SUBJECT,
    UNSENT_FILE,
    Treasure,
    bury,
    get_ready,
)

pytestmark = pytest.mark.django_db
VARIES = ("Content-Length", "X-Request-ID")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WRITTEN = (Ticket, Message, Event, Attachment, Draft, Participant)


@pytest.fixture(scope="module")
def treasure(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Treasure]:
    rules = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        GUICHET_SECOND_STEP=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # a good one takes half a second
    )
    with django_db_blocker.unblock(), rules, transaction.atomic():
        yield bury()
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Answer:
    """What came back; `text` and `headers` without what differs from one request to the next."""

    status: int
    headers: tuple[tuple[str, str], ...]
    text: str
    wrote: bool
    location: str

    @property
    def outcome(self) -> str:
        if urlsplit(self.location).path == "/account/login/" or "no longer signed in" in self.text:
            return "s"
        if "/account/proof/" in self.location:
            return "p"
        if self.status in (403, 404, 405):
            return {403: "x", 404: "-", 405: "m"}[self.status]
        return "y" if self.status < 400 or self.status in (400, 422) else str(self.status)


def ask(treasure: Treasure, who: str, row: Row, *, absent: bool = False, method: str = "") -> Answer:
    """Send it as somebody of the cast; whatever it changes is undone."""
    address = row.address
    if not address.startswith("/"):
        address = reverse(row.address, kwargs=treasure.parts(row.things, absent=absent))
    cache.clear()
    with transaction.atomic():
        get_ready(treasure, row.ready)
        before = counts()
        answer = _send(treasure, CAST[who], address, method or row.method, row.send)
        wrote = counts() != before
        transaction.set_rollback(True)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", body.decode(errors="replace"))
    headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name not in VARIES))
    return Answer(
        answer.status_code, headers, text.replace(address, "/here/"), wrote, answer.get("Location", "")
    )


def _send(treasure: Treasure, who: str, address: str, method: str, send: str) -> Any:
    browser = treasure.browser(who)
    browser.raise_request_exception = False
    if send == "file":
        return browser.generic(method, f"{address}?name=a.txt", b"words", "application/octet-stream")
    form = treasure.form(send)
    if method == "GET":
        return browser.get(address, form)
    if method == "POST":
        return browser.post(address, form)
    return browser.generic(method, address, json.dumps(form), "application/json")


def counts() -> list[int]:
    return [model.objects.count() for model in WRITTEN] + [Message.objects.filter(original=None).count()]


def may(row: Row) -> dict[str, str]:
    return dict(zip(CAST, row.who.split(), strict=True))


def test_there_is_something_to_steal(treasure: Treasure) -> None:
    page = Row("desk:ticket", "GET", "", "number")
    seen = ask(treasure, "G", page).text
    assert [word for word in (*OF_THE_REQUEST, *FOR_STAFF) if word not in seen] == []
    seen = ask(treasure, "R", Row("portal:request", "GET", "", "number")).text
    assert [word for word in (SUBJECT, DRAFT) if word not in seen] == []


@pytest.mark.parametrize("row", TABLE, ids=str)
@pytest.mark.requirement(6)
def test_everybody_gets_what_the_table_says(treasure: Treasure, row: Row) -> None:
    answers = {who: ask(treasure, who, row) for who in CAST}
    assert " ".join(answer.outcome for answer in answers.values()) == row.who
    for who, answer in answers.items():
        assert leaked(who, answer) == [], who
        if answer.outcome in "s-xm":
            assert not answer.wrote, who
    if row.shows:
        assert "".join(who for who in CAST if SUBJECT in answers[who].text) == row.shows


DENYING = [row for row in TABLE if "-" in row.who and row.things and not row.things.startswith("view=")]


@pytest.mark.parametrize("row", DENYING, ids=str)
def test_what_is_denied_looks_like_what_is_not_there(treasure: Treasure, row: Row) -> None:
    denied = [who for who, outcome in may(row).items() if outcome == "-"]
    for who in denied:
        assert ask(treasure, who, row) == ask(treasure, who, row, absent=True), who
    let_in = [who for who, outcome in may(row).items() if outcome in "yx"]
    for who in let_in[:1]:
        assert ask(treasure, who, row, absent=True).outcome == "-", who


def leaked(who: str, answer: Answer) -> list[str]:
    """Words in an answer that this one must never read."""
    hidden: list[str] = [] if who == "R" else [DRAFT, UNSENT_FILE]
    if who != "G":
        hidden.append(AGENTS_DRAFT)
    if who not in "TGLN":
        hidden.extend(FOR_STAFF)
    if who not in SEE_THE_REQUEST:
        hidden.extend(OF_THE_REQUEST)
    return [word for word in hidden if word in answer.text]


@pytest.mark.parametrize("row", DEMONSTRATION, ids=str)
def test_the_outbox_is_everybodys_in_a_demonstration(treasure: Treasure, row: Row) -> None:
    with override_settings(GUICHET_OUTBOX=True):
        assert " ".join(ask(treasure, who, row).outcome for who in CAST) == row.who


def test_no_address_takes_a_method_that_is_not_in_its_row(treasure: Treasure) -> None:
    rows = {route_of(row.address): [] for row in TABLE}  # type: dict[str, list[Row]]
    for row in TABLE:
        rows[route_of(row.address)].append(row)
    for same in rows.values():
        for method in set(METHODS) - {row.method for row in same}:
            for who in "RN":
                answer = ask(treasure, who, same[0], method=method)
                assert not answer.wrote, (same[0], method, who)
                # The package that signs people in takes PUT for POST and answers any other with the page.
                if ":" in same[0].address:
                    assert answer.outcome in "m-", (same[0], method, who, answer.status)


def routes(
    patterns: "list[URLPattern | URLResolver]", before: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and route of every address that the project answers."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(
                pattern.url_patterns, route, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield f"{space}{pattern.name}" if pattern.name else f"/{route}", route


ROUTES = dict(routes(get_resolver().url_patterns))


def route_of(name: str) -> str:
    return ROUTES[name]


def test_every_address_stands_in_the_table() -> None:
    asked = {route_of(row.address) for row in TABLE}
    assert {name: route for name, route in ROUTES.items() if route not in asked} == {}


def test_every_topic_of_live_news_stands_in_the_table() -> None:
    assert {kind for kind, _, _ in TOPICS} == {*rights._RULES, "desk"}


@pytest.mark.parametrize(("kind", "thing", "who"), TOPICS)
def test_everybody_hears_what_the_table_says(treasure: Treasure, kind: str, thing: str, who: str) -> None:
    topic = f"{kind}-{treasure.there[thing]}" if thing else kind
    absent = f"{kind}-{NEVER}"
    heard = {}
    for letter, name in CAST.items():
        key = treasure.sessions.get(name, "")
        found = rights.hearing(key, [topic])
        heard[letter] = "y" if found and found.topics else "-"
        nothing = rights.hearing(key, [absent])
        assert nothing is None or not nothing.topics
    assert heard == dict(zip(CAST, who.split(), strict=True))
