"""Machines that do not say that they are one, and answer every mail: all falls silent by itself."""

from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parseaddr
from itertools import count

import pytest
from pytest_django import Settings

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message as Said
from guichet.domain.tickets.models import Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.foundation import clock
from guichet.reactions.email.limiting import MOST_IN_AN_HOUR, MOST_SAID_BY_MAIL
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Cause, State
from guichet.reactions.worker import drain
from tests.edges.mailbox.letters import OURS
from tests.reactions.email.sink import Sink, taking_mail
from tests.world import World

MOST_ROUNDS = 100
NUMBERS = count(1)


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    settings.GUICHET_AUTHSERV_ID = OURS
    with taking_mail(made := Sink(), settings):
        yield made


def written(robot: str, to: str, subject: str) -> bytes:
    mail = EmailMessage()
    mail["Authentication-Results"] = f"{OURS}; dmarc=pass header.from={robot.partition('@')[2]}"
    mail["From"], mail["To"], mail["Subject"] = robot, to, subject
    mail["Message-ID"] = f"<{next(NUMBERS)}@robots.example>"
    mail.set_content(f"I am not here today, nor is number {next(NUMBERS)}.")
    return mail.as_bytes()


def until_silent(sink: Sink, robots: tuple[str, ...], *, header: str = "Reply-To") -> list[Message]:
    """Have each answer whatever it gets, until none gets anything. Returns all that they got."""
    got: list[Message] = []
    for _round in range(MOST_ROUNDS):
        drain()
        mails = [mail for mail in sink.mails if mail["To"] in robots]
        sink.mails.clear()
        if not mails:
            return got
        got += mails
        for mail in mails:
            to = parseaddr(str(mail[header] or mail["From"]))[1]
            deliver(written(str(mail["To"]), to, f"Re: {' '.join(mail['Subject'].split())}"))
    pytest.fail(f"They still write after {MOST_ROUNDS} rounds.")


def test_one_that_answers_where_it_should_gets_one_mail(world: World, sink: Sink) -> None:
    rose = world.person("requester").email
    deliver(written(rose, "support@localhost", "The import stops"))
    (mail,) = until_silent(sink, (rose,))
    assert mail["Auto-Submitted"] == "auto-replied"


def test_one_that_opens_a_request_each_time_gets_ten_mails(world: World, sink: Sink) -> None:
    rose = world.person("requester").email
    deliver(written(rose, "support@localhost", "The import stops"))
    got = until_silent(sink, (rose,), header="From")
    assert len(got) == MOST_IN_AN_HOUR
    assert Ticket.objects.count() == MOST_IN_AN_HOUR + 1
    assert [row.cause for row in Delivery.objects.filter(state=State.WITHHELD)] == [Cause.TOO_MANY]


@pytest.mark.parametrize("other", ["colleague", "agent"])
def test_two_in_one_request_stop(world: World, sink: Sink, other: str) -> None:
    """Two customers, or a customer and an agent: what the one says by mail goes to the other."""
    ticket = world.ticket(at=clock.now())
    by = world.actor("agent")
    if other == "agent":
        tickets.assign(ticket, to=world.person("agent"), team=None, by=world.actor("lead"), at=clock.now())
    else:
        tickets.add_participant(ticket, person=world.person(other), by=by, at=clock.now())
    tickets.reply(ticket, body="Have you tried again?", by=by, at=clock.now())
    robots = (world.person("requester").email, world.person(other).email)
    until_silent(sink, robots)
    by_mail = Said.objects.filter(ticket=ticket, channel="email").count()
    assert MOST_SAID_BY_MAIL < by_mail <= 3 * MOST_SAID_BY_MAIL
    causes = set(Delivery.objects.filter(state=State.WITHHELD).values_list("cause", flat=True))
    assert Cause.CIRCLING in causes
    # Who writes at the desk is heard all the same.
    tickets.reply(Ticket.objects.get(pk=ticket.pk), body="Is anybody there?", by=by, at=clock.now())
    drain()
    assert robots[0] in [mail["To"] for mail in sink.mails]
