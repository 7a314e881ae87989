"""Workers die and compete; every mail that is owed arrives, and no event is reacted to twice."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reactions.email.sink import Sink, serving
from tests.reactions.installation import Installation, installed, prepared

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


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prepared(tmp_path_factory.mktemp("original")) as address:
        yield address


@pytest.fixture
def installation(tmp_path: Path, original: str, sink: Sink) -> Iterator[Installation]:
    with serving(sink) as port:
        server = f"smtp://127.0.0.1:{port}"
        with installed(tmp_path, original, GUICHET_MAIL_URL=server) as made:
            yield made


def everything_is_sent(installation: Installation) -> bool:
    return installation.mails() == {"sent": REQUESTS}


def wait_until(condition: Callable[[], bool], seconds: float = 100) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.mark.timeout(300)
def test_workers_killed_in_mid_send_lose_nothing(installation: Installation, sink: Sink) -> None:
    chance = random.Random(4821)
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
    wait_until(lambda: everything_is_sent(installation))
    arrived = Counter(mail["Message-ID"] for mail in sink.mails)
    assert set(arrived) == {mail_id for (mail_id,) in installation.ask("SELECT mail_id FROM email_delivery")}
    assert len(arrived) == REQUESTS
    assert len(sink.mails) - REQUESTS <= KILLS * 3  # each of its three threads may have been in mid-send


@pytest.mark.timeout(300)
def test_three_workers_do_everything_once(installation: Installation, sink: Sink) -> None:
    workers = [installation.start_worker() for _worker in range(3)]
    installation.run(OPEN)
    wait_until(lambda: everything_is_sent(installation))
    assert len(sink.mails) == len({mail["Message-ID"] for mail in sink.mails}) == REQUESTS
    for worker in workers:
        worker.terminate()
    assert [worker.wait(15) for worker in workers] == [0, 0, 0]


@pytest.mark.timeout(300)
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
    assert installation.ask("SELECT COUNT(*) FROM timeline_event WHERE reacted_at IS NULL") == [(0,)]
