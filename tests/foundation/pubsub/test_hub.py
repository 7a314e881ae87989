import asyncio
import threading

from guichet.foundation.pubsub.hub import Frame, Hub, Subscription


async def read(subscription: Subscription) -> list[Frame]:
    """All that is unread once the loop has had its turn."""
    await asyncio.sleep(0.05)
    subscription.close()
    return [frame async for frame in subscription]


def stale(topic: str) -> Frame:
    return {"topic": topic, "what": "stale"}


def test_a_frame_reaches_those_who_listen_to_its_topic_and_nobody_else() -> None:
    async def scene() -> None:
        hub = Hub()
        listener, stranger = hub.subscribe(["ticket-1"]), hub.subscribe(["ticket-2"])
        hub.publish(stale("ticket-1"))
        hub.publish({"topic": "ticket-1", "what": "typing", "who": ["Ana"]})
        assert await read(listener) == [
            stale("ticket-1"),
            {"topic": "ticket-1", "what": "typing", "who": ["Ana"]},
        ]
        assert await read(stranger) == []

    asyncio.run(scene())


def test_threads_publish_into_the_loop() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe([f"ticket-{n}" for n in range(20)])
        threads = [threading.Thread(target=hub.publish, args=(stale(f"ticket-{n}"),)) for n in range(20)]
        for thread in threads:
            thread.start()
        frames = [await anext(subscription) for _ in range(20)]
        assert sorted(str(frame["topic"]) for frame in frames) == sorted(f"ticket-{n}" for n in range(20))
        for thread in threads:
            thread.join()

    asyncio.run(scene())


def test_equal_unread_frames_are_one() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe(["desk"])
        for _ in range(50):
            hub.publish(stale("desk"))
        assert await read(subscription) == [stale("desk")]

    asyncio.run(scene())


def test_a_slow_reader_gets_one_stale_for_each_topic_then_news_again() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe(["a", "b"], room=10)
        for n in range(11):
            hub.publish({"topic": "a" if n % 2 else "b", "what": "typing", "n": n})
        await asyncio.sleep(0.05)
        hub.publish({"topic": "b", "what": "typing", "n": 99})
        assert await read(subscription) == [stale("b"), stale("a"), {"topic": "b", "what": "typing", "n": 99}]

    asyncio.run(scene())


def test_memory_of_a_reader_that_never_reads_is_bounded() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe(["a"], room=10)
        for n in range(5_000):
            hub.publish({"topic": "a", "what": "typing", "n": n})
        assert len(await read(subscription)) <= 10

    asyncio.run(scene())


def test_topics_come_and_go_while_listening() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe(["a"])
        subscription.add("b")
        hub.publish(stale("b"))
        hub.publish(stale("a"))
        subscription.remove("a")  # on its way already, and withheld all the same
        hub.publish(stale("a"))
        assert await read(subscription) == [stale("b")]

    asyncio.run(scene())


def test_unread_frames_of_a_removed_topic_are_withheld() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe(["a", "b"])
        hub.publish(stale("a"))
        hub.publish(stale("b"))
        await asyncio.sleep(0.05)
        subscription.remove("a")
        assert await read(subscription) == [stale("b")]

    asyncio.run(scene())


def test_closing_ends_the_iteration_and_leaves_nothing_behind() -> None:
    async def scene() -> None:
        hub = Hub()
        with hub.subscribe(["a"]) as subscription:
            waiting = asyncio.create_task(read(subscription))
        assert await waiting == []
        assert not hub._listening

    asyncio.run(scene())


def test_a_loop_that_has_ended_does_not_hurt_the_publisher() -> None:
    hub = Hub()

    async def scene() -> None:
        hub.subscribe(["a"])

    asyncio.run(scene())
    hub.publish(stale("a"))
    hub.publish(stale("a"))
    assert not hub._listening


def test_missed_news_make_every_topic_stale() -> None:
    async def scene() -> None:
        hub = Hub()
        subscription = hub.subscribe(["a", "b"])
        hub.everything_is_stale()
        assert sorted(str(frame["topic"]) for frame in await read(subscription)) == ["a", "b"]

    asyncio.run(scene())
