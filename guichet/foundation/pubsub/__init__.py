"""News between threads and processes: that something is stale, or that the worker has something to do.

News only: a frame that is lost costs time, never data, as everybody who listens also looks for themselves.
"""

import functools
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from .bell import Bell
from .hub import STALE, Frame, Hub, Subscription

if TYPE_CHECKING:
    from .redis_link import RedisLink

__all__ = ["STALE", "Frame", "Subscription", "publish", "subscribe", "waiting", "wake"]

_hub = Hub()
_awake = Bell()
_making = threading.Lock()


def publish(topic: str, what: str, **small: str | int | list[str]) -> None:
    """Tell everybody who listens to `topic`, in every process. Never waits, never raises."""
    frame: Frame = {"topic": topic, "what": what, **small}
    _hub.publish(frame)
    if link := _link():
        link.send(frame)


def subscribe(topics: Iterable[str]) -> Subscription:
    """Listen to `topics` in the running event loop: `async for frame in subscription`, within `with`."""
    _link()
    return _hub.subscribe(topics)


def wake() -> None:
    """There is work: whoever works need not wait for their next look. Never waits, never raises."""
    _awake.set()
    if link := _link():
        link.send_wake()


def waiting(timeout: float) -> bool:
    """Sleep up to `timeout` seconds; true if woken. Work added after this returns wakes its next call."""
    _link()
    return _awake.wait(timeout)


def _link() -> "RedisLink | None":
    """The process's one link to the others; made on first use, so that commands which need none make none."""
    if not settings.REDIS_URL:
        return None
    with _making:
        return _linked()


@functools.cache
def _linked() -> "RedisLink":
    # Redis brings in a fifth of all code: those who do without start faster without.
    from .redis_link import RedisLink

    return RedisLink(settings.REDIS_URL, _hub, _awake)
