"""What a lead does by hand with a mail that waits: puts it into a request, or brings it in again, mended."""

import io

import pytest
from django.test import Client
from django.urls import reverse

from guichet.domain.tickets.models import Message, Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Reason, State, Way
from tests.edges.mailbox.letters import answer, letter
from tests.world import World

IMPORT = "/desk/mail/received/file/"


@pytest.fixture
def lead(world: World) -> Client:
    browser = Client()
    browser.force_login(world.person("lead"))
    return browser


def file(raw: bytes) -> io.BytesIO:
    made = io.BytesIO(raw)
    made.name = "mended.eml"
    return made


@pytest.mark.parametrize("typed", ["{}", " #{} "])
def test_a_mail_is_put_into_a_request_as_a_note_of_who_seems_to_have_written_it(
    world: World, ticket: Ticket, lead: Client, typed: str
) -> None:
    row = deliver(letter("Somebody <somebody@elsewhere.example>"))
    assert row.state == State.UNSORTED
    sent = lead.post(reverse("mailbox:placement", args=[row.pk]), {"number": typed.format(ticket.pk)})
    assert sent.headers["Location"] == f"/desk/tickets/{ticket.pk}/"
    row.refresh_from_db()
    note = Message.objects.latest("id")
    assert (row.state, row.message, note.ticket) == (State.DELIVERED, note, ticket)
    assert (note.kind, note.author, note.sender_address) == ("note", None, "somebody@elsewhere.example")
    assert "The import stops at line 7." in lead.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    requester = Client()
    requester.force_login(world.person("requester"))
    assert "The import stops" not in requester.get(f"/requests/{ticket.pk}/").content.decode()


@pytest.mark.parametrize("typed", ["", "0", "999999", "-1", "one", "9" * 30])
def test_into_no_request_it_stays_where_it_waits(ticket: Ticket, lead: Client, typed: str) -> None:
    row = deliver(letter("Somebody <somebody@elsewhere.example>"))
    page = lead.post(reverse("mailbox:placement", args=[row.pk]), {"number": typed})
    assert page.status_code == 422
    assert "We know no request with this number." in page.content.decode()
    row.refresh_from_db()
    assert row.state == State.UNSORTED


def test_a_mail_that_could_not_be_read_is_mended_and_brought_in_again(
    world: World, ticket: Ticket, lead: Client
) -> None:
    broken = deliver(b"To: support@localhost\r\n\r\nThe sender is gone.")
    assert (broken.state, broken.reason) == (State.UNSORTED, Reason.NO_SENDER)
    mended = letter("Somebody <somebody@elsewhere.example>")
    sent = lead.post(IMPORT, {"mail": file(mended), "instead_of": str(broken.pk)})
    row = ReceivedMessage.objects.latest("id")
    assert sent.headers["Location"] == reverse("mailbox:mail", args=[row.pk])
    assert (row.state, row.reason, row.way) == (State.UNSORTED, Reason.UNKNOWN, Way.HAND)
    broken.refresh_from_db()
    assert broken.state == State.DISMISSED


def test_nothing_that_is_brought_in_by_hand_speaks_for_anybody(
    world: World, ticket: Ticket, lead: Client
) -> None:
    """Its file says that the sender is proven: whoever brings it in can have written so."""
    lead.post(IMPORT, {"mail": file(answer(world, ticket, dmarc="pass"))})
    note = Message.objects.latest("id")
    assert (note.kind, note.author, note.sender_address) == ("note", None, "rose@acme.example")
    lead.post(IMPORT, {"mail": file(letter(dmarc="pass"))})
    row = ReceivedMessage.objects.latest("id")
    assert (row.state, row.reason) == (State.UNSORTED, Reason.UNPROVEN)


def test_the_same_bytes_are_the_same_mail(lead: Client) -> None:
    raw = letter("Somebody <somebody@elsewhere.example>")
    row = deliver(raw)
    sent = lead.post(IMPORT, {"mail": file(raw), "instead_of": str(row.pk)}, follow=True)
    assert "Nothing in this file differs" in sent.content.decode()
    assert ReceivedMessage.objects.get().state == State.UNSORTED


@pytest.mark.parametrize("raw", [None, b""])
def test_a_form_without_a_file_says_so(lead: Client, raw: "bytes | None") -> None:
    page = lead.post(IMPORT, {} if raw is None else {"mail": file(raw)}, follow=True)
    assert "Please choose an e-mail that was saved as a file" in page.content.decode()
    assert not ReceivedMessage.objects.exists()


def test_a_file_that_no_mail_can_be_is_refused(lead: Client, settings: object) -> None:
    page = lead.post(IMPORT, {"mail": file(b"x" * (36 * 2**20))}, follow=True)
    assert "larger than 35 MB" in page.content.decode()
    assert not ReceivedMessage.objects.exists()
