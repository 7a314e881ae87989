"""In a demonstration, mails are looked at and answered on a page; elsewhere there is no such page."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.foundation import clock
from guichet.reactions.email.models import CapturedMail, Delivery
from guichet.reactions.email.outgoing import queue_mail
from guichet.reactions.email.states import State
from guichet.reactions.worker import drain
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def demonstration(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    settings.GUICHET_OUTBOX = True
    settings.EMAIL_BACKEND = "guichet.reactions.email.capturing.CapturingBackend"


@pytest.fixture
def ticket(world: World, demonstration: None) -> Ticket:
    """A request of Rose that an agent has answered; her mails are in the outbox."""
    ticket = world.ticket(at=clock.now())
    tickets.reply(ticket, body="Please *try* again.", by=world.actor("agent"), at=clock.now())
    drain()
    return ticket


def newest() -> CapturedMail:
    return CapturedMail.objects.latest("id")


def test_the_newest_stands_first(ticket: Ticket, client: Client) -> None:
    queue_mail("rose@acme.example", "Your code", "The code is 123456.")
    drain()
    page = client.get(reverse("outbox:list")).content.decode()
    assert page.index("Your code") < page.index(f"[#{ticket.pk}] The export stays empty")
    assert "123456" in client.get(reverse("outbox:mail", args=[newest().pk])).content.decode()


def test_a_mail_is_shown_as_text_as_html_and_with_its_headers(ticket: Ticket, client: Client) -> None:
    page = client.get(reverse("outbox:mail", args=[newest().pk])).content.decode()
    assert "Please *try* again." in page
    assert "Reply-To" in page
    assert f'src="{reverse("outbox:html", args=[newest().pk])}"' in page
    framed = client.get(reverse("outbox:html", args=[newest().pk]))
    assert "<em>try</em>" in framed.content.decode()
    assert framed["Content-Security-Policy"].startswith("sandbox")
    assert framed["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.requirement(80)
def test_an_answer_reaches_the_request(ticket: Ticket, client: Client) -> None:
    address = reverse("demo_answers:create", args=[newest().pk])
    page = client.post(address, {"body": "It works now."}, follow=True).content.decode()
    assert f"Your answer is in request #{ticket.pk}." in page
    said = Message.objects.latest("id")
    assert (said.body, said.channel, said.author and said.author.name) == (
        "It works now.",
        "email",
        "Rose Requester",
    )


def test_an_answer_without_words_is_kept_aside(ticket: Ticket, client: Client) -> None:
    address = reverse("demo_answers:create", args=[newest().pk])
    page = client.post(address, {"body": " "}, follow=True).content.decode()
    assert "There is nothing in it." in page


def test_a_mail_sent_twice_is_shown_once(ticket: Ticket) -> None:
    before = CapturedMail.objects.count()
    Delivery.objects.update(state=State.QUEUED, next_try_at=clock.now())
    drain()
    assert CapturedMail.objects.count() == before == 2


@pytest.mark.parametrize("page", ["list", "mail", "html", "answer"])
def test_outside_a_demonstration_there_is_no_outbox(
    ticket: Ticket, client: Client, settings: Settings, page: str
) -> None:
    settings.GUICHET_OUTBOX = False
    if page == "answer":
        response = client.post(reverse("demo_answers:create", args=[newest().pk]), {"body": "Hello"})
    else:
        response = client.get(reverse(f"outbox:{page}", args=[] if page == "list" else [newest().pk]))
    assert response.status_code == 404
    assert Message.objects.count() == 2
