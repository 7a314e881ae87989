"""Live news: to those who see the thing, as of now, and never its content."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.test import Client

from guichet.edges.live import consumer
from guichet.edges.live.presence import Presence
from guichet.edges.live.rights import hearing
from guichet.edges.live.urls import websocket_urlpatterns
from guichet.foundation.pubsub import publish
from tests.edges.live.socket import Socket
from tests.world import World, build, leave

Story = Callable[[Socket], Awaitable[Any]]


def session_of(world: World, name: str) -> str:
    client = Client()
    client.force_login(world.people[name])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def topics_heard(world: World, name: str, *topics: str) -> set[str]:
    heard = hearing(session_of(world, name), topics)
    assert heard is not None
    return set(heard.topics)


def test_everybody_hears_of_what_they_see_and_of_nothing_else(world: World) -> None:
    ticket = world.ticket()
    every = [f"ticket-{ticket.pk}", "desk", f"desk-ticket-{ticket.pk}"]
    assert topics_heard(world, "agent", *every) == set(every)
    assert topics_heard(world, "requester", *every) == {every[0]}
    assert topics_heard(world, "contact", *every) == {every[0]}
    for name in ("colleague", "foreigner", "stranger"):
        assert topics_heard(world, name, *every) == set(), name


def test_nobody_hears_of_somebody_elses_own_news(world: World) -> None:
    rose = world.people["requester"].pk
    assert topics_heard(world, "requester", f"person-{rose}") == {f"person-{rose}"}
    assert topics_heard(world, "administrator", f"person-{rose}") == set()


@pytest.mark.parametrize(
    "topic",
    [
        "%",
        "_",
        "*",
        "ticket-%",
        "ticket-*",
        "desk-ticket-",
        "ticket-1 OR 1=1",
        "ticket--1",
        "person-1e3",
        "",
        "ticket-" + "9" * 40,
    ],
)
def test_no_made_up_topic_is_heard(world: World, topic: str) -> None:
    world.ticket()
    assert topics_heard(world, "stranger", topic) == set()


def test_an_ended_session_hears_nothing(world: World) -> None:
    key = session_of(world, "agent")
    assert hearing(key, ["desk"]) is not None
    world.people["agent"].is_active = False
    world.people["agent"].save()
    assert hearing(key, ["desk"]) is None
    assert hearing("", ["desk"]) is None
    assert hearing("planted", ["desk"]) is None


def test_staff_hear_nothing_before_their_second_step(world: World, settings: Any) -> None:
    settings.GUICHET_SECOND_STEP = True
    assert hearing(session_of(world, "agent"), ["desk"]) is None
    assert hearing(session_of(world, "requester"), []) is not None


def tell(world: World, name: str, story: Story) -> Any:
    """Open a socket as somebody and live through a story with it."""

    async def open_and_tell() -> Any:
        application = CookieMiddleware(URLRouter(websocket_urlpatterns))
        socket = Socket(application, cookie=f"{settings.SESSION_COOKIE_NAME}={key}")
        assert await socket.open()
        try:
            return await story(socket)
        finally:
            await socket.close()

    key = session_of(world, name)
    return asyncio.run(open_and_tell())


@pytest.mark.django_db(transaction=True)
def test_news_arrives_and_carries_no_content() -> None:
    world = build()
    ticket = world.ticket()

    async def story(socket: Socket) -> Any:
        await socket.listen(f"ticket-{ticket.pk}")
        publish(f"ticket-{ticket.pk}", "stale")
        return await socket.hear()

    assert tell(world, "requester", story) == {"topic": f"ticket-{ticket.pk}", "what": "stale"}


@pytest.mark.django_db(transaction=True)
def test_who_loses_the_right_while_connected_hears_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "TRUSTED_FOR", 0.0)
    world = build()
    ticket = world.ticket()

    async def story(socket: Socket) -> bool:
        await socket.listen(f"ticket-{ticket.pk}")
        publish(f"ticket-{ticket.pk}", "stale")
        assert await socket.hear()
        await database_sync_to_async(leave)(world.people["requester"])
        publish(f"ticket-{ticket.pk}", "stale")
        return await socket.hears_nothing()

    assert tell(world, "requester", story) is True


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("said", ["", "[]", "{", '{"listen": 7}', '{"typing": null}', "[" * 60_000, '"desk"'])
def test_nonsense_never_breaks_the_door(said: str) -> None:
    world = build()

    async def story(socket: Socket) -> dict[str, Any]:
        await socket.say(said)
        publish("desk", "stale")
        return {}

    assert tell(world, "agent", story) == {}


def frame(what: str, tab: str, person: int, name: str) -> dict[str, "str | int | list[str]"]:
    return {"topic": "desk-ticket-1", "what": what, "tab": tab, "person": person, "name": name}


def test_presence_knows_others_and_never_oneself() -> None:
    mine = Presence(me="tab-1", person=1)
    assert mine.hear(frame("hello", "tab-1", 1, "Aya"), at=0) is False
    assert mine.hear(frame("hello", "tab-2", 1, "Aya"), at=0) is True
    assert mine.hear(frame("hello", "tab-3", 2, "Otto"), at=0) is True
    assert mine.names(at=1) == ["Otto"]
    mine.hear(frame("typing", "tab-3", 2, "Otto"), at=2)
    assert (mine.typing(at=3), mine.typing(at=9)) == (["Otto"], [])
    assert mine.names(at=60) == []
    mine.hear(frame("gone", "tab-3", 2, "Otto"), at=61)
    assert mine.others.keys() == {"tab-2"}
