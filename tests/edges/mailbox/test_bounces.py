"""What servers report of mail that did not arrive, and what anybody else may claim."""

from email.message import EmailMessage

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.states import MessageKind
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.states import State as Received
from guichet.foundation import clock
from guichet.foundation.refusals import NotAllowed
from guichet.reactions.email.address import ReplyAddress
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.queries import deliveries_in
from guichet.reactions.email.states import Cause, Kind, State
from guichet.reactions.email.suppressing import is_suppressed, lift, suppressed
from guichet.reactions.retrying import retry_delivery
from guichet.reactions.worker import drain
from tests.world import World

ROSE = "rose@acme.example"


def report(
    original: str,
    *,
    of: str = ROSE,
    action: str = "failed",
    status: str = "5.1.1",
    to: str = "support@localhost",
) -> bytes:
    """As Postfix writes it."""
    mail_id = f"<{action}.{status}.{original[1:-1]}>"
    returned = f"Message-ID: {original}" if original else "Subject: Hello"
    return f"""\
From: MAILER-DAEMON@mx.acme.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: {mail_id}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

Your mail to {of} could not be delivered.
--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.acme.example

Final-Recipient: rfc822; {of}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{of}>: no

--edge
Content-Type: text/rfc822-headers

{returned}
To: {of}

--edge--
""".encode()


def sent(ticket: Ticket) -> Delivery:
    """The mail with the agent's reply, which has left."""
    drain()
    found = Delivery.objects.get(ticket=ticket, kind=Kind.REPLY, address=ROSE)
    assert found.state == State.SENT
    return found


def said_again(world: World, ticket: Ticket, number: int) -> Delivery:
    tickets.reply(ticket, body=f"Answer {number}.", by=world.actor("agent"), at=clock.now())
    drain()
    return Delivery.objects.filter(ticket=ticket, kind=Kind.REPLY).latest("id")


def test_a_bounce_lands_on_the_message_that_bounced(world: World, ticket: Ticket) -> None:
    mail = sent(ticket)
    assert deliver(report(mail.mail_id)).state == Received.DISMISSED
    (row,) = deliveries_in(ticket.pk)[mail.message_id or 0]
    assert (row.state, row.cause) == (State.BOUNCED, Cause.RETURNED)
    assert row.said == f"550 5.1.1 <{ROSE}>: no"
    assert not is_suppressed(ROSE)


def test_what_is_late_stays_sent_and_says_so(ticket: Ticket) -> None:
    mail = sent(ticket)
    deliver(report(mail.mail_id, action="delayed", status="4.4.1"))
    mail.refresh_from_db()
    assert (mail.state, mail.cause) == (State.SENT, Cause.LATE)
    deliver(report(mail.mail_id, status="4.4.7"))
    mail.refresh_from_db()
    assert (mail.state, mail.cause, mail.permanent) == (State.BOUNCED, Cause.RETURNED, False)
    assert not suppressed()


@pytest.mark.parametrize(
    ("original", "of"),
    [("<invented@localhost>", ROSE), ("its own", "colin@acme.example"), ("", ROSE), ("its own", "@")],
)
def test_a_forged_report_does_nothing(ticket: Ticket, original: str, of: str) -> None:
    mail = sent(ticket)
    forged = report(mail.mail_id if original == "its own" else original, of=of)
    assert deliver(forged).state == Received.UNSORTED
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_a_report_of_a_mail_that_was_never_sent_does_nothing(world: World, ticket: Ticket) -> None:
    drain()
    mail = said_again(world, ticket, 1)
    Delivery.objects.filter(pk=mail.pk).update(attempts=0, state=State.QUEUED, next_try_at=clock.now())
    assert deliver(report(mail.mail_id)).state == Received.UNSORTED


def test_a_report_without_the_id_lands_by_the_signed_address_but_does_not_count(
    world: World, ticket: Ticket
) -> None:
    mail = sent(ticket)
    ours = str(ReplyAddress(ticket.pk, world.person("requester").pk))
    assert deliver(report("", to=ours)).state == Received.DISMISSED
    mail.refresh_from_db()
    assert mail.state == State.BOUNCED
    for number in range(3):
        said_again(world, ticket, number)
        deliver(report("", to=ours, status=f"5.1.{number}"))
    assert not is_suppressed(ROSE)


def test_what_somebody_writes_about_a_report_is_no_report(ticket: Ticket) -> None:
    mail = sent(ticket)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = ROSE, "support@localhost", "Fwd: Undelivered"
    letter.set_content(f"I got this:\n\n<{ROSE}>: 550 5.1.1 no\n\nMessage-ID: {mail.mail_id}\n")
    deliver(letter.as_bytes())
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_after_three_nothing_more_is_sent_and_agents_are_told_once(world: World, ticket: Ticket) -> None:
    mails = [sent(ticket), *(said_again(world, ticket, number) for number in range(2))]
    for mail in mails:
        deliver(report(mail.mail_id))
        deliver(report(mail.mail_id, status="5.1.3"))  # the same mail counts once
    assert [one.address for one in suppressed()] == [ROSE]
    withheld = said_again(world, ticket, 9)
    assert (withheld.state, withheld.cause) == (State.WITHHELD, Cause.SUPPRESSED)
    (note,) = Message.objects.filter(ticket=ticket, kind=MessageKind.NOTE)
    assert note.author is None
    assert note.body.startswith(f"E-mails to {ROSE} came back for good.")
    with pytest.raises(NotAllowed):
        lift(ROSE, by=world.actor("agent"), at=clock.now())
    lift(ROSE, by=world.actor("lead"), at=clock.now())
    assert said_again(world, ticket, 10).state == State.SENT
    retry_delivery(mails[0].pk, by=world.actor("lead"), at=clock.now())
    drain()
    mails[0].refresh_from_db()
    assert mails[0].state == State.SENT


@pytest.mark.parametrize("status", ["5.7.1", "5.6.0", "5.1.8", "4.2.2"])
def test_what_is_refused_because_of_us_counts_against_nobody(
    world: World, ticket: Ticket, status: str
) -> None:
    for mail in [sent(ticket), *(said_again(world, ticket, number) for number in range(2))]:
        deliver(report(mail.mail_id, status=status))
        mail.refresh_from_db()
        assert mail.state == State.BOUNCED
    assert not is_suppressed(ROSE)
