"""A host says “later” for days: order, back-off, everybody else, and how it ends. The time is made up."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from guichet.reactions.email.claim import FIRST_WAIT, LONGEST_WAIT
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.owe import PERSISTENCE
from guichet.reactions.email.queries import DeliveryRow, deliveries_in
from guichet.reactions.email.states import Cause, State
from guichet.reactions.queries import failed_deliveries
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World

ROSE, COLIN, GORO = "rose@acme.example", "colin@acme.example", "goro@globex.example"
LATER = "451 4.7.1 Greylisted, come again"


@pytest.fixture
def asked(world: World) -> dict[str, Ticket]:
    """Two requests of Acme, one of them with a colleague, and one of Globex; all is sent until now."""
    writers = {"one": "requester", "two": "requester", "elsewhere": "foreigner"}
    made = {name: world.ticket(by) for name, by in writers.items()}
    colin = world.person("colleague")
    tickets.add_participant(made["one"], person=colin, by=world.actor("requester"), at=clock.now())
    drain()
    Delivery.objects.all().delete()
    return made


def answer(world: World, ticket: Ticket, words: str) -> None:
    tickets.reply(ticket, body=words, by=world.actor("agent"), at=clock.now())


def next_moment(at: datetime) -> datetime | None:
    """When a mail that is postponed is tried again; those that wait behind it have no moment of their own."""
    pending = Delivery.objects.filter(next_try_at__gt=at).order_by("next_try_at")
    return pending.values_list("next_try_at", flat=True).first()


def check_order() -> None:
    """To one reader about one request, nothing was tried before what was owed earlier is settled."""
    waiting: dict[tuple[int | None, int | None], bool] = {}
    for mail in Delivery.objects.order_by("id"):
        place = (mail.ticket_id, mail.recipient_id)
        assert not (waiting.get(place) and mail.attempts), mail
        waiting[place] = waiting.get(place, False) or mail.next_try_at is not None


def test_a_host_that_is_back_after_three_days_gets_everything_in_order(
    world: World, sink: Sink, asked: dict[str, Ticket]
) -> None:
    sink.mails.clear()
    start = clock.now()
    for words in ("First.", "Second.", "Third."):
        answer(world, asked["one"], words)
        answer(world, asked["two"], words)
    sink.at_rcpt |= {ROSE: [LATER] * 10_000, COLIN: [LATER] * 10_000}
    at: datetime | None = clock.now()
    rounds = 0
    while at is not None and at < start + timedelta(days=3):
        drain(at=at)
        check_order()
        rounds += 1
        at = next_moment(at)
    assert rounds > 50
    assert sink.mails == []
    assert not Delivery.objects.exclude(state=State.QUEUED).exists()
    sink.at_rcpt.clear()
    while at is not None:
        drain(at=at)
        check_order()
        at = next_moment(at)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
    for address, ticket in ((ROSE, asked["one"]), (ROSE, asked["two"]), (COLIN, asked["one"])):
        owed = Delivery.objects.filter(address=address, ticket=ticket).order_by("id")
        mine = set(owed.values_list("mail_id", flat=True))
        came = [mail["Message-ID"] for mail in sink.to(address) if mail["Message-ID"] in mine]
        assert came == list(owed.values_list("mail_id", flat=True))
        assert len(came) == 3


def test_a_host_that_is_never_back_holds_nobody_up_and_is_given_up_in_sight(
    world: World, sink: Sink, asked: dict[str, Ticket]
) -> None:
    sink.mails.clear()
    answer(world, asked["one"], "First.")
    answer(world, asked["one"], "Second.")
    sink.at_rcpt |= {ROSE: [LATER] * 10_000, COLIN: [LATER] * 10_000}
    start = clock.now()
    at: datetime | None = start
    tried: list[datetime] = []
    others = 0
    while at is not None:
        if others < 5 and at >= start + timedelta(days=others):
            answer(world, asked["elsewhere"], f"Of day {others}.")
            others += 1
        drain(at=at + timedelta(seconds=1))
        check_order()
        assert len(sink.to(GORO)) == others, "everybody else has theirs at once"
        first = Delivery.objects.filter(address=ROSE).earliest("id")
        if first.attempts > len(tried):
            tried.append(at)
        if first.state == State.QUEUED:
            (shown,) = [row for row in rows_of(first) if row.address == ROSE]
            assert (shown.state, shown.said, shown.next_try_at) == (State.QUEUED, LATER, first.next_try_at)
        at = next_moment(at)
    assert others == 5

    # As documented, give or take a fifth: a minute, then twice as long each time, up to four hours.
    waits = [later - earlier for earlier, later in pairwise(tried)]
    due = FIRST_WAIT
    for wait in waits[:-1]:
        assert due * 0.79 < wait < due * 1.21 + timedelta(seconds=5), (wait, due)
        due = min(due * 2, LONGEST_WAIT)
    assert 30 < len(tried) < 50

    lost = Delivery.objects.filter(address__in=[ROSE, COLIN])
    assert set(lost.values_list("state", "cause", "failure", "permanent")) == {
        (State.FAILED, Cause.POSTPONED, LATER, False)
    }
    for mail in lost:
        assert mail.failed_at is not None
        assert timedelta(0) <= mail.failed_at - mail.created_at - PERSISTENCE < timedelta(minutes=1)
    assert {row.address for row in failed_deliveries()} == {ROSE, COLIN}
    (shown,) = [row for row in rows_of(first) if row.address == ROSE]
    assert (shown.state, shown.reason) == (
        State.FAILED,
        "The recipient's mail server asked us to try again later.",
    )


def rows_of(mail: Delivery) -> list[DeliveryRow]:
    assert mail.ticket_id is not None
    assert mail.message_id is not None
    return deliveries_in(mail.ticket_id)[mail.message_id]
