"""Each event is reacted to once, in the order of its subject, whatever fails."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment
from guichet.domain.timeline.models import Event
from guichet.foundation import clock
from guichet.foundation.refusals import NotAllowed, OutOfReach
from guichet.foundation.storage import files
from guichet.reactions import pending
from guichet.reactions.email.models import Delivery
from guichet.reactions.pending import LEASE, MOST_TRIES, react_to_next
from guichet.reactions.queries import poisoned_events
from guichet.reactions.retrying import retry_event
from guichet.reactions.schedule import heartbeat, slots
from guichet.reactions.schedule.chores import CHORES, discard_unsent_files
from guichet.reactions.schedule.models import Slot
from guichet.reactions.table import TABLE
from tests.world import World, later


class Recorder:
    """A reaction that notes what it sees, writes a row, and fails when told to."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []
        self.failing: set[int] = set()

    def __call__(self, event: Event) -> None:
        self.seen.append((event.kind, event.subject_id))
        Slot.objects.create(pk=f"seen-{len(self.seen)}", taken_at=clock.now())
        if event.subject_id in self.failing:
            raise RuntimeError("as told")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Stands in for every reaction to an event of a request."""
    made = Recorder()
    monkeypatch.setattr(
        pending, "TABLE", {kind: (made,) if kind.startswith("ticket") else () for kind in TABLE}
    )
    return made


def run_all(at: datetime | None = None) -> None:
    while react_to_next(at or clock.now()):
        pass


def test_events_run_once_in_order(world: World, recorder: Recorder) -> None:
    ticket = world.ticket()
    tickets.take(ticket, by=world.actor("agent"), at=later(minutes=1))
    tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=2))
    run_all()
    run_all()
    kinds = [kind for kind, _ticket in recorder.seen]
    assert kinds == ["ticket_opened", "ticket_assigned", "ticket_resolved"]
    assert not Event.objects.filter(reacted_at=None).exists()


def test_a_failure_is_rolled_back_noted_and_tried_again(world: World, recorder: Recorder) -> None:
    ticket = world.ticket()
    recorder.failing.add(ticket.pk)
    at = clock.now()
    run_all(at)
    event = Event.objects.get(kind="ticket_opened")
    assert (event.attempts, event.failure, event.reacted_at) == (1, "RuntimeError: as told", None)
    assert event.next_try_at is not None
    assert timedelta(seconds=4) <= event.next_try_at - at <= timedelta(seconds=6)
    assert not Slot.objects.exists()  # what it had written is gone
    recorder.failing.clear()
    run_all(at + timedelta(seconds=7))
    event.refresh_from_db()
    assert (event.attempts, event.failure, event.reacted_at is not None) == (2, "", True)


def test_later_events_of_a_request_wait_and_others_pass(world: World, recorder: Recorder) -> None:
    stuck, other = world.ticket(), world.ticket(by="foreigner")
    recorder.failing.add(stuck.pk)
    tickets.take(stuck, by=world.actor("agent"), at=later(minutes=1))
    tickets.take(other, by=world.actor("agent"), at=later(minutes=2))
    run_all()
    assert recorder.seen == [
        ("ticket_opened", stuck.pk),
        ("ticket_opened", other.pk),
        ("ticket_assigned", other.pk),
    ]


def test_after_five_tries_it_is_poisoned_shown_and_passed(world: World, recorder: Recorder) -> None:
    stuck = world.ticket()
    recorder.failing.add(stuck.pk)
    tickets.take(stuck, by=world.actor("agent"), at=later(minutes=1))
    run_all(clock.now() + timedelta(days=1))
    assert [kind for kind, _ticket in recorder.seen] == ["ticket_opened"]
    for _try in range(MOST_TRIES - 1):
        Event.objects.filter(reacted_at=None).update(next_try_at=clock.now())
        react_to_next(clock.now())
    (poisoned,) = poisoned_events()
    assert (poisoned.kind, poisoned.attempts, poisoned.failure) == (
        "ticket_opened",
        MOST_TRIES,
        "RuntimeError: as told",
    )
    run_all()
    assert recorder.seen[-1] == ("ticket_assigned", stuck.pk)


def test_one_that_kills_its_worker_ends_too(world: World, recorder: Recorder) -> None:
    world.ticket()
    run_all_but_tickets(recorder)
    at = clock.now()
    for _death in range(MOST_TRIES):
        assert pending._claim(at) is not None
        at += LEASE
    assert pending._claim(at) is None
    (poisoned,) = poisoned_events()
    assert poisoned.failure == "The worker stopped each time it ran this."
    assert recorder.seen == []


def run_all_but_tickets(recorder: Recorder) -> None:
    Event.objects.exclude(subject="ticket").update(reacted_at=clock.now(), next_try_at=None)


def test_a_worker_whose_lease_ran_out_changes_nothing(world: World, recorder: Recorder) -> None:
    world.ticket()
    run_all_but_tickets(recorder)
    at = clock.now()
    slow = pending._claim(at)
    quick = pending._claim(at + LEASE)
    assert slow is not None
    assert quick is not None
    pending._run(quick, at + LEASE)
    pending._run(slow, at + LEASE)
    assert Slot.objects.count() == 1  # both ran, one was rolled back


def test_a_poisoned_event_is_run_again_by_a_lead(world: World, recorder: Recorder) -> None:
    ticket = world.ticket()
    run_all_but_tickets(recorder)
    Event.objects.filter(subject="ticket").update(next_try_at=None, attempts=MOST_TRIES)
    (poisoned,) = poisoned_events()
    with pytest.raises(NotAllowed):
        retry_event(poisoned.pk, by=world.actor("agent"), at=clock.now())
    with pytest.raises(OutOfReach):
        retry_event(10**6, by=world.actor("lead"), at=clock.now())
    retry_event(poisoned.pk, by=world.actor("lead"), at=clock.now())
    run_all()
    assert recorder.seen == [("ticket_opened", ticket.pk)]


def test_a_chore_runs_once_in_its_slot(db: None) -> None:
    runs: list[datetime] = []

    def note(*, at: datetime) -> None:
        runs.append(at)

    chore = slots.Chore("count", timedelta(minutes=10), note)
    noon = later()
    assert slots.run_due((chore,), at=noon) == ["count"]
    assert slots.run_due((chore,), at=noon + timedelta(minutes=9)) == []
    assert slots.run_due((chore,), at=noon + timedelta(minutes=10)) == ["count"]
    assert runs == [noon, noon + timedelta(minutes=10)]


def test_a_chore_that_fails_keeps_no_other_from_running(db: None) -> None:
    done: list[str] = []

    def fail(*, at: datetime) -> None:
        raise RuntimeError("as told")

    def note(*, at: datetime) -> None:
        done.append("noted")

    chores = (slots.Chore("fail", timedelta(hours=1), fail), slots.Chore("note", timedelta(hours=1), note))
    slots.run_due(chores, at=later())
    assert done == ["noted"]


def test_every_chore_runs(world: World) -> None:
    assert slots.run_due(CHORES, at=later()) == [chore.name for chore in CHORES]


def test_files_nobody_sent_are_forgotten_after_a_day(
    world: World, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    for hours in (0, 2):
        stored = files.store([b"never sent"], limit=100)
        tickets.attach(
            stored, name="a.txt", media_type="text/plain", by=world.actor("requester"), at=later(hours=hours)
        )
    old = Attachment.objects.earliest("created_at")
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_unsent_files(at=later(hours=25)) == 1
    assert Attachment.objects.count() == 1
    with pytest.raises(FileNotFoundError):
        files.open_stored(old.stored_as)


def test_the_heart_beats_for_a_minute(db: None) -> None:
    assert not heartbeat.worker_is_alive(later())
    heartbeat.beat(later())
    assert heartbeat.worker_is_alive(later(seconds=59))
    assert not heartbeat.worker_is_alive(later(seconds=61))


def test_reactions_owe_in_the_transaction_of_their_note(world: World) -> None:
    world.ticket()
    run_all()
    assert Delivery.objects.count() == 1
