"""Sign-in codes go first, and are not kept."""

from datetime import timedelta

import pytest

from guichet.foundation import clock
from guichet.foundation.refusals import Conflict
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.outgoing import queue_mail
from guichet.reactions.email.states import State
from guichet.reactions.pending import react_to_next
from guichet.reactions.retrying import retry_delivery
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World

ROSE = "rose@acme.example"


def test_a_code_goes_first_and_its_words_are_forgotten(world: World, sink: Sink) -> None:
    world.ticket()
    while react_to_next(clock.now()):
        pass
    queue_mail("Goro@globex.example", "Your code", "The code is 123456.", language="ja")
    drain()
    assert [one["To"] for one in sink.mails] == ["goro@globex.example", ROSE]
    code = Delivery.objects.get(kind="letter")
    assert (code.state, code.subject, code.text) == (State.SENT, "", "")


def test_a_code_is_given_up_after_a_quarter_of_an_hour(world: World, sink: Sink) -> None:
    queue_mail("goro@globex.example", "Your code", "The code is 123456.")
    sink.at_rcpt["goro@globex.example"] = ["451 Later"] * 20
    for minutes in range(0, 20, 2):
        drain(at=clock.now() + timedelta(minutes=minutes))
    given_up = Delivery.objects.get(kind="letter")
    assert (given_up.state, given_up.text) == (State.FAILED, "")
    assert given_up.attempts >= 3


def test_a_forgotten_code_is_not_sent_again(world: World, sink: Sink) -> None:
    queue_mail("goro@globex.example", "Your code", "The code is 123456.")
    sink.at_rcpt["goro@globex.example"] = ["550 No"]
    drain()
    with pytest.raises(Conflict):
        retry_delivery(Delivery.objects.get().pk, by=world.actor("lead"), at=clock.now())
