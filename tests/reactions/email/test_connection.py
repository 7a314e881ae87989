"""One connection for many mails, and what servers do to it."""

import time
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage

from guichet.foundation import clock
from guichet.reactions.email import connection
from guichet.reactions.email.claim import due
from guichet.reactions.email.connection import Connection
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Cause, State
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World

ROSE, GORO = "rose@acme.example", "goro@globex.example"


def letter(to: str = ROSE) -> EmailMessage:
    return EmailMessage("Hello", "Hello.", "support@localhost", [to])


def test_many_mails_go_through_one_connection(sink: Sink) -> None:
    with Connection() as line:
        for _ in range(5):
            line.send(letter())
    assert (len(sink.mails), len(set(sink.peers)), sink.resets) == (5, 1, 4)


def test_a_refusal_is_of_one_mail_only(world: World, sink: Sink) -> None:
    for by in ("requester", "foreigner", "requester"):
        world.ticket(by)
    sink.at_rcpt[GORO] = ["550 5.1.1 No such user"]
    sink.after_data[ROSE] = ["451 4.3.0 Try again later"]
    drain()
    states = list(Delivery.objects.order_by("id").values_list("address", "state", "cause"))
    assert states == [
        (ROSE, State.QUEUED, Cause.POSTPONED),
        (GORO, State.FAILED, Cause.REFUSED),
        (ROSE, State.SENT, ""),
    ]
    assert len(set(sink.peers)) == 1


def test_a_server_that_hangs_up_after_the_content_gets_the_mail_again_under_one_id(
    world: World, sink: Sink
) -> None:
    world.ticket()
    world.ticket("foreigner")
    sink.hangs_up = [ROSE]
    drain()
    assert dict(Delivery.objects.values_list("address", "state")) == {ROSE: State.QUEUED, GORO: State.SENT}
    assert len(set(sink.peers)) == 2
    drain(at=clock.now() + timedelta(minutes=2))
    first, second = sink.to(ROSE)
    assert first["Message-ID"] == second["Message-ID"]
    assert not due(clock.now() + timedelta(days=9)).exists()


def _was_idle(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(connection, "SECONDS_IDLE", -1.0)


def _took_enough(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(connection, "MOST_MAILS", 1)


@pytest.mark.parametrize("why", [_was_idle, _took_enough])
def test_a_connection_that_is_too_old_is_made_anew(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, why: Callable[[pytest.MonkeyPatch], None]
) -> None:
    why(monkeypatch)
    with Connection() as line:
        line.send(letter())
        line.send(letter())
    assert (len(sink.mails), len(set(sink.peers))) == (2, 2)


def test_a_server_that_takes_so_many_mails_and_no_more_is_asked_anew_at_once(sink: Sink) -> None:
    with Connection() as line:
        line.send(letter())
        sink.at_mail = ["421 4.7.0 Too many messages in this session"]
        line.send(letter())
    assert (len(sink.mails), len(set(sink.peers))) == (2, 2)


def test_a_sender_that_is_refused_at_once_is_refused(sink: Sink) -> None:
    sink.at_mail = ["451 4.7.1 Not now", "451 4.7.1 Not now"]
    with Connection() as line, pytest.raises(Exception, match="Not now"):
        line.send(letter())
    assert sink.mails == []


def test_a_server_that_hangs_is_left_without_a_word(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SECONDS_TO_WAIT", 1)
    sink.seconds[ROSE] = 4
    started = time.monotonic()
    with Connection() as line:
        with pytest.raises(SMTPServerDisconnected):
            line.send(letter())
        line.send(letter(GORO))
    assert time.monotonic() - started < 3
    assert len(sink.to(GORO)) == 1
