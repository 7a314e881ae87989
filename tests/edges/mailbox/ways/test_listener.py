"""A mail server hands mail over: 250 means that it is committed, and anything else that it is not."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from guichet.domain.tickets.models import Ticket
from guichet.edges.mailbox import intake
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.queries import raw_of
from guichet.edges.mailbox.states import State, Way
from guichet.edges.mailbox.ways import listener
from guichet.edges.mailbox.ways.protocols import MOST_CONNECTIONS
from guichet.reactions.email.address import ReplyAddress
from tests.edges.mailbox.letters import answer, said
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

ENDS = [b"\n.\n", b"\n.\r\n", b"\r.\r\n", b"\r\n.\n", b"\r\n.\r", b"\r.\r", b"\n.\r", b"\r\n\x00.\r\n"]


@pytest.fixture
def places(settings: Settings) -> Iterator[Settings]:
    """A listener at two free ports."""
    settings.GUICHET_LMTP, settings.GUICHET_SMTP = _free(), _free()
    stop = threading.Event()
    listening = threading.Thread(target=listener.run, args=(stop,))
    listening.start()
    for place in (settings.GUICHET_LMTP, settings.GUICHET_SMTP):
        _until_open(place)
    yield settings
    stop.set()
    listening.join()


def test_an_answer_handed_over_becomes_a_reply(world: World, ticket: Ticket, places: Settings) -> None:
    requester = world.people["requester"]
    with smtplib.LMTP(*places.GUICHET_LMTP) as server:
        to = str(ReplyAddress(ticket.pk, requester.pk))
        assert server.sendmail(requester.email, [to], answer(world, ticket)) == {}
    row = ReceivedMessage.objects.get()
    assert (row.way, row.state) == (Way.LMTP, State.RECEIVED)
    assert raw_of(row).startswith(f"Return-Path: <{requester.email}>\r\nDelivered-To: {to}\r\n".encode())
    intake.drain()
    assert len(said(ticket)) == 1


def test_each_recipient_is_answered_for(world: World, places: Settings) -> None:
    with smtplib.LMTP(*places.GUICHET_LMTP) as server:
        refused = server.sendmail("a@b.example", ["support@localhost", "who@else.example"], letter())
        assert {address: code for address, (code, _said) in refused.items()} == {"who@else.example": 550}
        server.mail("a@b.example")
        server.rcpt("support@localhost")
        server.rcpt("support+x@localhost")
        assert server.data(letter("two"))[0] == 250
        assert server.getreply()[0] == 250  # which smtplib itself leaves to us
        assert server.noop()[0] == 250
    assert ReceivedMessage.objects.count() == 2


def test_nothing_is_relayed(world: World, places: Settings) -> None:
    with smtplib.SMTP(*places.GUICHET_SMTP) as server, pytest.raises(smtplib.SMTPRecipientsRefused):
        server.sendmail("a@b.example", ["victim@elsewhere.example"], letter())
    assert not ReceivedMessage.objects.exists()


def test_long_lines_and_foreign_letters_come_through_whole(world: World, places: Settings) -> None:
    raw = (
        b"From: =?utf-8?q?=C3=89?= <a@b.example>\r\nSubject: \xe3\x81\x82\r\n\r\n"
        + b"x" * 100_000
        + b"\r\n.dot\r\n"
    )
    with smtplib.SMTP(*places.GUICHET_SMTP) as server:
        server.sendmail("a@b.example", ["support@localhost"], raw, mail_options=["SMTPUTF8", "BODY=8BITMIME"])
    assert raw_of(ReceivedMessage.objects.get()).endswith(raw)


def test_what_is_too_large_is_refused_and_nothing_is_kept(world: World, places: Settings) -> None:
    with smtplib.SMTP(*places.GUICHET_SMTP) as server, pytest.raises(smtplib.SMTPException):
        server.sendmail("a@b.example", ["support@localhost"], b"x" * 36 * 2**20)
    assert not ReceivedMessage.objects.exists()


@pytest.mark.parametrize("end", ENDS, ids=repr)
@pytest.mark.parametrize("position", ["alone", "before commands", "before a mail"])
def test_no_second_mail_is_smuggled_in(world: World, places: Settings, end: bytes, position: str) -> None:
    smuggled = {
        "alone": b"",
        "before commands": b"MAIL FROM:<x@y.example>\r\nRCPT TO:<support@localhost>\r\n",
        "before a mail": b"MAIL FROM:<x@y.example>\r\nRCPT TO:<support@localhost>\r\nDATA\r\nmine",
    }[position]
    with smtplib.SMTP(*places.GUICHET_SMTP) as server:
        server.ehlo()
        server.mail("a@b.example")
        server.rcpt("support@localhost")
        server.putcmd("data")
        assert server.getreply()[0] == 354
        server.send(b"Subject: one\r\n\r\nText" + end + smuggled + b"\r\n.\r\n")
        assert server.getreply()[0] == 250
    row = ReceivedMessage.objects.get()
    assert smuggled in raw_of(row)


def test_while_nothing_can_be_kept_the_server_is_asked_to_wait(
    world: World, places: Settings, storage: object, tmp_path: object
) -> None:
    places.STORAGES = {
        **places.STORAGES,
        "default": {**places.STORAGES["default"], "OPTIONS": {"location": "/proc/no"}},
    }
    with smtplib.SMTP(*places.GUICHET_SMTP) as server, pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("a@b.example", ["support@localhost"], letter())
    assert refused.value.smtp_code == 451
    assert not ReceivedMessage.objects.exists()


def test_too_many_connections_wait_their_turn(world: World, places: Settings) -> None:
    held = []
    while (one := socket.create_connection(places.GUICHET_SMTP)).recv(3) == b"220":
        held.append(one)
    # The fixture has looked at the two ports, and its looks may count still.
    assert MOST_CONNECTIONS - 2 <= len(held) <= MOST_CONNECTIONS
    for each in (one, *held):
        each.close()


def letter(subject: str = "one") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "support@localhost", subject
    mail.set_content("Hello")
    return mail.as_bytes()


def _free() -> tuple[str, int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
        return host, port


def _until_open(place: tuple[str, int]) -> None:
    for _try in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(place) == 0:
                return
        threading.Event().wait(0.05)
    pytest.fail("The listener did not open its port.")
