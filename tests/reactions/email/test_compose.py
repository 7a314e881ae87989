"""What a mail looks like when it arrives."""

from email.header import decode_header, make_header
from email.message import Message

import pytest
from pytest_django import Settings

from guichet.domain.people import operations as people
from guichet.domain.tickets import operations as tickets
from guichet.reactions.email import address
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World, later


def body(mail: Message, kind: str) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == f"text/{kind}")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


@pytest.mark.requirement(76)
def test_the_confirmation_says_number_and_what_happens_next(world: World, sink: Sink) -> None:
    ticket = world.ticket(subject="The export stays empty")
    drain()
    (mail,) = sink.to("rose@acme.example")
    assert mail["Subject"] == f"[#{ticket.number}] The export stays empty"
    assert mail["From"] == "Vendor <support@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Unsubscribe"] is None
    for kind in ("plain", "html"):
        assert f"Its number is #{ticket.number}." in body(mail, kind)
        assert f"http://localhost:8000/requests/{ticket.number}/" in body(mail, kind)
        assert "Since this morning the export of contacts stays empty." in body(mail, kind)
    lines = body(mail, "plain").splitlines()
    assert lines[7:11] == ["", "We are here", "Monday to Friday, 9:00 to 18:00", ""]
    assert "<b>We are here</b><br>Monday to Friday, 9:00 to 18:00</p>" in body(mail, "html")


def test_a_reply_is_a_persons_mail_in_the_thread(world: World, sink: Sink) -> None:
    ticket = world.ticket()
    tickets.reply(ticket, body="We **found** it.", by=world.actor("agent"), at=later(minutes=3))
    drain()
    confirmation, reply = sink.to("rose@acme.example")
    assert "Aya wrote:" in body(reply, "plain")
    assert "We **found** it." in body(reply, "plain")
    assert "<p>We <strong>found</strong> it.</p>" in body(reply, "html")
    assert reply["Auto-Submitted"] is None
    assert reply["Subject"] == confirmation["Subject"]
    assert reply["References"] == confirmation["References"] == f"<request-{ticket.pk}@localhost>"
    assert reply["Message-ID"] != confirmation["Message-ID"]


@pytest.mark.requirement(80)
def test_each_reader_gets_an_address_of_their_own(world: World, sink: Sink) -> None:
    ticket = world.ticket()
    tickets.add_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=1)
    )
    drain()
    rose, colin = sink.to("rose@acme.example")[0], sink.to("colin@acme.example")[0]
    given = [address.read(mail["Reply-To"]) for mail in (rose, colin)]
    assert given == [
        address.ReplyAddress(ticket.pk, world.person("requester").pk),
        address.ReplyAddress(ticket.pk, world.person("colleague").pk),
    ]
    colins = world.person("colleague").pk
    assert colin["List-Unsubscribe"].startswith(f"<http://localhost:8000/mail/off/{colins}/")
    assert colin["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We believe that the request “The export stays empty” is solved."),
        ("fr", "Nous pensons que la demande « The export stays empty » est résolue."),
        ("es", "Creemos que la solicitud «The export stays empty» está resuelta."),
        ("de", "wir gehen davon aus, dass die Anfrage „The export stays empty“ gelöst ist."),
        ("ja", "お問い合わせ「The export stays empty」は、解決したものと考えております。"),
    ],
)
def test_a_resolution_is_not_told_to_those_who_were_added_as_that_of_their_own(
    world: World, sink: Sink, language: str, sentence: str
) -> None:
    ticket, colin = world.ticket(), world.person("colleague")
    people.change_profile(colin, by=world.actor("colleague"), at=later(minutes=1), language=language)
    tickets.add_participant(ticket, person=colin, by=world.actor("requester"), at=later(minutes=1))
    tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=2))
    drain()
    assert sentence in body(sink.to("colin@acme.example")[-1], "plain").splitlines()


def test_staff_are_led_to_the_desk_and_told_who_reads_their_answer(world: World, sink: Sink) -> None:
    ticket = world.ticket()
    tickets.take(ticket, by=world.actor("agent"), at=later(minutes=1))
    tickets.reply(ticket, body="Any news?", by=world.actor("requester"), at=later(minutes=3))
    drain()
    (notice,) = sink.to("agent@vendor.example")
    given = address.ReplyAddress(ticket.pk, world.person("agent").pk)
    assert address.read(notice["Reply-To"]) == given
    told = "If you answer this e-mail, Rose Requester reads what you write, as from the desk."
    assert told in body(notice, "plain")
    assert "Rose Requester replied:" in body(notice, "plain")
    assert f"http://localhost:8000/desk/tickets/{ticket.number}/" in body(notice, "plain")


def test_a_subject_cannot_add_headers(world: World, sink: Sink) -> None:
    ticket = world.ticket(subject="Empty\r\nBcc: everybody@acme.example")
    drain()
    (mail,) = sink.to("rose@acme.example")
    assert mail["Bcc"] is None
    assert mail["Subject"] == f"[#{ticket.number}] Empty Bcc: everybody@acme.example"
    assert len(sink.mails) == 1


def test_what_strangers_type_is_not_markup(world: World, sink: Sink) -> None:
    world.ticket(description="<script>alert(1)</script> <b>bold</b> is what I typed")
    drain()
    html = body(sink.mails[0], "html")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_names_outside_ascii_arrive_whole(world: World, sink: Sink) -> None:
    rose = world.person("requester")
    people.change_profile(rose, by=world.actor("requester"), at=later(minutes=1), name="渡辺 薫")
    world.ticket(subject="エクスポートが空です")
    drain()
    mail = sink.mails[0]
    assert str(make_header(decode_header(mail["Subject"]))).endswith("エクスポートが空です")
    assert "渡辺 薫" in body(mail, "plain")


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_no_link_signs_anybody_in(world: World, sink: Sink, kind: str) -> None:
    ticket = world.ticket()
    drain()
    links = [
        word.strip('"<>')
        for word in body(sink.mails[0], kind).replace("href=", " ").split()
        if "http" in word
    ]
    pages = {link.split(">")[0].strip('"') for link in links}
    assert pages == {f"http://localhost:8000/requests/{ticket.number}/", "http://localhost:8000/profile/"}


def test_no_id_stands_on_a_line_of_its_own(world: World, sink: Sink, settings: Settings) -> None:
    settings.GUICHET_MAIL_DOMAIN = "help.of-a-vendor-with-a-long-name.example.com"
    world.ticket(subject="エクスポートが空です " * 8)
    drain()
    (mail,) = sink.mails
    assert mail["Message-ID"] == Delivery.objects.get().mail_id
    assert len(mail["Message-ID"]) > 80
    assert max(map(len, str(mail["Subject"]).splitlines())) < 80
