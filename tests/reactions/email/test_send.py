"""What the outside world does to a mail, and what becomes of it."""

import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from guichet.foundation.refusals import NotAllowed
from guichet.reactions.email import connection, send
from guichet.reactions.email.claim import LEASE, claim
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.queries import deliveries_in
from guichet.reactions.email.settle import sent
from guichet.reactions.email.states import Cause, State
from guichet.reactions.pending import react_to_next
from guichet.reactions.queries import failed_deliveries
from guichet.reactions.retrying import retry_delivery
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World, later

ROSE = "rose@acme.example"


def the_one() -> Delivery:
    return Delivery.objects.get()


@pytest.fixture
def replied(world: World, sink: Sink) -> Ticket:
    """A request of Rose on which Colin is copied, with an agent's reply; all before the reply was sent."""
    ticket = world.ticket()
    tickets.add_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=1)
    )
    drain()
    Delivery.objects.all().delete()
    sink.mails.clear()
    tickets.reply(ticket, body="We found it.", by=world.actor("agent"), at=later(minutes=2))
    return ticket


def test_a_mail_is_sent_once_and_says_so(world: World, sink: Sink) -> None:
    world.ticket()
    drain()
    drain()
    assert (the_one().state, the_one().attempts, len(sink.mails)) == (State.SENT, 1, 1)
    assert sink.mails[0]["Message-ID"] == the_one().mail_id


def test_later_please_is_tried_again_with_the_same_id(world: World, sink: Sink) -> None:
    world.ticket()
    sink.at_rcpt[ROSE] = ["451 4.7.1 Greylisted"]
    drain()
    queued = the_one()
    assert (queued.state, queued.cause, queued.failure) == (
        State.QUEUED,
        Cause.POSTPONED,
        "451 4.7.1 Greylisted",
    )
    assert queued.next_try_at is not None
    wait = queued.next_try_at - clock.now()
    assert timedelta(seconds=40) < wait < timedelta(seconds=80)
    drain(at=clock.now() + timedelta(minutes=2))
    assert the_one().state == State.SENT
    assert [one["Message-ID"] for one in sink.mails] == [queued.mail_id]


@pytest.mark.parametrize("when", ["at_rcpt", "after_data"])
def test_never_is_final_for_that_reader_only(world: World, sink: Sink, replied: Ticket, when: str) -> None:
    script = sink.at_rcpt if when == "at_rcpt" else sink.after_data
    script[ROSE] = ["550 5.1.1 No such user"]
    drain()
    states = dict(Delivery.objects.values_list("address", "state"))
    assert states == {ROSE: State.FAILED, "colin@acme.example": State.SENT}
    (failed,) = failed_deliveries()
    assert (failed.cause, failed.failure, failed.permanent, failed.next_try_at) == (
        Cause.REFUSED,
        "550 5.1.1 No such user",
        True,
        None,
    )


def test_no_mail_overtakes_another_of_its_request(world: World, sink: Sink, replied: Ticket) -> None:
    tickets.reply(replied, body="And mended it.", by=world.actor("agent"), at=later(minutes=3))
    sink.after_data[ROSE] = ["452 4.2.2 Mailbox full", "452 4.2.2 Mailbox full"]
    drain()
    assert sink.to(ROSE) == []
    assert len(sink.to("colin@acme.example")) == 2
    drain(at=clock.now() + timedelta(minutes=2))
    drain(at=clock.now() + timedelta(minutes=30))
    ids = [one["Message-ID"] for one in sink.to(ROSE)]
    assert ids == list(Delivery.objects.filter(address=ROSE).order_by("id").values_list("mail_id", flat=True))


def test_a_server_that_is_away_is_tried_for_five_days(world: World, settings: Settings, sink: Sink) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]
        world.ticket()
        drain()
        start = the_one().created_at
        waits, at = [], start
        while the_one().state == State.QUEUED:
            due = the_one().next_try_at
            assert due is not None
            waits.append(due - at)
            at = due
            drain(at=at)
    assert (the_one().state, the_one().cause, the_one().permanent) == (
        State.FAILED,
        Cause.UNREACHABLE,
        False,
    )
    assert at - start == timedelta(days=5)
    assert max(waits) < timedelta(hours=4.9)
    assert 30 < len(waits) < 60


def test_a_hanging_server_is_left_in_time(world: World, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SECONDS_TO_WAIT", 1)
    sink.seconds[ROSE] = 3
    world.ticket()
    drain()
    assert (the_one().state, the_one().cause) == (State.QUEUED, Cause.UNREACHABLE)


def test_a_claim_is_one_workers_and_ends(world: World, sink: Sink) -> None:
    world.ticket()
    while react_to_next(clock.now()):
        pass
    at = clock.now() + timedelta(seconds=1)
    held = claim(at)
    assert held is not None
    assert claim(at) is None
    taken_over = claim(at + LEASE)
    assert taken_over is not None
    assert taken_over.attempts == 2
    sent(held, at=at)  # the first worker wakes up: it has no say any more
    assert the_one().state == State.SENDING
    sent(taken_over, at=at)
    assert the_one().state == State.SENT


def test_a_mail_that_kills_its_worker_comes_back_ever_more_rarely(world: World) -> None:
    world.ticket()
    while react_to_next(clock.now()):
        pass
    at = clock.now()
    for _death in range(6):
        at += LEASE
        assert claim(at) is not None
    assert claim(at + LEASE) is None
    resting = the_one()
    assert (resting.state, resting.cause) == (State.QUEUED, Cause.DIED)


def test_agents_read_how_far_the_mails_of_a_message_are(world: World, sink: Sink, replied: Ticket) -> None:
    sink.at_rcpt[ROSE] = ["550 5.1.1 No such user"]
    drain()
    message = replied.messages.latest("id")
    rows = deliveries_in(replied.pk)[message.pk]
    assert [(row.recipient_name, row.state, row.reason, row.said) for row in rows] == [
        (
            "Rose Requester",
            State.FAILED,
            "The recipient's mail server refused this e-mail.",
            "550 5.1.1 No such user",
        ),
        ("Colin Colleague", State.SENT, "", ""),
    ]


def test_a_lead_sends_a_failed_mail_again(world: World, sink: Sink) -> None:
    world.ticket()
    sink.at_rcpt[ROSE] = ["550 5.1.1 No such user"]
    drain()
    with pytest.raises(NotAllowed):
        retry_delivery(the_one().pk, by=world.actor("agent"), at=clock.now())
    retry_delivery(the_one().pk, by=world.actor("lead"), at=clock.now())
    drain()
    assert the_one().state == State.SENT
    assert list(failed_deliveries()) == []


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPServerDisconnected("gone"), False),
        (smtplib.SMTPConnectError(554, b"not for you"), False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        (smtplib.SMTPSenderRefused(550, b"not you", "support@localhost"), False),
        (smtplib.SMTPRecipientsRefused({ROSE: (452, b"full")}), False),
        (smtplib.SMTPRecipientsRefused({ROSE: (552, b"full")}), True),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (TimeoutError("slow"), False),
    ],
)
def test_only_the_reader_and_the_content_are_refused_for_good(
    error: smtplib.SMTPException | OSError, permanent: bool
) -> None:
    assert send.failure_of(error).permanent is permanent


def test_djangos_own_mailbox_is_empty_where_a_sink_is(sink: Sink) -> None:
    """The tests above would prove little if mails went elsewhere."""
    assert mail.outbox == []
