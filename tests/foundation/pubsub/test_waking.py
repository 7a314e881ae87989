import threading

from guichet.foundation import pubsub


def test_the_worker_sleeps_until_woken() -> None:
    pubsub.waiting(0)
    assert not pubsub.waiting(0.01)
    threading.Timer(0.05, pubsub.wake).start()
    assert pubsub.waiting(5)
    assert not pubsub.waiting(0.01)


def test_a_wake_while_the_worker_works_is_kept() -> None:
    pubsub.wake()
    pubsub.wake()
    assert pubsub.waiting(0)
    assert not pubsub.waiting(0)


def test_everybody_who_waits_is_woken() -> None:
    woken = []
    waiting = [threading.Thread(target=lambda: woken.append(pubsub.waiting(5))) for _ in range(3)]
    for thread in waiting:
        thread.start()
    pubsub.wake()
    for thread in waiting:
        thread.join()
    assert woken == [True, True, True]


def test_publishing_to_nobody_is_nothing() -> None:
    pubsub.publish("ticket-1", "stale", by=["Ana"], n=1)
