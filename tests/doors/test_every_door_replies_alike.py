"""One conversation, whatever the channel: by which door an answer comes changes nothing but its channel."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Draft, Message, Ticket
from guichet.domain.tickets.queries import search_requests
from guichet.domain.timeline.models import Event
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.uploads import keep_for
from guichet.foundation.clock import now
from guichet.foundation.html.plain import paragraphs
from guichet.reactions.email.address import ReplyAddress
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.world import World

from .listening import listening

WORDS = "It was the *gooseberry* setting."
FILE = ("settings.log", b"gooseberry = on\n")

Door = Callable[[World, Ticket, str], object]


def through_the_portal(world: World, ticket: Ticket, who: str) -> object:
    return browser(world, who).post(f"/requests/{ticket.pk}/replies/", form())


def through_the_desk(world: World, ticket: Ticket, who: str) -> object:
    return browser(world, who).post(f"/desk/tickets/{ticket.pk}/replies/", form())


def through_the_desk_with_script(world: World, ticket: Ticket, who: str) -> object:
    headers = {"HX-Request": "true", "HX-Target": "desk"}
    return browser(world, who).post(f"/desk/tickets/{ticket.pk}/replies/", form(), headers=headers)


def by_mail(world: World, ticket: Ticket, who: str) -> object:
    mail = EmailMessage()
    mail["From"] = world.person(who).email
    mail["To"] = str(ReplyAddress(ticket.pk, world.person(who).pk))
    mail["Message-ID"] = f"<{uuid4()}@elsewhere.example>"
    mail.set_content(WORDS)
    mail.add_attachment(FILE[1], maintype="text", subtype="plain", filename=FILE[0])
    return deliver(mail.as_bytes(), verified=True)


def by_the_operation(world: World, ticket: Ticket, who: str) -> object:
    actor = world.actor(who)
    file = keep_for(actor, [FILE[1]], name=FILE[0])
    return tickets.reply(ticket, body=WORDS, attachments=[file.pk], by=actor, at=now())


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


CUSTOMERS: list[Door] = [through_the_portal, by_mail]
STAFF: list[Door] = [through_the_desk, through_the_desk_with_script, through_the_portal, by_mail]


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def form() -> dict[str, Any]:
    return {"body": WORDS, "client_key": str(uuid4()), "files": SimpleUploadedFile(*FILE)}


def opened(world: World, state: str) -> Ticket:
    """A request in this state, with its requester and somebody copied, as of an hour ago."""
    at = now() - timedelta(hours=1)
    ticket = world.ticket(at=at)
    agent = world.actor("agent")
    tickets.add_participant(ticket, person=world.person("colleague"), by=agent, at=at)
    tickets.take(ticket, by=agent, at=at)
    match state:
        case "waiting":
            tickets.reply(ticket, body="Which setting?", by=agent, at=at)
        case "on hold":
            tickets.hold(ticket, reason="Waiting for parts", by=agent, at=at)
        case "resolved":
            tickets.resolve(ticket, by=agent, at=at)
        case "closed":
            tickets.close(ticket, by=agent, at=at)
    for who in ("requester", "agent"):
        tickets.keep_draft(f"reply-{ticket.pk}", fields={"body": "It was"}, by=world.actor(who), at=at)
    drain(at=at)
    return Ticket.objects.get(pk=ticket.pk)


def facts_of(ticket: Ticket, who: str, door: Door, world: World, capture: Any) -> dict[str, Any]:
    """Everything that is different after the answer, without numbers, times and the channel."""
    before = [model.objects.latest("id").pk for model in (Event, Message)]
    owed = set(Delivery.objects.values_list("pk", flat=True))
    people = [f"person-{person.pk}" for person in world.people.values()]
    cache.clear()
    with listening([f"ticket-{ticket.pk}", f"desk-ticket-{ticket.pk}", "desk", *people]) as heard:
        with capture(execute=True):
            door(world, ticket, who)
        with capture(execute=True):
            drain()
    ticket.refresh_from_db()
    message = Message.objects.get(pk__gt=before[1])
    return {
        "events": [
            (event.kind, event.by_id, sorted(event.facts), event.reacted_at is not None)
            for event in Event.objects.filter(pk__gt=before[0]).order_by("id")
        ],
        "state": (ticket.state, ticket.shelf, ticket.hold_reason, ticket.done_at),
        "last": (ticket.last_message_id == message.pk, ticket.last_public_by_staff),
        "active": ticket.active_at == message.created_at,
        "message": (message.author_id, message.by_staff, message.kind, message.body),
        "html": message.html,
        "files": list(message.attachments.values_list("name", "media_type", "size")),
        "drafts": list(
            Draft.objects.filter(key=f"reply-{ticket.pk}").values_list("person__email", flat=True)
        ),
        "mails": sorted(
            Delivery.objects.exclude(pk__in=owed).values_list("kind", "address", "language", "state")
        ),
        "found": [
            name
            for name in world.people
            if ticket.pk in [row.number for row in search_requests(world.actor(name), "gooseberry")]
        ],
        "heard": sorted(heard),
    }


@pytest.mark.parametrize("state", ["new", "waiting", "on hold", "resolved", "closed"])
@pytest.mark.parametrize(
    ("who", "door"),
    [("requester", door) for door in CUSTOMERS] + [("agent", door) for door in STAFF],
    ids=lambda value: getattr(value, "__name__", value),
)
@pytest.mark.requirement(80)
def test_an_answer_leaves_the_same_facts_by_every_door(
    world: World,
    who: str,
    door: Door,
    state: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    plain, through = opened(world, state), opened(world, state)
    capture = django_capture_on_commit_callbacks
    expected = facts_of(plain, who, by_the_operation, world, capture)
    # There is something to compare: an event, a mail, a word found, a page told.
    assert all(expected[name] for name in ("events", "mails", "found", "heard", "files"))
    expected["heard"] = [word.replace(f"-{plain.pk} ", f"-{through.pk} ") for word in expected["heard"]]
    if door is by_mail:
        # What stands in a form is not what was sent, and nobody writes Markdown in a mail.
        authors = Draft.objects.filter(key=f"reply-{through.pk}").values_list("person__email", flat=True)
        expected |= {"drafts": list(authors), "html": paragraphs(WORDS)}
    got = facts_of(through, who, door, world, capture)
    assert got == expected
