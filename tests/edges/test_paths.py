"""One address, many ways to write it: none of them leads past a door."""

from itertools import product
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from tests.world import World

BEFORE = (
    "",
    "/",
    "/.",
    "/x/..",
    "/static/..",
    "/account/..",
    "/healthz/..",
    "/language/..",
    "/account/%2e%2e",
    "/;",
    "\\",
)
WRITTEN = (
    *("/desk/open/", "/desk//open/", "/desk/./open/", "/desk/x/../open/", "/DESK/open/", "/desk/Open/"),
    *(
        "/desk%2fopen/",
        "/%64esk/open/",
        "/%2564esk/open/",
        "/desk;a=b/open/",
        "/desk/open;/",
        "/desk/open/;x",
    ),
    *(
        "/desk/open/.json",
        "/desk/open/%00",
        "/desk/open/%20",
        "/desk/open/..;/open/",
        "/desk\\open/",
        "/desk/open",
    ),
    *(
        "/desk/%c0%ae%c0%ae/desk/open/",
        "/d\u0435sk/open/",
        "/desk/\uff4fpen/",
        "/desk/open/#",
        "/desk/open/%0a",
    ),
)
VARIANTS = [before + written for before, written in product(BEFORE, WRITTEN)]


def asked(browser: Client, path: str) -> tuple[int, str, str]:
    # As the server hands it over: `generic` would take away what looks like a host.
    answer = browser.get("/", PATH_INFO=unquoted(path))
    return answer.status_code, answer.get("Location", ""), answer.content.decode()


def unquoted(path: str) -> str:
    return unquote_to_bytes(path).decode("latin-1")


@pytest.fixture
def subject(world: World) -> str:
    return world.ticket(subject="Skull Bay").subject


def test_the_address_itself_shows_what_others_must_not_see(
    world: World, client: Client, subject: str
) -> None:
    client.force_login(world.people["agent"])
    assert subject in asked(client, "/desk/open/")[2]
    assert subject in asked(client, "/%64esk/open/")[2]


@pytest.mark.parametrize("who", ["", "requester", "administrator"])
def test_no_way_of_writing_it_opens_the_desk(world: World, client: Client, subject: str, who: str) -> None:
    if who:
        client.force_login(world.people[who])
    for path in VARIANTS:
        status, location, page = asked(client, path)
        assert status in (301, 302, 404), path
        assert location.startswith(("/account/login/", "/desk/", "/%64esk/")) or not location, path
        assert subject not in page, path


def test_nor_does_any_lead_round_the_second_step(
    world: World, client: Client, subject: str, settings: Any
) -> None:
    settings.GUICHET_SECOND_STEP = True
    client.force_login(world.people["agent"])
    for path in VARIANTS:
        status, _location, page = asked(client, path)
        assert status in (301, 302, 404), path
        assert subject not in page, path


def test_no_answer_may_be_read_by_another_site(world: World, client: Client) -> None:
    client.force_login(world.people["requester"])
    foreign = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for path in ("/", "/requests/", "/account/login/", "/healthz", "/files/", "/nothing/", "/drafts/new/"):
        for ask in (client.get, client.options, client.post):
            answer = ask(path, headers=foreign)
            assert [name for name in answer.headers if name.startswith("Access-Control-")] == [], path
