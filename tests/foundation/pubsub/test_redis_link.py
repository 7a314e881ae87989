"""Two links in one process stand for two processes: they share nothing but Redis."""

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from guichet.foundation.pubsub.bell import Bell
from guichet.foundation.pubsub.hub import Frame, Hub
from guichet.foundation.pubsub.redis_link import MOST_WAITING, RedisLink

pytestmark = pytest.mark.services


class Server:
    """A Redis that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        if not program:
            pytest.fail("This test needs redis-server (Debian: apt install redis-server).")
        command = [
            program,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until(self.answers)

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


class Process:
    def __init__(self, url: str) -> None:
        self.hub, self.awake = Hub(), Bell()
        self.link = RedisLink(url, self.hub, self.awake)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def processes(server: Server) -> Iterator[Callable[[], Process]]:
    made: list[Process] = []

    def make() -> Process:
        made.append(Process(server.url))
        return made[-1]

    yield make
    for process in made:
        process.link.close()


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def stale(topic: str) -> Frame:
    return {"topic": topic, "what": "stale"}


async def listened(here: Process) -> None:
    """Wait in a loop until `here` hears the others."""
    await asyncio.to_thread(here.link.listening.wait, 15)


def test_news_reach_other_processes_once_and_not_their_sender(
    server: Server, processes: Callable[[], Process]
) -> None:
    server.start()
    here, there = processes(), processes()

    async def scene() -> None:
        await listened(here)
        await listened(there)
        own, other = here.hub.subscribe(["a"]), there.hub.subscribe(["a"])
        frame: Frame = {"topic": "a", "what": "typing", "who": ["Ana", "Zoë"], "n": 3}
        here.link.send(frame)
        assert await asyncio.wait_for(anext(other), 5) == frame
        await asyncio.sleep(0.2)
        own.close()
        other.close()
        assert [frame async for frame in own] == []
        assert [frame async for frame in other] == []

    asyncio.run(scene())


def test_a_wake_reaches_the_worker_of_another_process(
    server: Server, processes: Callable[[], Process]
) -> None:
    server.start()
    here, there = processes(), processes()
    assert there.link.listening.wait(15)
    there.awake.wait(0)  # whatever rang before
    here.link.send_wake()
    assert there.awake.wait(5)


def test_without_redis_nothing_is_raised_and_nobody_waits(processes: Callable[[], Process]) -> None:
    here = processes()
    began = time.monotonic()
    for n in range(MOST_WAITING + 500):
        here.link.send({"topic": "a", "what": "typing", "n": n})
    here.link.send_wake()
    assert time.monotonic() - began < 0.2


def test_after_an_outage_what_was_said_meanwhile_arrives_and_the_rest_is_stale(
    server: Server, processes: Callable[[], Process]
) -> None:
    server.start()
    here, there = processes(), processes()
    assert here.link.listening.wait(15)
    assert there.link.listening.wait(15)

    async def scene() -> None:
        subscription = there.hub.subscribe(["a", "b"])
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(until, lambda: not there.link.listening.is_set())
        there.awake.wait(0)  # whatever rang before
        here.link.send(stale("a"))
        await asyncio.to_thread(server.start)
        topics: set[object] = set()
        while topics != {"a", "b"}:
            topics.add((await asyncio.wait_for(anext(subscription), 15))["topic"])
        assert there.awake.wait(5)

    asyncio.run(scene())


def test_what_did_not_fit_into_the_queue_is_made_good(
    server: Server, processes: Callable[[], Process]
) -> None:
    server.start()
    here, there = processes(), processes()

    async def scene() -> None:
        await listened(here)
        await listened(there)
        subscription = there.hub.subscribe(["quiet"])
        for n in range(20 * MOST_WAITING):
            here.link.send({"topic": "busy", "what": "typing", "n": n})
        assert await asyncio.wait_for(anext(subscription), 30) == stale("quiet")

    asyncio.run(scene())


def test_rubbish_on_the_channel_is_passed_over(server: Server, processes: Callable[[], Process]) -> None:
    server.start()
    here, there = processes(), processes()
    assert there.link.listening.wait(15)
    with redis.Redis.from_url(server.url) as client:
        for rubbish in (b"\xff", b"{", b"", b"[]", b"1", b"null", b'{"frame": 1}', b'{"frame": {}}'):
            client.publish(there.link._channel, rubbish)
    there.awake.wait(0)  # whatever rang before
    here.link.send_wake()
    assert there.awake.wait(5)
