"""An answer by e-mail becomes a reply of its author, once; everything else is kept for a person."""

from email.message import EmailMessage

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Message, Ticket
from guichet.domain.tickets.states import State as TicketState
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.queries import mail_in, raw_of, unsorted
from guichet.edges.mailbox.states import Reason, State, Way
from guichet.foundation import clock
from guichet.foundation.storage.files import Empty, open_stored
from tests.edges.mailbox.letters import answer, said
from tests.world import World, later

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@pytest.mark.requirement(80)
def test_an_answer_becomes_a_reply_and_sends_the_request_back_to_the_team(
    world: World, ticket: Ticket
) -> None:
    row = deliver(answer(world, ticket))
    assert (row.state, row.reason) == (State.DELIVERED, "")
    assert said(ticket) == [("Rose Requester", "It works now, thank you.")]
    message = Message.objects.latest("id")
    assert (row.message_id, message.channel, message.by_staff) == (message.pk, "email", False)
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.OPEN


def test_the_same_mail_twice_is_one_reply(world: World, ticket: Ticket) -> None:
    first, second = deliver(answer(world, ticket)), deliver(answer(world, ticket))
    assert first.pk == second.pk
    assert len(said(ticket)) == 1


def test_the_same_mail_by_two_ways_is_one_reply(world: World, ticket: Ticket) -> None:
    raw = answer(world, ticket)
    deliver(raw)
    other = deliver(b"Received: by another server\r\n" + raw)
    assert (other.state, other.message_id) == (State.DUPLICATE, None)
    assert len(said(ticket)) == 1


def test_other_words_under_the_same_id_are_another_reply(world: World, ticket: Ticket) -> None:
    deliver(answer(world, ticket))
    deliver(answer(world, ticket, text="One more thing."))
    assert [body for _name, body in said(ticket)] == ["It works now, thank you.", "One more thing."]


def test_only_the_visible_part_is_shown_and_all_is_kept(world: World, ticket: Ticket) -> None:
    text = "It works.\n\nOn Tue, Vendor <support@localhost> wrote:\n> ##- Please write above -##\n> Hello\n"
    row = deliver(answer(world, ticket, text=text))
    assert said(ticket) == [("Rose Requester", "It works.")]
    assert "Please write above" in mail_in(row).text


def test_files_come_with_it(world: World, ticket: Ticket) -> None:
    mail = EmailMessage()
    mail.set_content("See the picture.")
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="../../screen\u202egnp.png")
    mail.add_attachment(b"", maintype="text", subtype="plain", filename="empty.txt")
    mail.add_attachment(b"x" * 2 * 2**20, maintype="text", subtype="plain", filename="too large.log")
    raw = answer(world, ticket)
    head = b"\n".join(line for line in raw.split(b"\n\n")[0].split(b"\n") if not line.startswith(b"Content"))
    row = deliver(head + b"\n" + mail.as_bytes())
    assert row.state == State.DELIVERED
    (file,) = Attachment.objects.filter(message=row.message_id)
    assert (file.name, file.media_type, file.size) == ("screengnp.png", "image/png", len(PNG))
    with open_stored(file.stored_as) as stored:
        assert stored.read() == PNG
    assert [len(kept.content) for kept in mail_in(row).files] == [len(PNG), 2 * 2**20]


def test_a_closed_request_reopens_and_an_old_one_goes_on_in_a_follow_up(world: World, ticket: Ticket) -> None:
    tickets.close(ticket, by=world.actor("agent"), at=clock.now())
    assert deliver(answer(world, ticket)).ticket_id == ticket.pk
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.OPEN
    Ticket.objects.filter(pk=ticket.pk).update(
        state=TicketState.CLOSED, shelf="done", done_at=later(), active_at=later()
    )
    row = deliver(answer(world, ticket, text="Here it is again."))
    assert row.state == State.DELIVERED
    follow_up = Ticket.objects.get(follows=ticket)
    assert row.ticket_id == follow_up.pk
    assert row.message is not None
    assert row.message.body == "Here it is again."
    again = deliver(answer(world, ticket, text="And once more.", Message_ID="<third@acme.example>"))
    assert again.ticket_id == follow_up.pk
    assert again.message is not None
    assert again.message.body == "And once more."


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (vacation)"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"List_Id": "<all.acme.example>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_machines_do_not_reply(world: World, ticket: Ticket, headers: dict[str, str]) -> None:
    row = deliver(answer(world, ticket, **headers))
    assert (row.state, row.reason) == (State.UNSORTED, Reason.AUTOMATIC)
    assert said(ticket) == []


def test_nothing_is_dropped(world: World, ticket: Ticket) -> None:
    """Whatever arrives is there, byte for byte, with a reason that a person can read."""
    arrived = [
        b"\x00\xff garbage",
        b'From: "\nTo: a@[\nMessage-ID: <\n\n',
        answer(world, ticket, dmarc="fail", To="support@localhost"),
        answer(world, ticket, text=" \n"),
        b"Content-Type: multipart/mixed; boundary=a\n" * 50 + b"\n--a\n" * 500,
    ]
    rows = [deliver(raw) for raw in arrived]
    assert [raw_of(row) for row in rows] == arrived
    assert all(row.state == State.UNSORTED and row.get_reason_display() for row in rows)
    assert [row.pk for row in unsorted()] == [row.pk for row in reversed(rows)]


def test_no_bytes_are_no_mail(world: World) -> None:
    with pytest.raises(Empty):
        deliver(b"")


def test_a_mail_whose_delivery_was_cut_off_is_delivered_when_handed_over_again(
    world: World, ticket: Ticket
) -> None:
    from guichet.edges.mailbox.receive import receive

    raw = answer(world, ticket)
    cut_off = receive(raw, way=Way.COMMAND, verified=False, at=clock.now())
    assert cut_off.state == State.RECEIVED
    assert list(unsorted()) == [cut_off]
    row = deliver(raw)
    assert (row.pk, row.state) == (cut_off.pk, State.DELIVERED)
    assert len(said(ticket)) == 1
