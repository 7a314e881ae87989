"""One mail come twice at once is one; what the database refuses for another reason is no second copy."""

from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from pytest_django import Settings

from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.queries import raw_of
from guichet.edges.mailbox.states import Reason, State
from tests.at_once import at_once
from tests.edges.mailbox.letters import OURS, answer, said
from tests.world import World

ROUNDS = 10


def kept_in(storage: Path) -> int:
    return sum(path.is_file() for path in storage.rglob("*"))


def forbid_twice(columns: str) -> None:
    connection.check_constraints()  # PostgreSQL makes no index while checks are pending
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNIQUE INDEX only_once ON {columns}")


def test_the_same_bytes_handed_over_twice_at_once_are_one_mail(
    busy_world: World, settings: Settings, storage: Path
) -> None:
    settings.GUICHET_AUTHSERV_ID = OURS
    ticket = busy_world.ticket()
    before = kept_in(storage)
    for number in range(ROUNDS):
        raw = answer(busy_world, ticket, text=f"It works, {number}.", Message_ID=f"<{number}@acme.example>")
        first, second = at_once(partial(deliver, raw), partial(deliver, raw))
        assert first.pk == second.pk
        assert ReceivedMessage.objects.get(pk=first.pk).state == State.DELIVERED
    assert ticket.messages.count() == ROUNDS + 1
    assert kept_in(storage) - before == ROUNDS


def test_the_same_mail_by_two_ways_at_once_is_one_reply(busy_world: World, settings: Settings) -> None:
    settings.GUICHET_AUTHSERV_ID = OURS
    ticket = busy_world.ticket()
    for number in range(ROUNDS):
        raw = answer(busy_world, ticket, text=f"It works, {number}.", Message_ID=f"<{number}@acme.example>")
        ways = at_once(partial(deliver, raw), partial(deliver, b"Received: by another server\r\n" + raw))
        assert sorted(row.state for row in ways) == [State.DELIVERED, State.DUPLICATE]
    assert ticket.messages.count() == ROUNDS + 1


def test_what_breaks_another_rule_waits_for_a_person(world: World, settings: Settings) -> None:
    settings.GUICHET_AUTHSERV_ID = OURS
    ticket = world.ticket()
    forbid_twice("tickets_message (body)")
    deliver(answer(world, ticket, Message_ID="<first@acme.example>"))
    row = deliver(answer(world, ticket, Message_ID="<second@acme.example>"))
    row.refresh_from_db()
    assert (row.state, row.reason, row.detail) == (State.UNSORTED, Reason.FAULT, "IntegrityError")
    assert said(ticket) == []
    assert ticket.messages.count() == 2


def test_what_cannot_be_kept_for_another_reason_is_handed_back(
    world: World, storage: Path, settings: Settings
) -> None:
    ticket = world.ticket()
    raw = answer(world, ticket)
    kept = deliver(raw)
    forbid_twice("mailbox_receivedmessage (size)")
    with pytest.raises(IntegrityError):
        deliver(raw.replace(b"now", b"not"))
    assert list(ReceivedMessage.objects.all()) == [kept]
    assert raw_of(kept) == raw
    assert kept_in(storage) == 1
