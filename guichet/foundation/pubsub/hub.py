"""Fan-out of live frames inside one process: from any thread to the subscriptions of event loops."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterable
from types import TracebackType
from typing import Self, TypeAlias

Frame: TypeAlias = dict[str, str | int | list[str]]
STALE = "stale"
ROOM = 100


class Hub:
    """Who listens to which topic. Publishing costs one hop into each loop, however many listen there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listening: defaultdict[str, set[Subscription]] = defaultdict(set)

    def subscribe(self, topics: Iterable[str], *, room: int = ROOM) -> "Subscription":
        """Start listening in the running event loop. More than `room` unread frames are folded."""
        subscription = Subscription(self, asyncio.get_running_loop(), room)
        subscription.add(*topics)
        return subscription

    def publish(self, frame: Frame) -> None:
        """Hand `frame` to everybody who listens to its topic. From any thread; never waits, never raises."""
        with self._lock:
            listeners = list(self._listening.get(str(frame["topic"]), ()))
        self._offer(dict.fromkeys(listeners, frame))

    def everything_is_stale(self) -> None:
        """News may have been missed: tell every subscription so, for each topic it listens to."""
        with self._lock:
            topics = {topic: list(listeners) for topic, listeners in self._listening.items()}
        for topic, listeners in topics.items():
            self._offer({listener: {"topic": topic, "what": STALE} for listener in listeners})

    def enter(self, topic: str, subscription: "Subscription") -> None:
        with self._lock:
            self._listening[topic].add(subscription)

    def leave(self, topic: str, subscription: "Subscription") -> None:
        with self._lock:
            listeners = self._listening.get(topic, set())
            listeners.discard(subscription)
            if not listeners:
                self._listening.pop(topic, None)

    def _offer(self, frames: dict["Subscription", Frame]) -> None:
        by_loop: defaultdict[asyncio.AbstractEventLoop, dict[Subscription, Frame]] = defaultdict(dict)
        for subscription, frame in frames.items():
            by_loop[subscription.loop][subscription] = frame
        for loop, offered in by_loop.items():
            try:
                loop.call_soon_threadsafe(_deliver, offered)
            except RuntimeError:  # that loop has ended, and its connections with it
                for subscription in offered:
                    subscription.leave()


class Subscription:
    """Frames for one connection, read with `async for` in the loop that made it; used `with`, or closed."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop, room: int) -> None:
        self.loop = loop
        self.topics: set[str] = set()
        self._hub = hub
        self._room = room
        self._unread: dict[tuple[object, ...], Frame] = {}
        self._something = asyncio.Event()
        self._closed = False

    def add(self, *topics: str) -> None:
        for topic in topics:
            self.topics.add(topic)
            self._hub.enter(topic, self)

    def remove(self, *topics: str) -> None:
        """Stop listening: unread frames of these topics are withheld too, the right to them may be gone."""
        for topic in topics:
            self.topics.discard(topic)
            self._hub.leave(topic, self)
        self._unread = {key: frame for key, frame in self._unread.items() if frame["topic"] in self.topics}

    def leave(self) -> None:
        """Be offered nothing more. From any thread."""
        for topic in tuple(self.topics):
            self._hub.leave(topic, self)

    def close(self) -> None:
        """End the iteration once what is unread has been read."""
        self.leave()
        self._closed = True
        self._something.set()

    def offer(self, frame: Frame) -> None:
        """Queue `frame`, in the loop. One like it that is still unread says the same already.

        A reader that falls behind by more than its room gets one `stale` for each topic instead.
        """
        if frame["topic"] not in self.topics or self._closed:
            return
        self._unread.setdefault(_key(frame), frame)
        if len(self._unread) > self._room:
            behind: list[Frame] = [
                {"topic": topic, "what": STALE}
                for topic in dict.fromkeys(str(unread["topic"]) for unread in self._unread.values())
            ]
            self._unread = {_key(stale): stale for stale in behind}
        self._something.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Frame:
        while not self._unread:
            if self._closed:
                raise StopAsyncIteration
            self._something.clear()
            await self._something.wait()
        return self._unread.pop(next(iter(self._unread)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _deliver(offered: dict[Subscription, Frame]) -> None:
    for subscription, frame in offered.items():
        subscription.offer(frame)


def _key(frame: Frame) -> tuple[object, ...]:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in frame.items())
