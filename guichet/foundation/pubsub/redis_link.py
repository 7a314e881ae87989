"""The same news in every process, over one Redis channel. Redis down means later news, nothing else."""

import json
import logging
import queue
import random
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from guichet.foundation.signing import mac, token

from .bell import Bell
from .hub import Frame, Hub

log = logging.getLogger(__name__)

MOST_WAITING = 1_000
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0  # seconds
_QUIET = 5  # seconds without news after which the connection is tried
_LOOK = 0.5  # seconds between two looks whether to end


class RedisLink:
    """Two threads: one sends what this process says, one hands on what the others say."""

    def __init__(self, url: str, hub: Hub, awake: Bell) -> None:
        self._url = url
        self._hub = hub
        self._awake = awake
        self._me = token()
        # Installations that share a Redis do not hear each other.
        self._channel = f"guichet:{mac('pubsub', 'channel')}"
        self._waiting: queue.Queue[dict[str, Any]] = queue.Queue(MOST_WAITING)
        self._lost_some = threading.Event()
        self._ended = threading.Event()
        self.listening = threading.Event()
        self._threads = [
            threading.Thread(target=self._keep, args=(loop,), name=f"pubsub-{loop.__name__}", daemon=True)
            for loop in (self._speak, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    def send(self, frame: Frame) -> None:
        """Tell the other processes, soon. Never waits: what does not fit is made good by telling them so."""
        self._put({"frame": frame})

    def send_wake(self) -> None:
        """Wake the worker of the other processes, soon."""
        self._put({"wake": True})

    def close(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(_QUIET)

    def _put(self, said: dict[str, Any]) -> None:
        try:
            self._waiting.put_nowait(said)
        except queue.Full:
            self._lost_some.set()

    def _keep(self, loop: Callable[[redis.Redis], None]) -> None:
        """Run `loop` on a connection, and again on a new one whenever it breaks, ever more patiently."""
        pause = _FIRST_PAUSE
        while not self._ended.is_set():
            try:
                with closing(self._connection()) as connection:
                    connection.ping()
                    pause = _FIRST_PAUSE
                    loop(connection)
            except (redis.RedisError, OSError) as error:
                if pause == _FIRST_PAUSE:
                    log.warning("Redis is out of reach, live news between processes are late: %s", error)
                # All processes lose Redis at once; they shall not come back at once.
                self._ended.wait(pause * random.uniform(0.5, 1.5))  # noqa: S311  # no secret
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _connection(self) -> redis.Redis:
        return redis.Redis.from_url(
            self._url,
            socket_timeout=2,
            socket_connect_timeout=2,
            health_check_interval=_QUIET,
            retry=Retry(NoBackoff(), 0),
        )

    def _speak(self, connection: redis.Redis) -> None:
        while not self._ended.is_set():
            if self._lost_some.is_set():
                self._tell(connection, {"stale": True})
                self._lost_some.clear()
            try:
                said = self._waiting.get(timeout=_LOOK)
            except queue.Empty:
                continue
            try:
                self._tell(connection, said)
            except (redis.RedisError, OSError):
                self._lost_some.set()
                raise

    def _tell(self, connection: redis.Redis, said: dict[str, Any]) -> None:
        connection.publish(self._channel, json.dumps({"from": self._me, **said}))

    def _listen(self, connection: redis.Redis) -> None:
        with closing(connection.pubsub()) as ear:  # type: ignore[no-untyped-call]
            ear.subscribe(self._channel)
            try:
                while not self._ended.is_set():
                    heard = ear.get_message(timeout=_LOOK)
                    if heard and heard["type"] == "subscribe":
                        # Whatever was said before this moment has been missed.
                        self._hub.everything_is_stale()
                        self._awake.set()
                        self.listening.set()
                    elif heard and heard["type"] == "message":
                        self._hear(heard["data"])
            finally:
                self.listening.clear()

    def _hear(self, data: bytes) -> None:
        try:
            said = json.loads(data)
        except ValueError:
            said = None
        if not isinstance(said, dict) or said.get("from") == self._me:
            return
        frame = said.get("frame")
        if isinstance(frame, dict) and "topic" in frame:
            self._hub.publish(frame)
        if said.get("wake"):
            self._awake.set()
        if said.get("stale"):
            self._hub.everything_is_stale()
            self._awake.set()
