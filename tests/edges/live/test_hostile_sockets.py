"""Sockets that no page of ours would open, or not as many, or not like that."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.db import OperationalError, connection
from pytest_django import DjangoAssertNumQueries

from guichet.edges.live import consumer
from guichet.edges.live.consumer import LiveConsumer
from guichet.edges.live.origins import is_own, own_origin_only
from guichet.edges.live.rights import hearing
from guichet.edges.live.urls import websocket_urlpatterns
from guichet.foundation.pubsub import publish
from tests.edges.live.socket import Socket
from tests.edges.live.test_live import session_of, tell
from tests.world import World, build, leave

HOST = "help.vendor.example"


@pytest.mark.parametrize(
    ("origin", "host", "secure", "own"),
    [
        ("https://public.example", "elsewhere", False, True),
        (f"https://{HOST}", HOST, True, True),
        (f"http://{HOST}:8000", f"{HOST}:8000", False, True),
        (f"http://{HOST}", HOST, True, False),
        (f"https://{HOST}:8443", HOST, True, False),
        (f"https://sub.{HOST}", HOST, True, False),
        (f"https://{HOST}.evil.example", HOST, True, False),
        ("https://evil.example", "evil.example", True, False),
        (f"https://{HOST}", "evil.example", True, False),
        ("null", HOST, True, False),
        ("", HOST, True, False),
        ("http://[::", HOST, False, False),
        ("http://[::", "[::", False, False),
        (f"https://{HOST}:x", f"{HOST}:x", True, False),
        ("ftp://", HOST, True, False),
    ],
)
def test_only_our_own_pages_open_sockets(
    settings: Any, origin: str, host: str, secure: bool, own: bool
) -> None:
    settings.CSRF_TRUSTED_ORIGINS, settings.ALLOWED_HOSTS = ["https://public.example"], [HOST]
    assert is_own(origin, host=host, secure=secure) is own


@pytest.mark.parametrize("headers", [[], [(b"origin", b"http://[::")], [(b"origin", b"\xff\xfe")]])
def test_others_are_turned_away_before_anything_is_asked(headers: list[tuple[bytes, bytes]]) -> None:
    async def reached(*_connection: Any) -> None:
        raise AssertionError("It was let through.")

    async def knock() -> Any:
        scope = {"type": "websocket", "scheme": "ws", "path": "/live/", "headers": headers}
        # asgiref is not typed.
        far_end: Any = ApplicationCommunicator(own_origin_only(reached), scope)  # type: ignore[no-untyped-call]
        return await far_end.receive_output(2)

    assert asyncio.run(knock()) == {"type": "websocket.close"}


def test_many_topics_cost_one_query(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    numbers = [world.ticket().pk for _ in range(3)]
    key = session_of(world, "requester")
    with django_assert_num_queries(3):
        hearing(key, [])
    with django_assert_num_queries(4):
        heard = hearing(key, [f"ticket-{number}" for number in (*numbers, 1, 2, 10**17)])
    assert heard is not None
    assert heard.topics == {f"ticket-{number}" for number in numbers}


@pytest.mark.django_db(transaction=True)
def test_one_person_has_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "MOST_SOCKETS", 2)
    world = build()
    key = session_of(world, "requester")
    application = CookieMiddleware(URLRouter(websocket_urlpatterns))

    async def story() -> list[bool]:
        def new() -> Socket:
            return Socket(application, cookie=f"{settings.SESSION_COOKIE_NAME}={key}")

        first, second = new(), new()
        opened = [await first.open(), await second.open(), await new().open()]
        await first.close()
        third = new()
        opened.append(await third.open())
        for socket in (second, third):
            await socket.close()
        return opened

    assert asyncio.run(story()) == [True, True, False, True]
    assert +LiveConsumer.sockets == {}


@pytest.mark.django_db(transaction=True)
def test_after_the_end_nothing_is_said_and_nothing_is_read() -> None:
    world = build()
    ticket = world.ticket()

    async def story(socket: Socket) -> Any:
        await socket.listen(f"ticket-{ticket.pk}")
        await socket.say("no json")
        ended = await socket.next()
        await socket.say("no json either")
        publish(f"ticket-{ticket.pk}", "stale")
        return ended, await socket.hears_nothing()

    assert tell(world, "requester", story) == ({"type": "websocket.close", "code": 1008}, True)


@pytest.mark.django_db(transaction=True)
def test_who_is_signed_out_hears_of_nothing_once_it_was_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "TRUSTED_FOR", 0.0)
    world = build()
    ticket = world.ticket("stranger")

    def sign_out() -> None:
        leave(world.people["stranger"])
        world.people["stranger"].is_active = False
        world.people["stranger"].save()

    async def story(socket: Socket) -> Any:
        await socket.listen(f"ticket-{ticket.pk}")
        await database_sync_to_async(sign_out)()
        publish(f"ticket-{ticket.pk}", "stale")
        ended = await socket.next()
        monkeypatch.setattr(consumer, "TRUSTED_FOR", 60.0)
        publish(f"ticket-{ticket.pk}", "stale")
        return ended["type"], await socket.hears_nothing()

    assert tell(world, "stranger", story) == ("websocket.close", True)


@pytest.mark.django_db(transaction=True)
def test_without_the_database_the_browser_is_sent_to_come_again() -> None:
    world = build()
    number = world.ticket().pk

    def fail(*_statement: object) -> None:
        raise OperationalError("the server closed the connection")

    def wrap(*wrappers: Any) -> None:
        connection.execute_wrappers[:] = wrappers  # of the thread that asks for the sockets

    async def story(socket: Socket) -> Any:
        await database_sync_to_async(wrap)(fail)
        try:
            await socket.say(json.dumps({"listen": [f"ticket-{number}"]}))
        finally:
            await database_sync_to_async(wrap)()
        return await socket.next()

    assert tell(world, "requester", story)["type"] == "websocket.close"
