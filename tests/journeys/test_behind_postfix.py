"""Postfix in front, set up as the manual says: mail in by LMTP, mail out by SMTP, nothing lost in between."""

import re
import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from email.message import Message as Letter
from pathlib import Path
from tempfile import mkdtemp

import pytest
from pytest_django import Settings

from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.edges.mailbox import intake
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Way
from guichet.edges.mailbox.ways import listener
from guichet.foundation import clock
from guichet.reactions.worker import drain
from tests.mail.milter import checking_senders
from tests.mail.ports import free_port, until_open
from tests.mail.postfix import HOST, Postfix
from tests.reactions.email.sink import Sink, serving
from tests.world import POLICY, World, later

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "operating" / "mail.md"
MAILBOXES = """
[[mailboxes]]
key = "support"
address = "support@{domain}"
"""
ROSE = "rose@acme.example"


class Place:
    """Postfix, what it sends to the world, and the port at which Guichet takes mail while it is `up`."""

    def __init__(self, postfix: Postfix, sink: Sink, port: int) -> None:
        self.postfix, self.sink, self.port = postfix, sink, port

    @contextmanager
    def up(self) -> Iterator[None]:
        stop = threading.Event()
        listening = threading.Thread(target=listener.run, args=(stop,))
        listening.start()
        try:
            until_open(self.port)
            yield
        finally:
            stop.set()
            listening.join()

    def write(self, mail: EmailMessage, *, sender: str = ROSE) -> None:
        """Somebody out there sends a mail."""
        with smtplib.SMTP("127.0.0.1", self.postfix.port, timeout=20) as server:
            server.send_message(mail, from_addr=sender)

    def came(self, number: int) -> None:
        """Wait until so many mails have come in, at most ten seconds, and settle them."""
        for _try in range(100):
            if ReceivedMessage.objects.count() >= number:
                break
            time.sleep(0.1)
        assert ReceivedMessage.objects.count() == number, self.postfix.log()
        intake.drain()

    def went(self, to: str) -> Letter:
        """The last mail to somebody out there."""
        drain()
        for _try in range(100):
            if mails := self.sink.to(to):
                self.sink.mails.clear()
                return mails[-1]
            time.sleep(0.1)
        pytest.fail(self.postfix.log())


@pytest.fixture(scope="module")
def whole_domain_behind() -> Iterator[Place]:
    (lines,) = written("virtual_mailbox_domains")
    with running(lines) as made:
        yield made


@pytest.fixture(scope="module")
def single_addresses_behind() -> Iterator[Place]:
    lines, transport = written("transport_maps", "support@")
    with running(f"mydestination = example.com\n{lines}", transport=transport) as made:
        yield made


@pytest.fixture
def whole_domain(world: World, whole_domain_behind: Place, settings: Settings, tmp_path: Path) -> Place:
    settle(settings, whole_domain_behind, "help.example.com", tmp_path)
    return whole_domain_behind


@pytest.fixture
def single_addresses(
    world: World, single_addresses_behind: Place, settings: Settings, tmp_path: Path
) -> Place:
    settle(settings, single_addresses_behind, "example.com", tmp_path)
    return single_addresses_behind


def written(*beginnings: str) -> list[str]:
    """The blocks of the manual that begin so."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", MANUAL.read_text(), re.MULTILINE | re.DOTALL)
    return [next(block for block in blocks if block.startswith(beginning)) for beginning in beginnings]


@contextmanager
def running(lines: str, **tables: str) -> Iterator[Place]:
    with ExitStack() as stack:
        sink, port = Sink(), free_port()
        relay = stack.enter_context(serving(sink))
        milter = stack.enter_context(checking_senders(HOST))
        postfix = Postfix(Path(mkdtemp(prefix="postfix-")), sink=relay, milter=milter)
        stack.callback(postfix.stop)
        ours = {"2424": str(port), "/etc/postfix": str(postfix.folder / "etc")}
        postfix.start(replaced(lines, ours), **{name: replaced(rows, ours) for name, rows in tables.items()})
        yield Place(postfix, sink, port)


def settle(settings: Settings, place: Place, domain: str, folder: Path) -> None:
    """Guichet beside this Postfix, for this domain, with its files in `folder`."""
    place.sink.mails.clear()
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.REDIS_URL = ""
    settings.GUICHET_LMTP, settings.GUICHET_SMTP = ("127.0.0.1", place.port), None
    settings.GUICHET_AUTHSERV_ID, settings.GUICHET_MAIL_DOMAIN = HOST, domain
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", place.postfix.own_port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    policy.apply(POLICY.read_text() + MAILBOXES.format(domain=domain), by=SYSTEM, at=later(minutes=1))
    policy_queries.forget()


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def mail(to: str, text: str, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Rose <{ROSE}>", to, "The import stops"
    made["Message-ID"] = f"<{abs(hash(text))}@acme.example>"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def words(ticket: Ticket) -> list[str]:
    return list(Message.objects.filter(ticket=ticket).order_by("id").values_list("body", flat=True))


def test_a_conversation_through_postfix(world: World, whole_domain: Place) -> None:
    with whole_domain.up():
        whole_domain.write(mail("support@help.example.com", "The import stops at line 7."))
        whole_domain.came(1)
        ticket = Ticket.objects.get()
        assert (ticket.requester.email, ticket.mailbox) == (ROSE, "support")
        confirmed = whole_domain.went(ROSE)
        tickets.reply(ticket, body="Which version?", by=world.actor("agent"), at=clock.now())
        asked = whole_domain.went(ROSE)
        assert "Which version?" in str(asked.get_payload(0))
        whole_domain.write(mail(asked["Reply-To"], "Version 4.", In_Reply_To=asked["Message-ID"]))
        whole_domain.came(2)
    assert words(ticket) == ["The import stops at line 7.", "Which version?", "Version 4."]
    assert {row.way for row in ReceivedMessage.objects.all()} == {Way.LMTP}
    assert confirmed["From"].endswith("<support@help.example.com>")


def test_while_nobody_listens_the_mail_is_kept(world: World, whole_domain: Place) -> None:
    to = "support@help.example.com"
    with whole_domain.up():
        whole_domain.write(mail(to, "It stops at line 0."))
        whole_domain.came(1)
    for number in range(1, 4):
        whole_domain.write(mail(to, f"It stops at line {number}."))
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        whole_domain.write(mail("reply+x@help.example.com", "An address that nobody has asked about"))
    assert refused.value.recipients["reply+x@help.example.com"][0] == 450
    assert whole_domain.postfix.queued() == [to] * 3
    with whole_domain.up():
        whole_domain.postfix.hand_over()
        whole_domain.came(4)
    said = sorted(body for ticket in Ticket.objects.all() for body in words(ticket))
    assert said == [f"It stops at line {number}." for number in range(4)]


def test_nobody_is_believed_who_brings_a_proof_of_their_own(world: World, whole_domain: Place) -> None:
    forged = mail("support@help.example.com", "Close my account.")
    forged["Authentication-Results"] = f"{HOST}; dmarc=pass header.from=acme.example"
    with whole_domain.up():
        whole_domain.write(forged, sender="mallory@elsewhere.example")
        whole_domain.came(1)
    assert not Ticket.objects.exists()
    assert whole_domain.sink.mails == []


def test_who_does_not_exist_is_refused_at_the_door(world: World, whole_domain: Place) -> None:
    with whole_domain.up(), pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        whole_domain.write(mail("nobody@help.example.com", "Hello"))
    assert refused.value.recipients["nobody@help.example.com"][0] == 550


def test_single_addresses_of_a_domain_are_handed_over(world: World, single_addresses: Place) -> None:
    with single_addresses.up():
        single_addresses.write(mail("support@example.com", "The import stops at line 7."))
        single_addresses.came(1)
        confirmed = single_addresses.went(ROSE)
        single_addresses.write(mail(confirmed["Reply-To"], "At line 9, too."))
        single_addresses.came(2)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            single_addresses.write(mail("who@example.com", "Hello"))
    assert words(Ticket.objects.get()) == ["The import stops at line 7.", "At line 9, too."]
