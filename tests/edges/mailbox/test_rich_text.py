"""A message that came as HTML keeps its look and its pictures, and nothing that could harm."""

import io
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.mailed import Mailed
from guichet.domain.tickets.models import Attachment, Ticket
from guichet.domain.tickets.states import Channel
from guichet.edges.mailbox.deliver import deliver
from guichet.foundation import clock
from guichet.foundation.html.pictures import with_pictures, without_pictures
from guichet.reactions.worker import drain
from tests.edges.mailbox.letters import answer
from tests.edges.mailbox.test_deliver import PNG
from tests.foundation.storage.test_images import processor_seconds_of_others
from tests.world import World

HTML = '<p>See <b>this</b>:</p><p><img src="cid:Shot%401" alt="Shot" onerror="x()"><img src="cid:no"></p>'


def rich(world: World, ticket: Ticket, html: str, text: str) -> bytes:
    mail = EmailMessage()
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    parts = mail.get_payload()
    assert isinstance(parts, list)
    part = parts[1]
    assert isinstance(part, EmailMessage)
    part.add_related(PNG, maintype="image", subtype="png", cid="<shot@1>", filename="shot.png")
    raw = answer(world, ticket)
    kept = (line for line in raw.split(b"\n\n")[0].split(b"\n") if not line.startswith((b"Content", b"MIME")))
    return b"\n".join(kept) + b"\n" + mail.as_bytes()


def test_html_is_kept_with_its_pictures(world: World, ticket: Ticket) -> None:
    row = deliver(rich(world, ticket, HTML, "See this:"))
    assert row.message is not None
    picture = Attachment.objects.get(message=row.message)
    address = f"/files/{picture.pk}/preview/"
    assert re.sub(r"\s+", " ", row.message.html).strip() == (
        f'<p>See <b>this</b>:</p><p><img src="{address}" alt="Shot"></p>'
    )
    browser = Client()
    browser.force_login(world.person("requester"))
    assert address in browser.get(f"/requests/{ticket.pk}/").content.decode()
    assert browser.get(address).status_code == 200


def test_where_both_differ_the_text_is_shown(world: World, ticket: Ticket) -> None:
    row = deliver(answer(world, ticket, text="Two *stars* & <tags>."))
    assert row.message is not None
    assert row.message.html == "<p>Two *stars* &amp; &lt;tags&gt;.</p>"


def test_what_is_handed_over_is_sanitised_again(world: World, ticket: Ticket) -> None:
    evil = (
        '<script>x()</script><p onclick="x()">Hi <img src="//evil.example/"><a href="javascript:x">a</a></p>'
    )
    mail = Mailed(html=evil, pictures={"x": "/files/1/preview/"})
    message = tickets.reply(
        ticket, body="Hi a", channel=Channel.EMAIL, mail=mail, by=world.actor("requester"), at=clock.now()
    )
    assert not re.search(r"script|onclick|evil|img", message.html)
    assert "Hi" in message.html


def test_pictures_stand_at_their_addresses_and_nowhere_else() -> None:
    html = '<p><img src="cid:A" width="9"><img src="cid:b"><img src="/x.png">&lt;img&gt;</p>'
    assert with_pictures(html, {"a": '/f/"1"'}) == '<p><img src="/f/&quot;1&quot;" width="9">&lt;img&gt;</p>'
    assert without_pictures(html) == "<p>&lt;img&gt;</p>"


def test_mails_carry_no_pictures_that_their_readers_cannot_fetch(
    world: World, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    tickets.take(ticket, by=world.actor("agent"), at=clock.now())
    deliver(rich(world, ticket, HTML, "See this:"))
    drain()
    assert mailoutbox
    assert not any("<img" in str(part.content) for mail in mailoutbox for part in mail.alternatives)  # type: ignore[attr-defined]


def test_the_whole_mail_is_a_click_away_for_its_author(world: World, ticket: Ticket) -> None:
    quoted = "It works.\n\nOn Tue, Vendor <support@localhost> wrote:\n> Please try again.\n"
    cut = deliver(answer(world, ticket, text=quoted))
    whole = deliver(answer(world, ticket, text="All of it."))
    assert cut.message is not None
    assert whole.message is not None
    assert (cut.message.trimmed, whole.message.trimmed) == (True, False)
    browser = Client()
    browser.force_login(world.person("requester"))
    address = reverse("mailed:whole", args=[cut.message_id])
    page = browser.get(f"/requests/{ticket.pk}/").content.decode()
    assert page.count("The whole e-mail") == 1
    assert f'href="{address}"' in page
    assert "&gt; Please try again." in browser.get(address).content.decode()


@pytest.mark.parametrize("name", ["contact", "administrator", "foreigner", "lead"])
def test_and_for_no_other_customer(world: World, ticket: Ticket, name: str) -> None:
    row = deliver(answer(world, ticket))
    browser = Client()
    browser.force_login(world.person(name))
    assert browser.get(reverse("mailed:whole", args=[row.message_id])).status_code == 404


def test_pictures_that_cost_too_much_are_kept_without_a_preview(world: World, ticket: Ticket) -> None:
    out = io.BytesIO()
    Image.new("RGB", (6_000, 6_000)).save(out, "WEBP", lossless=True)  # 1.5 kB
    mail = message_from_bytes(answer(world, ticket), policy=default)
    assert isinstance(mail, EmailMessage)
    for name in ("one.webp", "two.webp"):
        mail.add_attachment(out.getvalue(), maintype="image", subtype="webp", filename=name)
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="small.png")
    before = processor_seconds_of_others()
    row = deliver(mail.as_bytes())
    assert processor_seconds_of_others() - before < 2
    kept = Attachment.objects.filter(message=row.message)
    assert {one.name: bool(one.preview_as) for one in kept} == {
        "one.webp": False,
        "two.webp": False,
        "small.png": True,
    }
