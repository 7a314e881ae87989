"""What a browser would hear, collected while a test does things."""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from guichet.foundation.pubsub import publish, subscribe

END = "the-end"


@contextmanager
def listening(topics: Iterable[str]) -> Iterator[set[str]]:
    """Yields a set that holds, once the block has ended, the topics of which there was news."""
    heard: set[str] = set()
    ready = threading.Event()

    async def listen() -> None:
        with subscribe([*topics, END]) as news:
            ready.set()
            async for frame in news:
                if frame["topic"] == END:
                    return
                heard.add(f"{frame['topic']} {frame['what']}")

    thread = threading.Thread(target=lambda: asyncio.run(listen()))
    thread.start()
    ready.wait(5)
    try:
        yield heard
    finally:
        publish(END, "stale")
        thread.join(5)
