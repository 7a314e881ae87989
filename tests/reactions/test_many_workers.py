"""Workers die and compete; every mail that is owed arrives, and no event is reacted to twice."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reactions.email.sink import Sink, serving
from tests.reactions.installation import Installation, installed

KILLS = 5
REQUESTS = 40
OPEN = f"""
from guichet.foundation.clock import now
from guichet.domain.people.models import Person
from guichet.domain.people.queries import actor_of
from guichet.domain.tickets.operations import open_ticket
for email in ("rose@acme.example", "goro@globex.example"):
    actor = actor_of(Person.objects.get(email=email))
    for number in range({REQUESTS // 2}):
        open_ticket(
            category="technical", subject=f"Request {{number}}", description="It stays empty, all of it.",
            organisation_id=actor.seats[0].organisation_id, by=actor, at=now(),
        )
"""
LEDGER = """
from guichet.reactions.email.models import Delivery
print("\\n".join(Delivery.objects.order_by("id").values_list("mail_id", flat=True)))
"""
STATES = """
from collections import Counter
from guichet.reactions.email.models import Delivery
from guichet.domain.timeline.models import Event
states = Counter(Delivery.objects.values_list("state", flat=True))
print(dict(states), Event.objects.filter(reacted_at=None).count())
"""


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def installation(tmp_path: Path, sink: Sink) -> Iterator[Installation]:
    with (
        serving(sink) as port,
        installed(tmp_path, GUICHET_MAIL_URL=f"smtp://127.0.0.1:{port}") as made,
    ):
        yield made


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.timeout(240)
def test_workers_killed_in_mid_send_lose_nothing(installation: Installation, sink: Sink) -> None:
    chance = random.Random(4821)  # noqa: S311  the same moments at every run
    sink.seconds = {"rose@acme.example": 0.15, "goro@globex.example": 0.05}
    installation.run(OPEN)
    for _kill in range(KILLS):
        so_far = len(sink.mails)
        worker = installation.start_worker()
        wait_until(lambda so_far=so_far: len(sink.mails) > so_far + 1)  # type: ignore[misc]
        time.sleep(chance.random() * 0.3)
        installation.kill(worker)
        installation.let_leases_end()
    sink.seconds = {}
    installation.start_worker()
    wait_until(lambda: f"{{'sent': {REQUESTS}}} 0" in installation.run(STATES))
    arrived = Counter(mail["Message-ID"] for mail in sink.mails)
    assert set(arrived) == set(installation.run(LEDGER).split())
    assert len(arrived) == REQUESTS
    assert len(sink.mails) - REQUESTS <= KILLS * 3  # each of its three threads may have been in mid-send


@pytest.mark.timeout(240)
def test_three_workers_do_everything_once(installation: Installation, sink: Sink) -> None:
    workers = [installation.start_worker() for _worker in range(3)]
    installation.run(OPEN)
    wait_until(lambda: f"{{'sent': {REQUESTS}}} 0" in installation.run(STATES))
    assert len(sink.mails) == len({mail["Message-ID"] for mail in sink.mails}) == REQUESTS
    for worker in workers:
        worker.terminate()
    assert [worker.wait(15) for worker in workers] == [0, 0, 0]


@pytest.mark.timeout(240)
def test_a_server_that_hangs_for_one_reader_holds_no_other(installation: Installation, sink: Sink) -> None:
    sink.seconds = {"rose@acme.example": 30}
    installation.run(OPEN)
    worker = installation.start_worker()
    wait_until(lambda: len(sink.to("goro@globex.example")) == REQUESTS // 2, seconds=25)
    assert sink.to("rose@acme.example") == []
    started = time.monotonic()
    worker.terminate()
    worker.wait(20)
    assert time.monotonic() - started < 15
