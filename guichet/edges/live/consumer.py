import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, ClassVar

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseTrouble

from guichet.foundation.pubsub import Frame, Subscription, publish, subscribe
from guichet.foundation.signing import token

from .presence import SAY_HERE_EVERY, Presence
from .rights import Heard, hearing

MOST_SOCKETS = 50  # of one person: all of them are asked for by one thread
MOST_TOPICS = 20
MOST_FRAMES, PER_SECONDS = 60, 10.0  # what one browser may send
TRUSTED_FOR = 5.0  # seconds: rights older than this are asked anew before a frame goes out
_PRESENCE = {"hello", "here", "typing", "gone"}

log = structlog.get_logger("guichet.live")


class LiveConsumer(AsyncWebsocketConsumer):
    """One browser tab. It says {listen: [topics], present: topic} or {typing: topic}, hears {topic, what}."""

    sockets: ClassVar[Counter[int]] = Counter()  # open in this process, by person

    async def __call__(self, *connection: Any) -> None:
        self.presence: Presence | None = None
        self.present_on: str | None = None
        self.subscription: Subscription | None = None
        self.tasks: list[asyncio.Task[None]] = []
        self.sent_at: list[float] = []
        self.ended = False
        try:
            await super().__call__(*connection)
        finally:
            # However it ended: by the browser, by us, or by a fault.
            self._leave()

    async def connect(self) -> None:
        self.session_key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
        heard = await self._hearing([])
        person = heard.actor.person_id if heard else None
        if heard is None or person is None or self.sockets[person] >= MOST_SOCKETS:
            await self._end()
            return
        self.heard, self.counted_for = heard, person
        self.sockets[person] += 1
        self.subscription = subscribe([])
        self.tasks = [asyncio.create_task(self._tell_news()), asyncio.create_task(self._stay_present())]
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.ended:  # frames that were on their way
            return
        said = _read(text_data)
        if said is None or self._too_much():
            await self._end(1008)
        elif "listen" in said:
            await self._listen(said)
        elif said.get("typing") == self.present_on:
            self._say("typing")

    async def _listen(self, said: dict[str, Any]) -> None:
        topics = [topic for topic in said["listen"] if isinstance(topic, str)] if _is_list(said) else []
        present = said.get("present") if isinstance(said.get("present"), str) else None
        heard = await self._hearing([*topics[:MOST_TOPICS], *([present] if present else [])])
        if heard is None:
            await self._end()
            return
        self._hear_only(heard)
        if present != self.present_on:
            self._say("gone")
            self.present_on, self.presence = None, None
            if present and present.startswith("desk-ticket-") and present in heard.topics:
                self.present_on = present
                self.presence = Presence(me=token(), person=heard.actor.person_id or 0)
                self._say("hello")

    def _hear_only(self, heard: Heard) -> None:
        assert self.subscription is not None
        self.heard = heard
        self.subscription.remove(*(self.subscription.topics - heard.topics))
        self.subscription.add(*(heard.topics - self.subscription.topics))

    async def _tell_news(self) -> None:
        assert self.subscription is not None
        with suppress(OSError):  # the browser went away meanwhile
            async for frame in self.subscription:
                if self.ended or not await self._still_may_hear(str(frame["topic"])):
                    continue
                if frame["what"] in _PRESENCE:
                    await self._tell_presence(frame)
                else:
                    await self.send(json.dumps(frame))

    async def _still_may_hear(self, topic: str) -> bool:
        """Rights older than a few seconds are asked again before news goes out: the revoked hear nothing."""
        assert self.subscription is not None
        if time.monotonic() - self.asked_at > TRUSTED_FOR:
            heard = await self._hearing(self.subscription.topics)
            if heard is None:
                await self._end()
                return False
            self._hear_only(heard)
        return topic in self.heard.topics

    async def _hearing(self, topics: Iterable[str]) -> Heard | None:
        """None, too, when the database does not answer: the browser comes again, and looks for itself."""
        self.asked_at = time.monotonic()
        try:
            heard: Heard | None = await database_sync_to_async(hearing)(self.session_key, list(topics))
        except DatabaseTrouble as trouble:
            log.warning("rights could not be asked", why=str(trouble))
            return None
        return heard

    async def _tell_presence(self, frame: Frame) -> None:
        if self.presence is None or frame["topic"] != self.present_on:
            return
        now = time.monotonic()
        if self.presence.hear(frame, at=now):
            self._say("here")
        await self.send(
            json.dumps(
                {
                    "topic": self.present_on,
                    "what": "presence",
                    "names": self.presence.names(at=now),
                    "typing": self.presence.typing(at=now),
                }
            )
        )

    async def _stay_present(self) -> None:
        while True:
            await asyncio.sleep(SAY_HERE_EVERY)
            self._say("here")

    async def _end(self, code: int | None = None) -> None:
        if not self.ended:
            self.ended = True
            await self.close(code)

    def _leave(self) -> None:
        self._say("gone")
        for task in self.tasks:
            task.cancel()
        if self.subscription is not None:
            self.subscription.close()
            self.sockets[self.counted_for] -= 1

    def _say(self, what: str) -> None:
        if self.presence and self.present_on:
            actor = self.heard.actor
            publish(self.present_on, what, name=actor.name, person=actor.person_id or 0, tab=self.presence.me)

    def _too_much(self) -> bool:
        now = time.monotonic()
        self.sent_at = [at for at in self.sent_at if now - at < PER_SECONDS] + [now]
        return len(self.sent_at) > MOST_FRAMES


def _read(text: str | None) -> dict[str, Any] | None:
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _is_list(said: dict[str, Any]) -> bool:
    return isinstance(said["listen"], list)
