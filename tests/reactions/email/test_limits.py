"""Machines that answer each other stop; what people do is told nevertheless."""

from datetime import timedelta

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.states import Channel
from guichet.foundation import clock
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.outgoing import queue_mail
from guichet.reactions.email.queries import deliveries_in, deliveries_of_steps
from guichet.reactions.email.states import Cause, Kind, State
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World, later

ROSE = "rose@acme.example"


def states(kind: Kind) -> list[str]:
    return list(
        Delivery.objects.filter(kind=kind, address=ROSE).order_by("id").values_list("state", flat=True)
    )


def test_ten_requests_by_mail_in_an_hour_are_confirmed_and_the_next_says_why_not(
    world: World, sink: Sink
) -> None:
    made = [world.ticket(channel=Channel.EMAIL) for _ in range(12)]
    drain()
    assert states(Kind.CONFIRMATION) == [State.SENT] * 10 + [State.WITHHELD] * 2
    (rows,) = deliveries_in(made[-1].pk).values()
    assert [row.cause for row in rows] == [Cause.TOO_MANY]
    Delivery.objects.update(created_at=clock.now() - timedelta(hours=1, minutes=1))
    world.ticket(channel=Channel.EMAIL)
    drain()
    assert states(Kind.CONFIRMATION)[-1] == State.SENT


def test_what_is_asked_for_by_hand_is_confirmed_however_often(world: World, sink: Sink) -> None:
    for _ in range(12):
        world.ticket()
    drain()
    assert states(Kind.CONFIRMATION) == [State.SENT] * 12


def test_whatever_people_do_with_a_request_is_told_each_time(world: World, sink: Sink) -> None:
    ticket = world.ticket(channel=Channel.EMAIL)
    for minute in (1, 3):
        tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=minute))
        drain(at=clock.now() + timedelta(minutes=minute))
        tickets.reopen(ticket, by=world.actor("requester"), at=later(minutes=minute + 1))
    assert states(Kind.RESOLUTION) == [State.SENT] * 2
    assert sum(len(mails) for mails in deliveries_of_steps(ticket.pk).values()) == 2


def test_replies_are_no_automatic_mails(world: World, sink: Sink) -> None:
    ticket = world.ticket()
    for number in range(12):
        tickets.reply(ticket, body=f"Answer {number}.", by=world.actor("agent"), at=later(minutes=number + 1))
    drain()
    assert states(Kind.REPLY) == [State.SENT] * 12


@pytest.mark.parametrize(("answers_mail", "arrived"), [(True, 10), (False, 12)])
def test_letters_that_answer_mails_are_counted_and_others_go(
    db: None, world: World, sink: Sink, answers_mail: bool, arrived: int
) -> None:
    for _ in range(12):
        queue_mail(ROSE, "Hello", "Hello.", sensitive=False, answers_mail=answers_mail)
    drain()
    assert len(sink.to(ROSE)) == arrived


def test_a_second_automatic_mail_about_a_request_is_withheld_for_a_day(world: World, sink: Sink) -> None:
    """As when a machine of ours resolves what was opened by mail."""
    ticket = world.ticket(channel=Channel.EMAIL)
    drain()
    tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=1))
    first = Delivery.objects.get(kind=Kind.CONFIRMATION)
    first.event.__class__.objects.filter(kind="ticket_resolved").update(by=None)  # type: ignore[union-attr]
    drain(at=clock.now() + timedelta(minutes=1))
    assert [(row.state, row.cause) for row in Delivery.objects.filter(kind=Kind.RESOLUTION)] == [
        (State.WITHHELD, Cause.REPEATED)
    ]
