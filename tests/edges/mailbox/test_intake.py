"""Received mail is settled by whoever is free: once, whatever dies meanwhile."""

from datetime import timedelta
from pathlib import Path

from guichet.domain.tickets.models import Ticket
from guichet.edges.mailbox import intake
from guichet.edges.mailbox.deliver import LEASE, deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.receive import receive
from guichet.edges.mailbox.states import Reason, State, Way
from guichet.foundation import clock
from tests.edges.mailbox.letters import answer, said
from tests.world import World


def handed_over(raw: bytes) -> ReceivedMessage:
    return receive(raw, way=Way.LMTP, verified=False, at=clock.now())


def test_what_was_received_is_settled(world: World, ticket: Ticket) -> None:
    row = handed_over(answer(world, ticket))
    assert said(ticket) == []
    assert intake.drain() == 1
    row.refresh_from_db()
    assert (row.state, row.next_try_at, row.way) == (State.DELIVERED, None, Way.LMTP)
    assert len(said(ticket)) == 1
    assert intake.drain() == 0


def test_what_another_settles_is_left_until_its_time_is_over(world: World, ticket: Ticket) -> None:
    row = receive(
        answer(world, ticket),
        way=Way.COMMAND,
        verified=False,
        at=clock.now(),
        next_try_at=clock.now() + LEASE,
    )
    assert intake.drain() == 0
    assert intake.drain(at=clock.now() + 2 * LEASE) == 1
    row.refresh_from_db()
    assert row.state == State.DELIVERED


def test_a_mail_that_kills_whoever_settles_it_ends_with_a_person(world: World, ticket: Ticket) -> None:
    row = handed_over(answer(world, ticket))
    ReceivedMessage.objects.filter(pk=row.pk).update(attempts=intake.MOST_TRIES)
    intake.drain()
    row.refresh_from_db()
    assert (row.state, row.reason, row.next_try_at) == (State.UNSORTED, Reason.FAULT, None)
    assert said(ticket) == []


def test_while_its_bytes_cannot_be_read_a_mail_waits(world: World, ticket: Ticket, storage: Path) -> None:
    row = handed_over(answer(world, ticket))
    kept = storage / row.stored_as
    kept.rename(away := kept.with_suffix(".away"))
    intake.settle_next(clock.now())
    away.rename(kept)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.RECEIVED, 1)
    assert row.next_try_at is not None
    assert row.next_try_at > clock.now()
    assert intake.drain(at=row.next_try_at + timedelta(seconds=1)) == 1
    assert len(said(ticket)) == 1


def test_an_outage_is_no_fault_of_a_mail_however_long_it_lasts(
    world: World, ticket: Ticket, storage: Path
) -> None:
    row = handed_over(answer(world, ticket))
    at = clock.now()
    storage.rename(away := storage.with_name("away"))
    storage.write_bytes(b"")
    for _try in range(2 * intake.MOST_TRIES):
        assert intake.settle_next(at)
        at += intake.OUTAGE
    storage.unlink()
    away.rename(storage)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.RECEIVED, 0)
    assert intake.drain(at=at) == 1
    assert len(said(ticket)) == 1


def test_a_mail_settled_by_its_bearer_is_not_due(world: World, ticket: Ticket) -> None:
    deliver(answer(world, ticket))
    assert not intake.due(clock.now() + timedelta(days=1)).exists()
